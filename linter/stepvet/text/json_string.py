"""JSON string literals: what each escape stands for, and the `${…}` holes inside a string's value.

Invariant: `units` covers the literal's inside without gaps and in order, whatever is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stepvet.text.node import Gap, Hole, Json, String, Style
from stepvet.text.reading import SyntaxFault
from stepvet.text.source import Span

hole_pattern = r"\$\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}"
"""A placeholder with at most two levels of braces inside, as in `${self:custom.${opt:stage}}`."""

_hole = re.compile(hole_pattern)
_unit = re.compile(
    r"(?P<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\u(?P<code>[0-9a-fA-F]{4})"
    r'|\\(?P<simple>["\\/bfnrt])'
    r"|\\(?P<bad>u[0-9a-fA-F]{0,3}|[\s\S]?)"
    r"|(?P<control>[\x00-\x1f])"
    r"|(?P<text>[^\\\x00-\x1f]+)"
)
_simple = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_control_names = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}


class Unit(NamedTuple):
    """A run of the literal: `text` is what it stands for, `fault` what is wrong with it."""

    start: int
    end: int
    text: str
    fault: str | None = None


def units(literal: str) -> Iterator[Unit]:
    """The runs of a literal's inside. A run longer than one character stands for itself, character by character."""
    for match in _unit.finditer(literal):
        start, end = match.span()
        match match.lastgroup:
            case "text":
                yield Unit(start, end, match["text"])
            case "simple":
                yield Unit(start, end, _simple[match["simple"]])
            case "pair":
                high, low = int(literal[start + 2 : start + 6], 16), int(literal[start + 8 : start + 12], 16)
                yield Unit(start, end, chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)))
            case "code":
                code = int(match["code"], 16)
                lone = 0xD800 <= code <= 0xDFFF
                yield Unit(start, end, "\ufffd" if lone else chr(code), "lone-surrogate" if lone else None)
            case "control":
                yield Unit(start, end, match["control"], "control-character")
            case _:
                yield Unit(start, end, match["bad"][:1] or "\\", "bad-escape")


def decode(literal: str, offset: int) -> tuple[str, list[SyntaxFault]]:
    """A literal's value and its faults, where the literal's inside starts at `offset` of the text."""
    found = list(units(literal))
    faults = [_fault(u, literal, offset) for u in found if u.fault]
    return "".join(u.text for u in found), faults


def _fault(unit: Unit, literal: str, offset: int) -> SyntaxFault:
    span = Span(offset + unit.start, offset + unit.end)
    written = literal[unit.start : unit.end]
    match unit.fault:
        case "lone-surrogate":
            return SyntaxFault("lone-surrogate", f'"{written}" is half of a surrogate pair and no character', span)
        case "control-character":
            name = _control_names.get(written, f"the control character U+{ord(written):04X}")
            return SyntaxFault(
                "control-character", f"{name} inside a string", span, help=f"write it as {_escaped(written)}"
            )
        case _:
            return SyntaxFault(
                "bad-escape", f'"{written}" is no escape of JSON', span, help="a backslash itself is written \\\\"
            )


def _escaped(character: str) -> str:
    return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character, f"\\u{ord(character):04x}")


def gaps(value: str) -> tuple[Gap, ...]:
    """The placeholders inside a string's value."""
    return tuple(Gap(*m.span(), m[0]) for m in _hole.finditer(value))


def string_or_hole(span: Span, value: str, style: Style) -> String | Hole:
    """A string that is one placeholder and nothing else is a hole; others keep their gaps."""
    if "${" not in value:
        return String(span, value, style)
    found = gaps(value)
    if len(found) == 1 and found[0].end - found[0].start == len(value):
        return Hole(span, value)
    return String(span, value, style, found)


def key_string(span: Span, value: str, style: Style) -> String:
    """A key stays a string, even where it is one placeholder."""
    return String(span, value, style, gaps(value) if "${" in value else ())


def number(text: str) -> int | float | None:
    """The value of a JSON number; None where it has more digits than any reader takes."""
    if text.lstrip("-").isdigit():
        return int(text) if len(text) <= 4000 else None
    return float(text)


literals: dict[str, Json] = {"true": True, "false": False, "null": None}
