"""Reads the inside of `[?(…)]`: a test of nodes, as an expression tree with places.

`&&` binds tighter than `||`; a path alone tests that its node exists. What AWS takes beyond Jayway (a string without
quotes) is noted. Paths inside are read by the function that is passed in, since they may hold filters in turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from stepvet.asl.paths.cursor import LONGEST_NUMBER, Cursor, quoted_text
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

T = TypeVar("T")
ReadPath = Callable[[Cursor], Path]

SYMBOLS = ("===", "!==", "==", "!=", "<=", ">=", "=~", "<", ">")
WORDS = frozenset(("in", "nin", "all", "subsetof", "anyof", "noneof", "size", "empty", "contains"))

WORD = re.compile(r"[A-Za-z]+")
REGEX = re.compile(r"/((?:[^/\\]|\\.)*)/([a-zA-Z]*)", re.DOTALL)
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?(?![\w.:-])")
BARE = re.compile(r"(?:\$\{[^${}]*\}|[^\s<>=~!()&|,\[\]{}'\"])+")
CONSTANTS = {"true": True, "false": False, "null": None}


def read_test(cursor: Cursor, read_path: ReadPath) -> Test:
    """A whole test: alternatives of conjunctions."""
    tests = [_conjunction(cursor, read_path)]
    while _connected(cursor, "||"):
        tests.append(_conjunction(cursor, read_path))
    return tests[0] if len(tests) == 1 else Or(tuple(tests), tests[0].start, tests[-1].end)


def _conjunction(cursor: Cursor, read_path: ReadPath) -> Test:
    tests = [_negation(cursor, read_path)]
    while _connected(cursor, "&&"):
        tests.append(_negation(cursor, read_path))
    return tests[0] if len(tests) == 1 else And(tuple(tests), tests[0].start, tests[-1].end)


def _connected(cursor: Cursor, sign: str) -> bool:
    cursor.skip_spaces()
    return cursor.take(sign)


def _negation(cursor: Cursor, read_path: ReadPath) -> Test:
    cursor.skip_spaces()
    start = cursor.position
    if cursor.take("!"):
        inner = cursor.nested(lambda c: _negation(c, read_path))
        return Not(inner, start, cursor.position)
    if cursor.take("("):
        inner = cursor.nested(lambda c: read_test(c, read_path))
        cursor.expect(")", "the parenthesis in the filter is not closed", start)
        return inner
    return _comparison(cursor, read_path)


def _comparison(cursor: Cursor, read_path: ReadPath) -> Test:
    left = read_operand(cursor, read_path)
    end = cursor.position
    operator = _operator(cursor)
    if operator:
        right = read_operand(cursor, read_path)
        return Comparison(left, operator, right, left.start, cursor.position)
    if not isinstance(left, Path):
        cursor.refuse("a constant alone is no test; compare it with something", left.start, end)
    cursor.position = end
    return Exists(left, left.start, end)


def _operator(cursor: Cursor) -> str:
    cursor.skip_spaces()
    for symbol in SYMBOLS:
        if cursor.take(symbol):
            return symbol
    start = cursor.position
    word = cursor.match(WORD)
    if word is None:
        return ""
    if word[0].lower() not in WORDS:
        cursor.refuse(f'"{word[0]}" is no operator of filters', start, cursor.position)
    return word[0].lower()


def read_operand(cursor: Cursor, read_path: ReadPath) -> Operand:
    """What may stand on either side of an operator, or be an argument of a function in a path."""
    cursor.skip_spaces()
    reader = READERS.get(cursor.ahead())
    if cursor.ahead() == "@" or (cursor.ahead() == "$" and cursor.ahead(2) != "${"):
        return read_path(cursor)
    if reader:
        return cursor.nested(reader)
    return _number(cursor) or _bare(cursor)


def _string(cursor: Cursor) -> Literal:
    start = cursor.position
    value = quoted_text(cursor)
    return Literal(value, cursor.text[start : cursor.position], start, cursor.position)


def _pattern(cursor: Cursor) -> Pattern:
    start = cursor.position
    found = cursor.match(REGEX)
    if found is None:
        cursor.refuse("the regular expression has no closing /", start, len(cursor.text))
    return Pattern(found[1], found[2], start, cursor.position)


def _number(cursor: Cursor) -> Literal | None:
    start = cursor.position
    found = cursor.match(NUMBER)
    if found is None:
        return None
    if len(found[0]) > LONGEST_NUMBER:
        cursor.refuse("the number is too long", start, cursor.position)
    value = float(found[0]) if found[1] or found[2] else int(found[0])
    return Literal(value, found[0], start, cursor.position)


def _bare(cursor: Cursor) -> Literal:
    start = cursor.position
    found = cursor.match(BARE)
    if found is None:
        cursor.refuse("a path, a string, a number or another constant is missing here", start)
    if found[0] in CONSTANTS:
        return Literal(CONSTANTS[found[0]], found[0], start, cursor.position)
    cursor.note(f"the string {found[0]} has no quotes; AWS takes it, other readers of JSONPath don't", start)
    return Literal(found[0], found[0], start, cursor.position)


def _array(cursor: Cursor) -> ArrayLiteral:
    start = cursor.position
    cursor.position += 1
    items = tuple(_listed(cursor, "]", "the list is not closed", _constant))
    return ArrayLiteral(items, start, cursor.position)


def _object(cursor: Cursor) -> ObjectLiteral:
    start = cursor.position
    cursor.position += 1
    members = tuple(_listed(cursor, "}", "the object is not closed", _member))
    return ObjectLiteral(members, start, cursor.position)


def _listed(cursor: Cursor, closing: str, message: str, read: Callable[[Cursor], T]) -> list[T]:
    items: list[T] = []
    start = cursor.position - 1
    cursor.skip_spaces()
    while not cursor.take(closing):
        if items:
            cursor.expect(",", message, start)
        items.append(read(cursor))
        cursor.skip_spaces()
    return items


def _member(cursor: Cursor) -> tuple[str, Operand]:
    cursor.skip_spaces()
    start = cursor.position
    name = _constant(cursor)
    if not isinstance(name, Literal) or not isinstance(name.value, str):
        cursor.refuse("the name of a member must be a string", start, cursor.position)
    cursor.expect(":", "the member has no colon", start)
    return name.value, _constant(cursor)


def _constant(cursor: Cursor) -> Operand:
    def no_path(cursor: Cursor) -> Path:
        cursor.refuse("a list in a filter holds constants only", cursor.position)

    return read_operand(cursor, no_path)


READERS: dict[str, Callable[[Cursor], Operand]] = {
    "'": _string,
    '"': _string,
    "/": _pattern,
    "[": _array,
    "{": _object,
}
