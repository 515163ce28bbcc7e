"""Texts from definitions, made harmless: control characters become visible, widths are those of a terminal."""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text on one line, with control characters, line ends, direction marks and lone surrogates shown as symbols.

    >>> visible("a\\x1b[31mb\\n")
    'a␛[31mb␊'
    """
    return _CONTROL.sub(_symbol, text) if _CONTROL.search(text) else text


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
