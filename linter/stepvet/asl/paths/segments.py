"""Reads paths of every spelling, a segment at a time. `path.parse_path` is the way in; it knows the simple ones itself.

The dialect is Jayway's, as AWS takes it: names after a dot are nearly free text, a dot before a bracket is allowed
(`$.[0]`), a backslash in a name takes the next sign's meaning away, `${…}` is part of a name. What other readers of
JSONPath refuse is noted; nothing is refused that AWS takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from stepvet.asl.paths.cursor import Cursor, quoted_text, unescaped_name
from stepvet.asl.paths.filters import read_operand, read_test
from stepvet.asl.paths.tree import (
    Descendant,
    Filter,
    Function,
    Index,
    Indexes,
    Name,
    Names,
    Operand,
    Path,
    Root,
    Segment,
    Slice,
    Wildcard,
)

VARIABLE = re.compile(r"[^\W\d]\w*")
NUMBERS = re.compile(r"[0-9:,\s-]+")
INTEGER = re.compile(r"-?[0-9]+")
SLICE = re.compile(r"(-?[0-9]+)?:(-?[0-9]+)?(:[0-9-]*)*")
LARGEST_INDEX = 2**31 - 1  # Java's int

_SIGN = r"\\u[0-9a-fA-F]{4}|\\.|\$\{[^${}]*\}"
OUTER_NAME = re.compile(rf"(?:{_SIGN}|[^ .\[(\\])+", re.DOTALL)
INNER_NAME = re.compile(rf"(?:{_SIGN}|(?!&&|\|\|)[^\s.\[()<>=~!,\\])+", re.DOTALL)
ODD_SIGNS = re.compile(r"[\])'\",]")
HOLE = re.compile(r"\$\{[^${}]*\}")

NO_DOLLAR = "Reference path didn't start with '$'"


def read_whole(cursor: Cursor) -> Path:
    """The whole text as one path; blanks after it are passed over."""
    if cursor.ahead() != "$":
        cursor.refuse('a path starts with "$"', 0, len(cursor.text), NO_DOLLAR)
    path = read_path(cursor, OUTER_NAME)
    cursor.skip_spaces()
    if not cursor.at_end:
        cursor.refuse("a name with a blank in it must stand in brackets and quotes", path.end, len(cursor.text))
    return path


def read_path(cursor: Cursor, name: re.Pattern[str]) -> Path:
    """A path that starts here; `name` is the pattern of names after dots, which is narrower inside filters."""
    start = cursor.position
    root, variable = _root(cursor)
    segments = tuple(_segments(cursor, name))
    return Path(cursor.text[start : cursor.position], root, variable, segments, start, cursor.position)


def _root(cursor: Cursor) -> tuple[Root, str | None]:
    start = cursor.position
    if cursor.take("@"):
        return Root.CURRENT, None
    if cursor.take("$$"):
        return Root.CONTEXT, None
    cursor.take("$")
    variable = cursor.match(VARIABLE)
    if variable:
        return Root.VARIABLE, variable[0]
    if not cursor.at_end and cursor.ahead() not in ".[ " and not _ends_inner(cursor):
        cursor.refuse(f'"{cursor.ahead()}" can\'t follow "$"; a dot, a bracket or a name can', start)
    return Root.DOCUMENT, None


def _ends_inner(cursor: Cursor) -> bool:
    return cursor.depth > 0 and cursor.ahead() in "\t\r\n)<>=~!,&|"


def _segments(cursor: Cursor, name: re.Pattern[str]) -> list[Segment]:
    segments: list[Segment] = []
    while segment := _segment(cursor, name, bool(segments)):
        segments.append(segment)
    return segments


def _segment(cursor: Cursor, name: re.Pattern[str], after_bracket: bool) -> Segment | None:
    start = cursor.position
    if cursor.take(".."):
        _refuse_end(cursor, start, "a path can't end with dots")
        inner = _step(cursor, name, cursor.position)
        return Descendant(inner, start, cursor.position)
    if cursor.take("."):
        _refuse_end(cursor, start, "a path can't end with a dot")
        return _step(cursor, name, start)
    if cursor.ahead() == "[":
        return None if _stray_bracket(cursor) else _bracket(cursor, start)
    if after_bracket and name.match(cursor.text, cursor.position):
        named = _step(cursor, name, start)
        cursor.note("a dot is missing before this name", start)
        return named
    return None


def _stray_bracket(cursor: Cursor) -> bool:
    """Jayway passes over an opening bracket that is the text's very last character."""
    start = cursor.position
    stray = start == len(cursor.text) - 1
    if stray:
        cursor.take("[")
        cursor.note("a bracket is opened here and the path ends; nothing is read", start)
    return stray


def _refuse_end(cursor: Cursor, start: int, message: str) -> None:
    if cursor.at_end or cursor.ahead() in ". ":
        cursor.refuse(message, start, cursor.position)


