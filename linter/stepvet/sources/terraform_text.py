"""Terraform's template language in a text: `${…}` holes, `%{…}` directives and the escapes of both.

Of `%{ if }` the first branch is taken, of `%{ for }` one round. What looks like a directive and is none (JSONata's
`{%{`) stays text, and its place is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from stepvet.sources.joined import Piece
from stepvet.text.node import Known
from stepvet.text.source import Span

_mark = re.compile(r"\$\$\{|%%\{|\$\{|%\{|\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])")
_directive = re.compile(r"%\{~?\s*(if|else|endif|for|endfor)\b")
_simple_name = re.compile(r"[A-Za-z_][\w.\-\[\]*]*")
_escapes = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(slots=True)
class Rendered:
    """The pieces of a text. `directives` are true directives, `mistaken` what Terraform takes for one."""

    pieces: list[Piece] = field(default_factory=list)
    directives: list[Span] = field(default_factory=list)
    mistaken: list[Span] = field(default_factory=list)


def render(text: str, span: Span, known: Callable[[str], Known], *, escapes: bool) -> Rendered:
    """The text of a template between two offsets. `escapes`: a quoted text, with backslashes."""
    rendered = Rendered()
    skipping = 0
    for start, end, kind in _marks(text, span, escapes):
        written = text[start:end]
        if kind == "directive":
            rendered.directives.append(Span(start, end))
            skipping = _skipping(written, skipping)
        elif skipping:
            continue
        elif kind == "hole":
            name = written[2:-1].strip().strip("~").strip()
            rendered.pieces.append(_hole(written, name, Span(start, end), known(name)))
        elif kind == "mistaken":
            rendered.mistaken.append(Span(start, end))
            rendered.pieces.append(_text(written, start))
        elif kind == "escape":
            value = _unescaped(written)
            rendered.pieces.append(Piece(value, [start] * len(value), [end] * len(value)))
        else:
            rendered.pieces.append(_text(written, start))
    return rendered


def _skipping(directive: str, depth: int) -> int:
    """How many `else` branches we are in; inside one, inner conditions count, too."""
    found = _directive.match(directive)
    word = found[1] if found else ""
    if word == "else":
        return max(depth, 1)
    if word == "if":
        return depth + 1 if depth else 0
    return max(0, depth - 1) if word == "endif" else depth


def _text(written: str, start: int) -> Piece:
    end = start + len(written)
    return Piece(written, range(start, end), range(start + 1, end + 1))


def _hole(written: str, name: str, span: Span, known: Known) -> Piece:
    """A simple name stands as it is written; for an expression, which may hold quotes, a neutral one."""
    if _simple_name.fullmatch(name) and written == f"${{{name}}}":
        return Piece(written, range(*span), range(span.start + 1, span.end + 1), known)
    text = f"${{{name if _simple_name.fullmatch(name) else 'expression'}}}"
    return Piece(text, [span.start] * len(text), [span.end] * len(text), known)


def _unescaped(written: str) -> str:
    if written in ("$${", "%%{"):
        return written[1:]
    letter = written[1:2]
    if letter in "uU":
        return chr(min(int(written[2:], 16), 0x10FFFF)) if len(written) > 2 else letter
    return _escapes.get(letter, letter)


def _marks(text: str, span: Span, escapes: bool) -> Iterator[tuple[int, int, str]]:
    at = span.start
    while found := _mark.search(text, at, span.end):
        start, end = found.span()
        kind = _kind(text, found[0], start, escapes)
        if kind in ("hole", "directive"):
            end = _closing(text, end, span.end)
        if kind == "literal":
            end = start + 1
        if start > at:
            yield at, start, "text"
        yield start, end, kind
        at = end
    if at < span.end:
        yield at, span.end, "text"


def _kind(text: str, mark: str, start: int, escapes: bool) -> str:
    if mark.startswith("\\"):
        return "escape" if escapes else "literal"
    if mark in ("$${", "%%{"):
        return "escape"
    if mark == "${":
        return "hole"
    return "directive" if _directive.match(text, start) else "mistaken"


def _closing(text: str, at: int, end: int) -> int:
    """The offset after the brace that closes an interpolation; strings and braces inside are skipped."""
    depth, quoted = 1, False
    while at < end:
        character = text[at]
        if quoted and character == "\\":
            at += 1
        elif character == '"':
            quoted = not quoted
        elif not quoted and character == "{":
            depth += 1
        elif not quoted and character == "}":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return end
