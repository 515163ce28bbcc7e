"""The way from a string's value back to the text it was written in, character by character.

A value differs from its token by escapes, folded lines and stripped indentation. The token is cut into pieces, each
standing for the same characters, for one character or for a line break that may have been folded away, and the
pieces are laid along the value.

Invariant: there is one place for each character of the value; where token and value don't fit together (an alias, a
string joined from pieces) every character has the whole token as its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stepvet.text import json_string
from stepvet.text.lines import line_start
from stepvet.text.node import At, Inside, String
from stepvet.text.source import Extract, Source, Span

Spans = tuple[Sequence[int], Sequence[int]]
_Piece = tuple[int, int, str | None]
"""Start, end and what it stands for; None for a line break, which stands for a break, a space or nothing."""

_breaks = "\n \u2028\u2029"
_fold = r"[ \t]*(?:\r\n|[\r\n\x85\u2028\u2029])[ \t]*"
_plain = re.compile(rf"(?P<fold>{_fold})|(?P<text>(?:(?!{_fold})[\s\S])+)")
_single = re.compile(rf"(?P<fold>{_fold})|(?P<quote>'')|(?P<text>(?:(?!{_fold}|'')[\s\S])+)")
_double = re.compile(
    rf"(?P<gone>\\(?:\r\n|[\r\n])[ \t]*)|(?P<fold>{_fold})"
    rf"|\\(?P<code>x[0-9a-fA-F]{{2}}|u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}})|\\(?P<simple>[\s\S])"
    rf"|(?P<text>(?:(?!{_fold})[^\\])+)"
)
_hcl = re.compile(
    r"(?P<dollar>\$\$(?=\{)|%%(?=\{))|\\(?P<code>u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|\\(?P<simple>[\s\S])"
    r"|(?P<text>(?:(?!\$\$\{|%%\{)[^\\])+)"
)
_simple = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_header = re.compile(r"[|>](?:[+-]?([1-9])?[+-]?)[^\r\n]*(?:\r\n|[\r\n]|\Z)")
_line = re.compile(r"([^\r\n\x85\u2028\u2029]*)(\r\n|[\r\n\x85\u2028\u2029]|\Z)")
_blank_lines = re.compile(r"(?:[ \t]*(?:\r\n|[\r\n]))*")


def char_spans(text: str, node: String) -> Spans:
    """For each character of the string's value the start and the end of its origin in `text`."""
    start, end = node.span
    raw = text[start:end]
    if raw == node.value:
        return range(start, end), range(start + 1, end + 1)
    if len(raw) - 2 == len(node.value) and raw[1:-1] == node.value:
        return range(start + 1, end - 1), range(start + 2, end)
    return _align(node.value, _pieces(text, node)) or ([start] * len(node.value), [end] * len(node.value))


def resolve_at(at: At, source: Source) -> Span:
    """The span, in the source's text, of a node or of a part of a string."""
    if not isinstance(at, Inside):
        return at.span
    starts, ends = char_spans(source.text, at.node)
    return _between(starts, ends, at.span, at.node.span)


def _between(starts: Sequence[int], ends: Sequence[int], span: Span, whole: Span) -> Span:
    if not starts:
        return whole
    last = len(starts) - 1
    start = starts[span.start] if span.start <= last else ends[last]
    end = ends[min(span.end, last + 1) - 1] if span.end > span.start else start
    return Span(start, max(start, end))


def extract(source: Source, node: String) -> Extract:
    """The string's value as a text of its own, such as JSON inside YAML, that knows where it came from."""
    starts, ends = char_spans(source.text, node)
    return Extract(source.file, node.value, outer=source, starts=starts, ends=ends)


def _pieces(text: str, node: String) -> Iterator[_Piece]:
    start, end = node.span
    opening = text[start : start + 1]
    match node.style:
        case "json" if opening in ('"', "'"):
            return (
                (start + 1 + u.start, start + 1 + u.end, u.text) for u in json_string.units(text[start + 1 : end - 1])
            )
        case "plain":
            return _matched(_plain, text, start, end)
        case "single" if opening == "'":
            return _matched(_single, text, start + 1, end - 1)
        case "double" if opening == '"':
            return _matched(_double, text, start + 1, end - 1)
        case "hcl" if opening == '"':
            return _matched(_hcl, text, start + 1, end - 1)
        case "literal" | "folded":
            return _block(text, start, end)
        case _:
            return iter(())


def _matched(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[_Piece]:
    for found in pattern.finditer(text, start, end):
        match found.lastgroup:
            case "text":
                yield (*found.span(), found[0])
            case "fold":
                yield (*found.span(), None)
            case "quote":
                yield (*found.span(), "'")
            case "dollar":
                yield (*found.span(), found[0][0])
            case "simple":
                yield (*found.span(), _simple.get(found["simple"], found["simple"]))
            case "code":
                yield (*found.span(), chr(min(int(found["code"][1:], 16), 0x10FFFF)))


def _block(text: str, start: int, end: int) -> Iterator[_Piece]:
    """The lines of a block scalar without their indentation."""
    header = _header.match(text, start)
    if header is None:
        return
    end = _blank_lines.match(text, end).end()  # type: ignore[union-attr]
    lines = [m for m in _line.finditer(text, header.end(), end) if m.end() > m.start()]
    first = next((m[1] for m in lines if m[1].strip(" ")), "")
    indent = len(first) - len(first.lstrip(" ")) if first else end
    if header[1]:
        indent = _parent_indent(text, start) + int(header[1])
    for line in lines:
        begin = min(line.start() + indent, line.end(1))
        yield begin, line.end(1), text[begin : line.end(1)]
        yield line.start(2), line.end(2), None


def _parent_indent(text: str, start: int) -> int:
    """How far the line of a block scalar's header is indented, dashes of sequences counted."""
    line = text[line_start(text, start) : start]
    return len(line) - len(line.lstrip(" -")) if line.strip(" -") else max(0, line.rfind("-"))


def _align(value: str, pieces: Iterator[_Piece]) -> Spans | None:
    """Lay the pieces along the value; None where they don't fit."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end, text in pieces:
        done = len(starts)
        if done >= len(value):
            break
        if text is None:
            if value[done] in _breaks:
                starts.append(start)
                ends.append(end)
        elif not value.startswith(text, done):
            return None
        elif len(text) == end - start:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.append(start)
            ends.append(end)
    if len(starts) == len(value):
        return starts, ends
    if starts and value[len(starts) :].strip("\n") == "":
        missing = len(value) - len(starts)
        return starts + [ends[-1]] * missing, ends + [ends[-1]] * missing
    return None