def _step(cursor: Cursor, name: re.Pattern[str], start: int) -> Segment:
    """What may follow a dot: a name, a function, `*`, or a bracket."""
    if cursor.ahead() == "[":
        return _bracket(cursor, start)
    if cursor.take("*"):
        return Wildcard(start, cursor.position)
    found = cursor.match(name)
    if found is None:
        cursor.refuse("a name is missing after the dot", start)
    if cursor.ahead() == "(":
        return _function(cursor, unescaped_name(found[0]), start)
    odd = ODD_SIGNS.search(HOLE.sub("", found[0]).replace("\\", ""))
    if odd and "\\" not in found[0]:
        cursor.note(f"{odd[0]} is part of the name here; brackets and quotes would make that plain", start)
    return Name(unescaped_name(found[0]), start, cursor.position)


def _function(cursor: Cursor, name: str, start: int) -> Function:
    cursor.take("(")
    arguments: list[Operand] = []
    cursor.skip_spaces()
    while not cursor.take(")"):
        if arguments:
            cursor.expect(",", "the arguments of the function are not closed", start)
        arguments.append(cursor.nested(lambda c: read_operand(c, _inner_path)))
        cursor.skip_spaces()
    return Function(name, tuple(arguments), start, cursor.position)


def _inner_path(cursor: Cursor) -> Path:
    return cursor.nested(partial(read_path, name=INNER_NAME))


def _bracket(cursor: Cursor, start: int) -> Segment:
    cursor.take("[")
    cursor.skip_spaces()
    reader = next((read for signs, read in BRACKETS.items() if cursor.ahead() and cursor.ahead() in signs), _unquoted)
    return reader(cursor, start)


def _close(cursor: Cursor, start: int) -> int:
    cursor.expect("]", "the bracket is not closed", start)
    return cursor.position


def _names(cursor: Cursor, start: int) -> Segment:
    names = [quoted_text(cursor)]
    cursor.skip_spaces()
    while cursor.take(","):
        cursor.skip_spaces()
        if cursor.ahead() not in ("'", '"'):
            cursor.refuse("a name in quotes is missing after the comma", start)
        names.append(quoted_text(cursor))
        cursor.skip_spaces()
    end = _close(cursor, start)
    return Name(names[0], start, end) if len(names) == 1 else Names(tuple(names), start, end)


def _numbers(cursor: Cursor, start: int) -> Segment:
    found = cursor.match(NUMBERS)
    content = found[0].strip() if found else ""
    end = _close(cursor, start)
    if ":" in content:
        return _slice(cursor, content, start, end)
    indexes = [part.strip() for part in content.removesuffix(",").split(",")]
    numbers = tuple(_integer(cursor, text, start, end) for text in indexes)
    return Index(numbers[0], start, end) if len(numbers) == 1 else Indexes(numbers, start, end)


def _slice(cursor: Cursor, content: str, start: int, end: int) -> Slice:
    found = SLICE.fullmatch(content)
    if found is None or (found[1] is None and found[2] is None):
        cursor.refuse("a slice is written [first:last] with one of them at least", start, end)
    if found[3]:
        cursor.note("a slice has no step here; it is passed over", start)
    first, last = (text and _integer(cursor, text, start, end) for text in (found[1], found[2]))
    return Slice(None if first is None else int(first), None if last is None else int(last), start, end)


def _integer(cursor: Cursor, text: str, start: int, end: int) -> int:
    if not INTEGER.fullmatch(text):
        cursor.refuse("the indexes in brackets must be whole numbers with commas between", start, end)
    if len(text) > 20 or abs(int(text)) > LARGEST_INDEX:
        cursor.refuse(f"the index is larger than {LARGEST_INDEX}", start, end)
    return int(text)


def _wildcard(cursor: Cursor, start: int) -> Wildcard:
    cursor.take("*")
    return Wildcard(start, _close(cursor, start))


def _filter(cursor: Cursor, start: int) -> Filter:
    cursor.take("?")
    cursor.skip_spaces()
    if not cursor.take("("):
        cursor.refuse("a filter is written [?(…)]", start)
    test = cursor.nested(lambda c: read_test(c, _inner_path))
    cursor.expect(")", "the filter is not closed, or something in it can't be read", start)
    return Filter(test, start, _close(cursor, start))


def _script(cursor: Cursor, start: int) -> Segment:
    end = cursor.text.find("]", start)
    cursor.refuse("script expressions are not supported", start, end + 1 or len(cursor.text))


def _hole(cursor: Cursor, start: int) -> Segment:
    found = cursor.match(HOLE)
    if found is None:
        return _unquoted(cursor, start)
    return Name(found[0], start, _close(cursor, start))


def _unquoted(cursor: Cursor, start: int) -> Segment:
    end = cursor.text.find("]", start)
    message = "in brackets stands a name in quotes, a number, * or a filter"
    cursor.refuse(message, start, end + 1 or len(cursor.text))


BRACKETS: dict[str, Callable[[Cursor, int], Segment]] = {
    "'\"": _names,
    "0123456789-:": _numbers,
    "*": _wildcard,
    "?": _filter,
    "(": _script,
    "$": _hole,
}
