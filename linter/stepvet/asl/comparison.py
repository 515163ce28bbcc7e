"""Choice comparisons on JSON values, driven by the table of operators.

Recorded at AWS: values of other types than the operator's compare as false, never as an error; strings compare by
UTF-16 code units; timestamps compare as instants; `IsX: false` is the exact opposite of `IsX: true`. Whether a value is
there at all (`IsPresent`) is a question of the path, not of the value: what reaches this module is present.

Invariant: total and pure; every result is a bool.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from stepvet.asl.operators import Family, Operator, Relation
from stepvet.asl.timestamps import is_timestamp, parse_timestamp
from stepvet.text.node import Json

_ORDER: dict[Relation, Callable[[int], bool]] = {
    "Equals": lambda sign: sign == 0,
    "LessThan": lambda sign: sign < 0,
    "GreaterThan": lambda sign: sign > 0,
    "LessThanEquals": lambda sign: sign <= 0,
    "GreaterThanEquals": lambda sign: sign >= 0,
}


def compare(operator: Operator, value: Json, operand: Json) -> bool:
    """Does the comparison hold of a value that is present?

    >>> from stepvet.asl.operators import OPERATORS
    >>> compare(OPERATORS["NumericEquals"], 0, 0.0), compare(OPERATORS["NumericEquals"], "0", 0)
    (True, False)
    """
    if operator.family == "Test":
        return _TESTS[operator.name](value) is bool(operand)
    if operator.family == "Pattern":
        return isinstance(value, str) and isinstance(operand, str) and matches_pattern(value, operand)
    sign = _SIGNS[operator.family](value, operand)
    return sign is not None and _ORDER[operator.relation](sign)


def is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _booleans(one: Json, other: Json) -> int | None:
    return int(one) - int(other) if isinstance(one, bool) and isinstance(other, bool) else None


def _numbers(one: Json, other: Json) -> int | None:
    if isinstance(one, bool) or isinstance(other, bool):
        return None
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return None
    return (one > other) - (one < other)


def _strings(one: Json, other: Json) -> int | None:
    if not isinstance(one, str) or not isinstance(other, str):
        return None
    left, right = _units(one), _units(other)
    return (left > right) - (left < right)


def _units(text: str) -> bytes:
    """UTF-16 code units, which Java compares."""
    return text.encode("utf-16-be", "surrogatepass")


def _timestamps(one: Json, other: Json) -> int | None:
    if not isinstance(one, str) or not isinstance(other, str):
        return None
    left, right = parse_timestamp(one), parse_timestamp(other)
    return None if left is None or right is None else (left > right) - (left < right)


_SIGNS: dict[Family, Callable[[Json, Json], int | None]] = {
    "Boolean": _booleans,
    "Numeric": _numbers,
    "String": _strings,
    "Timestamp": _timestamps,
}
_TESTS: dict[str, Callable[[Json], bool]] = {
    "IsNull": lambda value: value is None,
    "IsPresent": lambda value: True,
    "IsNumeric": is_number,
    "IsString": lambda value: isinstance(value, str),
    "IsBoolean": lambda value: isinstance(value, bool),
    "IsTimestamp": lambda value: isinstance(value, str) and is_timestamp(value),
}


def matches_pattern(text: str, pattern: str) -> bool:
    r"""`StringMatches`: `*` stands for any characters, `\*` and `\\` for the sign itself; nothing else is special.

    >>> matches_pattern("log-2024.txt", "log-*.txt"), matches_pattern("a*", r"a\*")
    (True, True)
    """
    pieces = _pieces(pattern)
    if len(pieces) == 1:
        return text == pieces[0]
    first, *inner, last = pieces
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in inner:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


@lru_cache(maxsize=1024)
def _pieces(pattern: str) -> tuple[str, ...]:
    """What stands between the stars, unescaped; searching piece by piece takes no time that grows with the stars."""
    found: list[str] = [""]
    for part in re.findall(r"\\[*\\]|\*|[^*\\]+|\\", pattern, re.DOTALL):
        if part == "*":
            found.append("")
        else:
            found[-1] += part[1:] if part in (r"\*", r"\\") else part
    return tuple(found)
