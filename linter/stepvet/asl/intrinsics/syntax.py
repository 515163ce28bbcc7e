"""Reads intrinsic calls: `States.Format('{} of {}', $.name, $$.Execution.Name)`.

Here is the grammar alone: which texts are calls. Whether there is such a function and whether its arguments fit is
`intrinsic`'s matter. Every part knows its place in the text; the places inside of a path argument count from the
argument's start.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from stepvet.asl.paths.cursor import LONGEST_NUMBER, Cursor, Refused
from stepvet.asl.paths.path import Path, PathError, parse_path


@dataclass(frozen=True, slots=True)
class StringLiteral:
    """`'text'`: `value` is free of escapes, `spelling` is what stands between the quotes."""

    value: str
    spelling: str = field(compare=False)
    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """An int, or a float if it was written with a point or an exponent."""

    value: int | float
    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class BoolLiteral:
    """`true` or `false`, which AWS takes though its specification doesn't name them."""

    value: bool
    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class NullLiteral:
    """`null`."""

    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class PathArgument:
    """A path; its own places count from `start`."""

    path: Path
    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A call with its arguments; `name` is written with `States.`, and `name_end` is where it ends."""

    name: str
    arguments: tuple[Argument, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)
    name_end: int = field(compare=False)


Argument = StringLiteral | NumberLiteral | BoolLiteral | NullLiteral | PathArgument | Call

CALL_NAME = re.compile(r"States\.[A-Za-z0-9_.]+")
STRING = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL)
ESCAPE = re.compile(r"\\([{}'\\])")
GOOD_OR_BAD_ESCAPE = re.compile(r"\\.?", re.DOTALL)
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
WORD = re.compile(r"(?:true|false|null)(?![\w.])")
PATH_TEXT = re.compile(r"(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|\\.|[^'\"\\])", re.DOTALL)


@lru_cache(maxsize=4096)
def parse_intrinsic(text: str) -> Call | PathError:
    """The call that the whole text is, blanks around it aside. Its function may be unknown and its arguments wrong."""
    cursor = Cursor(text)
    cursor.skip_spaces()
    try:
        call = _call(cursor)
        cursor.skip_spaces()
        if not cursor.at_end:
            cursor.refuse("nothing may follow the call", cursor.position, len(text))
    except Refused as refused:
        return refused.error
    return call


def parse_template_value(text: str) -> Path | Call | PathError:
    """What the value of a `"key.$"` is: a path or a call."""
    if text.startswith("$"):
        return parse_path(text)
    if text.lstrip().startswith("States."):
        return parse_intrinsic(text)
    return PathError('neither a path, which starts with "$", nor an intrinsic call, "States.…(…)"', 0, len(text))


def _call(cursor: Cursor) -> Call:
    start = cursor.position
    name = cursor.match(CALL_NAME)
    if name is None:
        cursor.refuse('a call starts with "States." and a name', start, len(cursor.text))
    name_end = cursor.position
    cursor.skip_spaces()
    if not cursor.take("("):
        cursor.refuse(f'"(" is missing after {name[0]}', start, name_end)
    arguments = tuple(cursor.nested(_arguments))
    return Call(name[0], arguments, start, cursor.position, name_end)


def _arguments(cursor: Cursor) -> list[Argument]:
    """The arguments and the closing parenthesis."""
    opened = cursor.position - 1
    arguments: list[Argument] = []
    cursor.skip_spaces()
    while not cursor.take(")"):
        if arguments and not cursor.take(","):
            _refuse_separator(cursor, opened)
        cursor.skip_spaces()
        arguments.append(_argument(cursor))
        cursor.skip_spaces()
    return arguments


def _refuse_separator(cursor: Cursor, opened: int) -> None:
    if cursor.at_end:
        cursor.refuse("the parenthesis is not closed", opened, len(cursor.text))
    cursor.refuse("a comma or a closing parenthesis is missing before this", cursor.position)


def _argument(cursor: Cursor) -> Argument:
    if cursor.at_end:
        cursor.refuse("the call ends where an argument is due", cursor.position)
    reader = READERS.get(cursor.ahead(), _word)
    return reader(cursor)


def _string(cursor: Cursor) -> StringLiteral:
    start = cursor.position
    found = cursor.match(STRING)
    if found is None:
        cursor.refuse("the string has no closing quote", start, len(cursor.text))
    for escape in GOOD_OR_BAD_ESCAPE.finditer(found[1]):
        if not ESCAPE.fullmatch(escape[0]):
            place = start + 1 + escape.start()
            cursor.refuse("only \\', \\{, \\} and \\\\ may be escaped", place, place + 2)
    return StringLiteral(ESCAPE.sub(r"\1", found[1]), found[1], start, cursor.position)


def _number(cursor: Cursor) -> NumberLiteral:
    start = cursor.position
    found = cursor.match(NUMBER)
    if found is None or len(found[0]) > LONGEST_NUMBER:
        cursor.refuse("this is no number", start)
    value = float(found[0]) if found[1] or found[2] else int(found[0])
    return NumberLiteral(value, start, cursor.position)


def _word(cursor: Cursor) -> Argument:
    start = cursor.position
    word = cursor.match(WORD)
    if word is None:
        cursor.refuse("an argument is a path, a string in single quotes, a number, true, false, null or a call", start)
    end = cursor.position
    return NullLiteral(start, end) if word[0] == "null" else BoolLiteral(word[0] == "true", start, end)


def _path(cursor: Cursor) -> PathArgument:
    """A path reaches to the next comma or closing parenthesis that is neither quoted nor in brackets of its own."""
    start, depth = cursor.position, 0
    while (sign := cursor.ahead()) and (depth or sign not in ",)"):
        depth += (sign in "[(") - (sign in "])")
        _quoted_or_one(cursor, depth > 0)
    text = cursor.text[start : cursor.position].rstrip()
    path = parse_path(text)
    if isinstance(path, PathError):
        cursor.refuse(path.message, start + path.start, start + path.end, path.reason)
    return PathArgument(path, start, start + len(text))


def _quoted_or_one(cursor: Cursor, in_brackets: bool) -> None:
    """Steps over a quoted text or an escape; over one character where quotes have no meaning."""
    if not (in_brackets and cursor.match(PATH_TEXT)):
        cursor.position += 2 if cursor.ahead() == "\\" else 1


READERS: dict[str, Callable[[Cursor], Argument]] = {
    "'": _string,
    "$": _path,
    "S": lambda cursor: cursor.nested(_call),
    **dict.fromkeys("-0123456789", _number),
}
