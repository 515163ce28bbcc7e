"""JSON values as the texts that Step Functions makes of them: compact JSON, and what Java's `toString` gives.

`json_text` is the result of States.JsonToString; `java_text` is what States.Format puts in for a value, where objects
look like `{a=1, b=[]}` (measured). Numbers with a fraction or an exponent are written as Java writes a double.
"""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any, NoReturn

Json = Any


def json_text(value: Json) -> str:
    """Compact JSON, in the order of the members, with only the escapes that JSON demands."""
    match value:
        case dict():
            return "{" + ",".join(f"{_string(k)}:{json_text(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ",".join(map(json_text, value)) + "]"
        case str():
            return _string(value)
        case _:
            return _scalar(value)


def java_text(value: Json) -> str:
    """Strings as they are, also inside of arrays and objects."""
    match value:
        case dict():
            return "{" + ", ".join(f"{k}={java_text(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(java_text, value)) + "]"
        case str():
            return value
        case _:
            return _scalar(value)


def read_json(text: str) -> Json:
    """The value of a JSON text; ValueError if it is none. NaN and Infinity, which Python would read, are none, and
    neither are numbers that would become them."""
    return json.loads(text, parse_constant=_no_constant, parse_float=_finite, parse_int=_whole)


MOST_DIGITS = 1_000
"""A whole number of more digits is none that anybody meant."""


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:60]} is too large a number")
    return number


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError(f"a number of {len(text)} digits is too large")
    return int(text)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _scalar(value: Json) -> str:
    return double_text(value) if isinstance(value, float) else json.dumps(value)


def double_text(number: float) -> str:
    """As Java's `Double.toString`: plain from 0.001 to below ten million, else with an exponent (`1.0E10`)."""
    if not math.isfinite(number):
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(number, "NaN")
    if number == 0 or 1e-3 <= abs(number) < 1e7:
        plain = format(Decimal(repr(number)), "f")
        return plain if "." in plain else f"{plain}.0"
    sign, digits, exponent = Decimal(repr(number)).normalize().as_tuple()
    written = "".join(map(str, digits))
    assert isinstance(exponent, int)  # the number is finite
    point = exponent + len(written) - 1
    return f"{'-' if sign else ''}{written[0]}.{written[1:] or '0'}E{point}"
