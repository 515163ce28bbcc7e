"""Texts from definitions, made harmless: control characters become visible, widths are those of a terminal.

Build servers read commands from what a program prints: GitHub and Azure look for `##[` and `##vso[` anywhere in a line,
GitHub for `::` at its start. No text of a definition and no file name can be taken for one.
"""

from __future__ import annotations

import re
import unicodedata

_HARMFUL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
    r"|(?<=#)#(?=(?:vso)?\[)"
)


def visible(text: str) -> str:
    """The text on one line, with control characters, line ends, direction marks and lone surrogates shown as symbols.

    >>> visible("a\\x1b[31mb\\n")
    'a␛[31mb␊'
    >>> visible("##[add-mask]a")
    '#\\\\u0023[add-mask]a'
    """
    return _HARMFUL.sub(_symbol, text) if _HARMFUL.search(text) else text


def line_start(path: str) -> str:
    """A path as the first thing of a line, where `::` would begin a command.

    >>> line_start("a.json"), line_start("::error::a.json")
    ('a.json', './::error::a.json')
    """
    return f"./{path}" if path.lstrip().startswith("::") else path


def _symbol(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"\\u{code:04x}"


def width(text: str) -> int:
    """Columns that a terminal needs for the text.

    >>> width("a日é")
    4
    """
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
