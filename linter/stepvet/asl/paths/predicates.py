"""Decides the tests of filters: is this node one that `[?(…)]` keeps?

Nothing is read here; the values of paths come from the function that is passed in. A test never fails: comparing an
absent node, or values of different types, is false, and the negated operators (`!=`, `nin`, `noneof`) are true then.
Equality knows no conversion: 1 and 1.0 are equal, 1 and '1' are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, assert_never

from stepvet.asl.intrinsics.functions import identity, kind_of_value
from stepvet.asl.intrinsics.signatures import Kind
from stepvet.asl.paths.tree import (
    And,
    ArrayLiteral,
    Comparison,
    Exists,
    Literal,
    Not,
    ObjectLiteral,
    Operand,
    Or,
    Path,
    Pattern,
    Test,
)

Json = Any
ReadValue = Callable[[Path], Json]
"""Gives the value of a path inside a filter, or `ABSENT`."""


class Absent:
    """What a path inside a filter gives when there is no such node; equal to nothing, itself included."""

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = object.__hash__


ABSENT = Absent()


def passes(test: Test, read: ReadValue) -> bool:
    """Whether the test holds, with the node in question known to `read`."""
    match test:
        case Exists():
            return _exists(test.path, read(test.path))
        case Comparison():
            compare = OPERATORS[test.operator]
            return compare(value_of(test.left, read), value_of(test.right, read))
        case Not():
            return not passes(test.test, read)
        case And():
            return all(passes(part, read) for part in test.tests)
        case Or():
            return any(passes(part, read) for part in test.tests)
    assert_never(test)


def _exists(path: Path, value: Json) -> bool:
    """An indefinite path must have found something."""
    return value is not ABSENT and (path.definite or value != [])


def value_of(operand: Operand, read: ReadValue) -> Json:
    """The operand's JSON value, `ABSENT`, or the `Pattern` itself."""
    match operand:
        case Path():
            return read(operand)
        case Literal():
            return operand.value
        case ArrayLiteral():
            return [value_of(item, read) for item in operand.items]
        case ObjectLiteral():
            return {name: value_of(member, read) for name, member in operand.members}
        case Pattern():
            return operand
    assert_never(operand)


def _equal(left: Json, right: Json) -> bool:
    return left is not ABSENT and right is not ABSENT and bool(identity(left) == identity(right))


def _ordered(holds: Callable[[Json, Json], bool]) -> Callable[[Json, Json], bool]:
    def compare(left: Json, right: Json) -> bool:
        kind = kind_of_value(left)
        return kind in (Kind.NUMBER, Kind.STRING) and kind is kind_of_value(right) and holds(left, right)

    return compare


def _in(left: Json, right: Json) -> bool:
    return isinstance(right, list) and any(_equal(left, item) for item in right)


def _all(left: Json, right: Json) -> bool:
    return isinstance(left, list) and isinstance(right, list) and all(_in(item, left) for item in right)


def _any(left: Json, right: Json) -> bool:
    return isinstance(left, list) and isinstance(right, list) and any(_in(item, right) for item in left)


def _contains(left: Json, right: Json) -> bool:
    if isinstance(left, str):
        return isinstance(right, str) and right in left
    return _in(right, left)


def _size(left: Json, right: Json) -> bool:
    return isinstance(left, str | list) and kind_of_value(right) is Kind.NUMBER and len(left) == right


def _empty(left: Json, right: Json) -> bool:
    return isinstance(left, str | list | dict) and isinstance(right, bool) and (not left) is right


def _matches(left: Json, right: Json) -> bool:
    """One side is a pattern, the other a text that it must match as a whole, or a list with such a text."""
    pattern, subject = (left, right) if isinstance(left, Pattern) else (right, left)
    regex = compiled(pattern) if isinstance(pattern, Pattern) else None
    if regex is None or isinstance(subject, Pattern):
        return False
    texts = subject if isinstance(subject, list) else [subject]
    return any(regex.fullmatch(_subject(text)) is not None for text in texts)


def _subject(value: Json) -> str:
    """Strings as they are, numbers and booleans as written, anything else as an empty text."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case _:
            return ""


FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
JAVA_CLASSES = {
    "Lower": "a-z",
    "Upper": "A-Z",
    "Alpha": "a-zA-Z",
    "Digit": "0-9",
    "Alnum": "a-zA-Z0-9",
    "Punct": r"!-/:-@\[-`{-~",
    "XDigit": "0-9a-fA-F",
    "Space": r" \t\n\x0b\f\r",
    "ASCII": r"\x00-\x7f",
}
JAVA_SPELLINGS = re.compile(r"\\\\|\(\?<(?=[A-Za-z])|\\p\{(\w+)\}|\\z|\\Q(.*?)(?:\\E|\Z)", re.DOTALL)


@lru_cache(maxsize=256)
def compiled(pattern: Pattern) -> re.Pattern[str] | None:
    """Java's regular expression as Python's; None where Python has no equal, and then nothing matches."""
    flags = re.RegexFlag(0) if "U" in pattern.flags else re.ASCII
    for letter in pattern.flags:
        flags |= FLAGS.get(letter, re.RegexFlag(0))
    try:
        return re.compile(JAVA_SPELLINGS.sub(_respelt, pattern.regex), flags)
    except (re.error, OverflowError, RecursionError):
        return None


def _respelt(found: re.Match[str]) -> str:
    match found[0][:2]:
        case "(?":
            return "(?P<"
        case r"\p":
            return f"[{JAVA_CLASSES[found[1]]}]" if found[1] in JAVA_CLASSES else found[0]
        case r"\z":
            return r"\Z"
        case r"\Q":
            return re.escape(found[2])
        case _:
            return found[0]


OPERATORS: dict[str, Callable[[Json, Json], bool]] = {
    "==": _equal,
    "===": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "!==": lambda left, right: not _equal(left, right),
    "<": _ordered(lambda left, right: bool(left < right)),
    "<=": _ordered(lambda left, right: bool(left <= right)),
    ">": _ordered(lambda left, right: bool(left > right)),
    ">=": _ordered(lambda left, right: bool(left >= right)),
    "=~": _matches,
    "in": _in,
    "nin": lambda left, right: not _in(left, right),
    "all": _all,
    "subsetof": lambda left, right: _all(right, left),
    "anyof": _any,
    "noneof": lambda left, right: not _any(left, right),
    "size": _size,
    "empty": _empty,
    "contains": _contains,
}
