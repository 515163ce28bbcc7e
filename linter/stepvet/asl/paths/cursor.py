"""A place in a text that is being read, for the readers of paths, filters and intrinsic calls.

A reader that can't go on raises `Refused`; the function that made the cursor catches it and returns the `PathError` as
a value, so the exception never leaves the room. Positions only grow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn, TypeVar

from stepvet.asl.paths.tree import PathError, PathNote

T = TypeVar("T")

DEEPEST = 40
"""How many brackets, filters or calls may stand in each other. No real path comes near; a hostile text must not
exhaust the interpreter's stack."""

LONGEST_NUMBER = 400
"""Digits; beyond that a number is nobody's intention, and Python refuses to read it."""

ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
QUOTED = {quote: re.compile(rf"{quote}([^{quote}\\]*(?:\\.[^{quote}\\]*)*){quote}", re.DOTALL) for quote in "'\""}


class Refused(Exception):  # noqa: N818 - it is a way out of a reader, not an error of ours
    """Carries the error to the function that made the cursor."""

    def __init__(self, error: PathError) -> None:
        super().__init__(error.message)
        self.error = error


@dataclass(slots=True)
class Cursor:
    """A text, the place that is read next, and the notes made on the way."""

    text: str
    position: int = 0
    depth: int = 0
    notes: list[PathNote] = field(default_factory=list)

    @property
    def at_end(self) -> bool:
        return self.position >= len(self.text)

    def ahead(self, length: int = 1) -> str:
        """The next characters, fewer at the end of the text."""
        return self.text[self.position : self.position + length]

    def skip_spaces(self) -> None:
        while self.ahead().isspace():
            self.position += 1

    def take(self, token: str) -> bool:
        """Steps over the token when it comes next."""
        found = self.text.startswith(token, self.position)
        if found:
            self.position += len(token)
        return found

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Steps over what the pattern matches here."""
        found = pattern.match(self.text, self.position)
        if found:
            self.position = found.end()
        return found

    def expect(self, token: str, message: str, start: int) -> None:
        """Steps over blanks and the token, or refuses everything from `start` on."""
        self.skip_spaces()
        if not self.take(token):
            self.refuse(message, start)

    def refuse(self, message: str, start: int, end: int | None = None, reason: str = "") -> NoReturn:
        """Gives up. Without an `end` the fault reaches to the place that is read next and one character further."""
        stop = min(self.position + 1, len(self.text)) if end is None else end
        raise Refused(PathError(message, min(start, stop), stop, reason))

    def note(self, message: str, start: int) -> None:
        self.notes.append(PathNote(message, start, self.position))

    def nested(self, read: Callable[[Cursor], T]) -> T:
        """Reads something that may hold itself, down to `DEEPEST` levels."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse(f"nested more than {DEEPEST} deep", self.position)
        try:
            return read(self)
        finally:
            self.depth -= 1


def quoted_text(cursor: Cursor) -> str:
    """A string in the quotes that come next, unescaped as Java does it: a backslash before any other sign vanishes."""
    start = cursor.position
    found = cursor.match(QUOTED[cursor.ahead()])
    if found is None:
        cursor.refuse(f"the string has no closing {cursor.ahead()}", start, len(cursor.text))
    return unescaped(found[1])


def unescaped(text: str) -> str:
    """The text of a quoted string without its backslashes, `\\n` and its like read as control characters."""
    return _without_backslashes(text, CONTROL)


def unescaped_name(text: str) -> str:
    """The text of a name after a dot without its backslashes, which only take a sign's meaning away there."""
    return _without_backslashes(text, {})


def _without_backslashes(text: str, letters: dict[str, str]) -> str:
    if "\\" not in text:
        return text
    plain = ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else letters.get(m[2], m[2]), text)
    return SURROGATES.sub(lambda m: m[0].encode("utf-16", "surrogatepass").decode("utf-16"), plain)
