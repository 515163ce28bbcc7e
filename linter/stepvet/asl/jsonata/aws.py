"""The functions that Step Functions adds to JSONata: what its intrinsic functions do, in JSONata's manner."""

from __future__ import annotations

import hashlib
import json
import math
import uuid
from collections.abc import Callable, Mapping
from random import Random

from stepvet.asl.jsonata.cast import to_string
from stepvet.asl.jsonata.frames import MAX_CHARACTERS
from stepvet.asl.jsonata.values import UNDEFINED, Failure, Sequence, Value, number


def _partition(host: Value, items: list[Value], size: float) -> list[Value]:
    width = math.floor(size)
    if width < 1:
        raise Failure("D3137", message="Second argument of partition function must be a positive number")
    return [items[at : at + width] for at in range(0, len(items), width)]


def _range(host: Value, start: float, end: float, step: float) -> Value:
    first, last, stride = math.floor(start), math.floor(end), math.floor(step)
    if stride == 0:
        raise Failure("D3137", message="Third argument of range function cannot be zero")
    numbers = range(first, last + (1 if stride > 0 else -1), stride)
    host.meter.reserve(len(numbers))
    return Sequence(numbers)


_ALGORITHMS: Mapping[str, str] = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}


def _hash(_host: object, data: Value, algorithm: str) -> str:
    name = _ALGORITHMS.get(algorithm)
    if name is None:
        raise Failure("D3137", message=f"Unsupported hash algorithm: {algorithm}")
    return hashlib.new(name, to_string(data).encode("utf-8", "surrogatepass")).hexdigest()


def _random(host: Value, seed: Value) -> float:
    generator = host.random if seed is UNDEFINED else Random(float(seed))
    return float(generator.random())


def _parse(_host: object, text: str) -> Value:
    if len(text) > MAX_CHARACTERS:
        raise Failure("U1003")
    try:
        return json.loads(text, parse_constant=_refused, parse_int=lambda text: number(float(text)))
    except (ValueError, RecursionError) as error:
        raise Failure("D3137", message=f"Invalid JSON: {error}") from error


def _refused(text: str) -> Value:
    raise ValueError(f"{text} is not JSON")


def _uuid(host: Value) -> str:
    return str(uuid.UUID(int=host.random.getrandbits(128), version=4))


AWS_BODIES: Mapping[str, Callable[..., Value]] = {
    "partition": _partition,
    "range": _range,
    "hash": _hash,
    "random": _random,
    "uuid": _uuid,
    "parse": _parse,
}
