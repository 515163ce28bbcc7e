"""Lines of a text: where an offset's line begins and ends, and how far it is indented.

Lines end with `\\n`, `\\r\\n` or `\\r` and nothing else, as in `Source`.
"""

from __future__ import annotations

import re

_line_break = re.compile(r"\r\n|\r|\n")


def line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """The end of the offset's line, before its line break."""
    found = _line_break.search(text, offset)
    return found.start() if found else len(text)


def next_line(text: str, offset: int) -> int:
    """The start of the line after the offset's one; the end of the text where there is none."""
    found = _line_break.search(text, offset)
    return found.end() if found else len(text)


def indentation(text: str, offset: int) -> str:
    """The blanks that the offset's line begins with, as far as the offset."""
    line = text[line_start(text, offset) : offset]
    return line[: len(line) - len(line.lstrip(" \t"))]
