"""JSONata's casts between strings and numbers, with the text that JavaScript gives a number."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal

from stepvet.asl.jsonata.values import Failure, Value, is_function, is_number, number

_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?")
_RADIX = re.compile(r"0[xX][0-9A-Fa-f]+|0[oO][0-7]+|0[bB][01]+")


def to_string(value: Value, *, indent: int = 0) -> str:
    """`$string`: strings as they are, functions as nothing, the rest as JSON with 15 digits. Raises `Failure` D3001."""
    if isinstance(value, str):
        return value
    if is_function(value):
        return ""
    if isinstance(value, float) and not math.isfinite(value):
        raise Failure("D3001", value=value)
    return "".join(_json(value, indent, 0))


def to_number(value: Value) -> int | float:
    """`$number` of a string, number or boolean. Raises `Failure` D3030."""
    match value:
        case bool():
            return int(value)
        case int() | float():
            return value
        case str() if _RADIX.fullmatch(value):
            return number(float(int(value, 0)))
        case str() if _DECIMAL.fullmatch(value) and math.isfinite(float(value)):
            return number(float(value))
        case _:
            raise Failure("D3030", value=value, index=1)


def digits(value: float) -> str:
    """A finite number as JavaScript prints it.

    >>> digits(1e21), digits(0.00001), digits(1e-7), digits(-2.50)
    ('1e+21', '0.00001', '1e-7', '-2.5')
    """
    value = number(float(value))
    if isinstance(value, int):
        return str(value)
    text = repr(value)
    if "e" not in text:
        return text
    if 1e-6 <= abs(value) < 1:
        return format(Decimal(text), "f")
    mantissa, exponent = text.split("e")
    return f"{mantissa.removesuffix('.0')}e{'-' if exponent[0] == '-' else '+'}{exponent.lstrip('+-').lstrip('0')}"


def _json(value: Value, indent: int, level: int) -> Iterator[str]:
    match value:
        case None:
            yield "null"
        case bool():
            yield "true" if value else "false"
        case int() | float():
            yield digits(float(f"{value:.15g}")) if is_number(value) else "null"
        case str():
            yield json.dumps(value, ensure_ascii=False)
        case list():
            yield from _enclosed("[]", (_json(item, indent, level + 1) for item in value), indent, level)
        case dict():
            colon = ": " if indent else ":"
            members = (
                (json.dumps(key, ensure_ascii=False), colon, *_json(item, indent, level + 1))
                for key, item in value.items()
            )
            yield from _enclosed("{}", members, indent, level)
        case _:
            yield '""'


def _enclosed(
    brackets: str, items: Iterator[Iterator[str] | tuple[str, ...]], indent: int, level: int
) -> Iterator[str]:
    inner = "\n" + " " * indent * (level + 1) if indent else ""
    separator = brackets[0] + inner
    for item in items:
        yield separator
        yield from item
        separator = "," + inner
    if separator[0] == ",":
        yield "\n" + " " * indent * level if indent else ""
        yield brackets[1]
    else:
        yield brackets
