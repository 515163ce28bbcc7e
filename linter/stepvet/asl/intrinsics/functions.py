"""The intrinsic functions, run on plain JSON values.

`apply` gives the value or an `IntrinsicFailure`, whatever the arguments are. The results follow what was measured at
AWS; the causes of failures are in our words, since none of AWS's is on record. Randomness and UUIDs come from the
generator that is passed in, so a run can be repeated.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from stepvet.asl.intrinsics.signatures import FUNCTIONS, HASHES, LONGEST_DATA, LONGEST_RANGE, Kind, rounded
from stepvet.asl.json_text import java_text, json_text, read_json

Json = Any

LARGEST_INT = 2**31 - 1
FORMAT_PART = re.compile(r"\\([{}'\\])|\{\}")


@dataclass(frozen=True, slots=True)
class IntrinsicFailure:
    """A call that failed with States.IntrinsicFailure, and why."""

    cause: str


def apply(name: str, arguments: Sequence[Json], rng: Random) -> Json | IntrinsicFailure:
    """The function's result.

    The first argument of States.Format is the format as it is spelt, with backslashes before braces that are no
    placeholders; all other arguments are values.
    """
    signature = FUNCTIONS.get(name)
    if signature is None:
        return IntrinsicFailure(f"there is no intrinsic function {name}")
    if len(arguments) < signature.least or (signature.most is not None and len(arguments) > signature.most):
        return IntrinsicFailure(f"{name} can't take {len(arguments)} arguments")
    for position, argument in enumerate(arguments):
        due = signature.kind_at(position)
        if due is not Kind.ANY and kind_of_value(argument) is not due:
            found = kind_of_value(argument).value
            return IntrinsicFailure(f"{name} needs {due.value} as argument {position + 1}, and got {found}")
    try:
        return IMPLEMENTATIONS[name](arguments, rng)
    except RecursionError:
        return IntrinsicFailure(f"a value that {name} got is nested too deeply")


KINDS: tuple[tuple[type | tuple[type, ...], Kind], ...] = (
    (str, Kind.STRING),
    (bool, Kind.BOOLEAN),  # before numbers: Python counts True among them
    ((int, float), Kind.NUMBER),
    (list, Kind.ARRAY),
    (dict, Kind.OBJECT),
)


def kind_of_value(value: Json) -> Kind:
    """What a JSON value is; a boolean is no number."""
    return next((kind for types, kind in KINDS if isinstance(value, types)), Kind.NULL)


def identity(value: Json) -> object:
    """Something hashable that is equal for equal JSON values: 1 and 1.0 are equal, 1 and true are not."""
    match value:
        case dict():
            return "object", frozenset((name, identity(member)) for name, member in value.items())
        case list():
            return "array", tuple(map(identity, value))
        case bool():
            return "boolean", value
        case _:
            return value


def _array(arguments: Sequence[Json], _: Random) -> Json:
    return list(arguments)


def _contains(arguments: Sequence[Json], _: Random) -> Json:
    array, value = arguments
    sought = identity(value)
    return any(identity(item) == sought for item in array)


def _item(arguments: Sequence[Json], _: Random) -> Json | IntrinsicFailure:
    array, index = arguments[0], rounded(arguments[1])
    if 0 <= index < len(array):
        return array[index]
    return IntrinsicFailure(f"index {index} is outside of an array of {len(array)} elements")


def _length(arguments: Sequence[Json], _: Random) -> Json:
    return len(arguments[0])


def _partition(arguments: Sequence[Json], _: Random) -> Json | IntrinsicFailure:
    array, size = arguments[0], rounded(arguments[1])
    if size < 1:
        return IntrinsicFailure(f"the size of a part must be 1 or more, and it is {size}")
    return [array[start : start + size] for start in range(0, len(array), size)]


def _range(arguments: Sequence[Json], _: Random) -> Json | IntrinsicFailure:
    first, last, step = map(rounded, arguments)
    if step == 0:
        return IntrinsicFailure("the step of a range can't be 0")
    numbers = range(first, last + (1 if step > 0 else -1), step)
    if (last - first) // step + 1 > LONGEST_RANGE:
        return IntrinsicFailure(f"the range has more than {LONGEST_RANGE} elements")
    return list(numbers)


def _unique(arguments: Sequence[Json], _: Random) -> Json:
    """The first of equal elements stays; the order is not documented."""
    firsts: dict[object, Json] = {}
    for item in arguments[0]:
        firsts.setdefault(identity(item), item)
    return list(firsts.values())


def _encode(arguments: Sequence[Json], _: Random) -> Json | IntrinsicFailure:
    return _too_long(arguments[0]) or base64.b64encode(_utf8(arguments[0])).decode("ascii")


def _decode(arguments: Sequence[Json], _: Random) -> Json | IntrinsicFailure:
    """The padding may be left out, as Java allows."""
    text = arguments[0]
    try:
        data = base64.b64decode(_utf8(text + "=" * (-len(text) % 4)), validate=True)
    except ValueError:
        return IntrinsicFailure("the text is not Base64")
    return _too_long(text) or data.decode("utf-8", "replace")


def _hash(arguments: Sequence[Json], _: Random) -> Json | IntrinsicFailure:
    data, algorithm = arguments
    text = data if isinstance(data, str) else json_text(data)
    if algorithm not in HASHES:
        return IntrinsicFailure(f"{algorithm} is none of the hash algorithms {', '.join(HASHES)}")
    import hashlib

    digest = hashlib.new(algorithm.replace("-", ""), _utf8(text), usedforsecurity=False)
    return _too_long(text) or digest.hexdigest()


def _too_long(text: str) -> IntrinsicFailure | None:
    if len(text) <= LONGEST_DATA:
        return None
    return IntrinsicFailure(f"the text has {len(text)} characters, and {LONGEST_DATA} is the most")


def _utf8(text: str) -> bytes:
    """Half a surrogate pair becomes a question mark, as in Java."""
    return text.encode("utf-8", "replace")


def _merge(arguments: Sequence[Json], _: Random) -> Json | IntrinsicFailure:
    left, right, deep = arguments
    return IntrinsicFailure("only shallow merging is supported") if deep else {**left, **right}


def _add(arguments: Sequence[Json], _: Random) -> Json | IntrinsicFailure:
    numbers = [rounded(number) for number in arguments]
    for number in (*numbers, sum(numbers)):
        if not -LARGEST_INT - 1 <= number <= LARGEST_INT:
            return IntrinsicFailure(f"{number} is outside of {-LARGEST_INT - 1} to {LARGEST_INT}")
    return sum(numbers)


def _random(arguments: Sequence[Json], rng: Random) -> Json | IntrinsicFailure:
    """The first end may come out, the second may not. The same seed gives the same number."""
    first, last, *seed = map(rounded, arguments)
    if first >= last:
        return IntrinsicFailure(f"there is no number from {first} to below {last}")
    return (Random(seed[0]) if seed else rng).randrange(first, last)


def _split(arguments: Sequence[Json], _: Random) -> Json:
    """Every character of the second text is a delimiter; what would be empty is dropped (measured)."""
    text, delimiters = arguments
    if not delimiters:
        return [text] if text else []
    return [part for part in re.split(f"[{re.escape(delimiters)}]", text) if part]


def _format(arguments: Sequence[Json], _: Random) -> Json | IntrinsicFailure:
    template, *values = arguments
    holes = sum(part[0] == "{}" for part in FORMAT_PART.finditer(template))
    if holes != len(values):
        return IntrinsicFailure(f"the format has {holes} placeholders and was given {len(values)} values")
    return "".join(_formatted(template, iter(values)))


def _formatted(template: str, values: Iterator[Json]) -> Iterator[str]:
    start = 0
    for part in FORMAT_PART.finditer(template):
        yield template[start : part.start()]
        yield part[1] or java_text(next(values))
        start = part.end()
    yield template[start:]


def _to_string(arguments: Sequence[Json], _: Random) -> Json:
    return json_text(arguments[0])


def _to_json(arguments: Sequence[Json], _: Random) -> Json | IntrinsicFailure:
    """A blank text is null (measured)."""
    text = arguments[0]
    try:
        return read_json(text) if text.strip() else None
    except ValueError:
        return IntrinsicFailure("the text is not JSON")


def _uuid(_: Sequence[Json], rng: Random) -> Json:
    import uuid

    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


IMPLEMENTATIONS: dict[str, Callable[[Sequence[Json], Random], Json | IntrinsicFailure]] = {
    "States.Array": _array,
    "States.ArrayContains": _contains,
    "States.ArrayGetItem": _item,
    "States.ArrayLength": _length,
    "States.ArrayPartition": _partition,
    "States.ArrayRange": _range,
    "States.ArrayUnique": _unique,
    "States.Base64Decode": _decode,
    "States.Base64Encode": _encode,
    "States.Format": _format,
    "States.Hash": _hash,
    "States.JsonMerge": _merge,
    "States.JsonToString": _to_string,
    "States.MathAdd": _add,
    "States.MathRandom": _random,
    "States.StringSplit": _split,
    "States.StringToJson": _to_json,
    "States.UUID": _uuid,
}
