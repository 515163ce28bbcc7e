"""Changes of a tree as edits of its text, JSON or YAML, that leave everything around them as it is.

What is written takes over the form of what stands there: quotes, indentation, one line or many. A change that can't
be written (under an alias, in a string joined from pieces) is None, never a guess.

Invariant: the edits of one call don't overlap, and the text with the edits reads as the changed tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, assert_never

from stepvet.text.finding import Add, Change, MoveLast, Remove, RemoveItem, Rename, Rewrite, SetValue
from stepvet.text.inner import resolve_at
from stepvet.text.lines import indentation, line_start, next_line
from stepvet.text.node import Array, At, Inside, Json, Object, String
from stepvet.text.node import Style as StringStyle
from stepvet.text.pieces import Pieces, pieces_of
from stepvet.text.source import Source, Span
from stepvet.text.write import block, inner, spread, string, written

_identifier = re.compile(r"[A-Za-z_][\w-]*")
_break = re.compile(r"\r?\n")


class Edit(NamedTuple):
    """Write a text in place of a span; an empty span is a place between two characters."""

    span: Span
    text: str


Edits = list[Edit] | None
"""None where the change can't be written."""


def edits(changes: Sequence[Change], source: Source) -> Edits:
    """The changes as edits of the source's text, in its order; None where one of them can't be written."""
    removals = [c for c in changes if isinstance(c, (Remove, RemoveItem))]
    found = [
        *_removed(removals, source.text),
        *(_edits(c, source) for c in changes if not isinstance(c, (Remove, RemoveItem))),
    ]
    line_end = "\r\n" if "\r\n" in source.text else "\n"
    ordered = sorted(Edit(span, _break.sub(line_end, text)) for part in found for span, text in part or ())
    overlap = any(a.span.end > b.span.start for a, b in pairwise(ordered))
    return None if overlap or any(part is None for part in found) else ordered


def applied(text: str, given: Iterable[tuple[Span, str]]) -> str:
    """The text with edits that don't overlap.

    >>> applied("a b c", [(Span(2, 3), "B"), (Span(0, 0), ">")])
    '>a B c'
    """
    pieces, done = [], 0
    for span, shown in sorted(given):
        pieces += [text[done : span.start], shown]
        done = span.end
    return "".join([*pieces, text[done:]])


def _edits(change: Rewrite | Rename | SetValue | Add | MoveLast, source: Source) -> Edits:
    match change:
        case Rewrite():
            return [Edit(change.span, change.text)]
        case Rename():
            return _renamed(change.key, change.name, source.text)
        case SetValue():
            return _set(change.node, change.value, source)
        case Add():
            return _added(change, source.text)
        case MoveLast():
            return _moved(change.parent, change.index, source.text)
        case _:
            assert_never(change)


def _set(node: At, value: Json, source: Source) -> Edits:
    if isinstance(node, Inside):
        return _set_part(node, value, source)
    style: StringStyle = node.style if isinstance(node, String) else "json"
    if isinstance(node, (Object, Array)):
        pieces, shown = pieces_of(node, source.text), written(value, style)
        return None if pieces is None or shown is None else [_instead(pieces, shown)]
    if isinstance(node, String) and node.holes and style == "hcl":
        return None
    return _replaced(node.span, value, style, source.text)


def _set_part(part: Inside, value: Json, source: Source) -> Edits:
    """Only where the characters of the part stand in the text as they are."""
    span = resolve_at(part, source)
    verbatim = source.text[span.start : span.end] == part.node.value[part.span.start : part.span.end]
    shown = inner(value, part.node.style) if isinstance(value, str) and verbatim else None
    return None if shown is None else [Edit(span, shown)]


def _renamed(key: String, name: str, text: str) -> Edits:
    if text[key.span.start : key.span.start + 1] == "*":
        return None
    return None if key.style == "joined" else [Edit(key.span, _key(name, key, text))]


def _key(name: str, like: String, text: str) -> str:
    """A key as another one of its object is written; in HCL without quotes where that one has none."""
    bare = like.style == "hcl" and text[like.span.start] != '"' and _identifier.fullmatch(name)
    return name if bare else string(name, like.style)


def _replaced(span: Span, value: Json, style: StringStyle, text: str) -> Edits:
    shown = written(value, style)
    if shown is None or text[span.start : span.start + 1] == "*":
        return None
    return [Edit(span, shown)]


def _added(change: Add, text: str) -> Edits:
    parent, pieces = change.parent, pieces_of(change.parent, text)
    if pieces is None or (pieces.block and not pieces.spans):
        return None
    last_key = parent.members[-1].key if parent.members else None
    style: StringStyle = last_key.style if last_key else "json"
    key = _key(change.key, last_key, text) if last_key else string(change.key, style)
    if not pieces.spans:
        return [Edit(Span(parent.span.start + 1, parent.span.end - 1), f"{key}: {written(change.value, style)}")]
    if pieces.block:
        return [Edit(_at(pieces.line_end(-1)), f"\n{pieces.margin}{key}:{block(change.value, pieces.margin)}")]
    last = pieces.spans[-1]
    if not pieces.spread:
        shown = f", {key}{_equals(style)}{written(change.value, style)}"
        return [Edit(_at(last.end), shown)]
    depth = indentation(text, last.start)
    unit = depth.removeprefix(indentation(text, parent.span.start)) or "  "
    shown = f"{key}{_equals(style)}{spread(change.value, depth, unit)}"
    return [Edit(_at(last.end), f"{'' if style == 'hcl' else ','}\n{depth}{shown}")]


def _equals(style: StringStyle) -> str:
    return " = " if style == "hcl" else ": "


def _at(offset: int) -> Span:
    return Span(offset, offset)


def _moved(parent: Array, index: int, text: str) -> Edits:
    pieces = pieces_of(parent, text)
    if pieces is None or not 0 <= index < len(parent.items) - 1:
        return None
    moved, following = pieces.spans[index], pieces.spans[index + 1]
    if pieces.block:
        end = pieces.line_end(index)
        gone = _leading(pieces, 1) if index == 0 else Span(pieces.line_end(index - 1), end)
        return [Edit(gone, ""), Edit(_at(pieces.line_end(-1)), f"\n{pieces.margin}{text[moved.start : end]}")]
    between = text[moved.end : following.start]
    shown = between + text[moved.start : moved.end]
    return [Edit(Span(moved.start, following.start), ""), Edit(_at(pieces.spans[-1].end), shown)]


def _removed(changes: Iterable[Remove | RemoveItem], text: str) -> Iterator[Edits]:
    """All that goes out of one container goes at once, so that no comma is taken twice."""
    gone: dict[int, tuple[Object | Array, set[int]]] = {}
    for change in changes:
        index = change.index if isinstance(change, RemoveItem) else _index(change)
        gone.setdefault(id(change.parent), (change.parent, set()))[1].add(index)
    for parent, indexes in gone.values():
        pieces = pieces_of(parent, text)
        fits = pieces is not None and all(0 <= index < len(pieces.spans) for index in indexes)
        yield list(_without(pieces, indexes)) if pieces and fits else None


def _index(change: Remove) -> int:
    return next((i for i, m in enumerate(change.parent.members) if m is change.member), -1)


def _without(pieces: Pieces, indexes: set[int]) -> Iterator[Edit]:
    count = len(pieces.spans)
    kept = next((index for index in range(count) if index not in indexes), None)
    if kept is None:
        yield _instead(pieces, pieces.empty)
        return
    if kept:
        yield Edit(_leading(pieces, kept), "")
    for index in sorted(i for i in indexes if i > kept):
        yield Edit(Span(pieces.line_end(index - 1), pieces.line_end(index)), "")


def _instead(pieces: Pieces, shown: str) -> Edit:
    """Something on one line in place of the whole container. What stood on lines of its own, perhaps no farther in than
    its key, goes behind the key."""
    start, end = pieces.whole
    if not pieces.block or pieces.text[line_start(pieces.text, start) : start].strip():
        return Edit(pieces.whole, shown)
    before = pieces.text[:start].rstrip()
    return Edit(Span(len(before), end), f" {shown}") if before.endswith(":") else Edit(pieces.whole, f"  {shown}")


def _leading(pieces: Pieces, kept: int) -> Span:
    """The parts before the first one that stays. In a block these are whole lines, so that comments above it stay;
    but not where the first part shares its line with a dash."""
    start = pieces.spans[0].start
    first = line_start(pieces.text, start)
    if not pieces.block or pieces.text[first:start].strip():
        return Span(start, pieces.spans[kept].start)
    return Span(first, next_line(pieces.text, pieces.line_end(kept - 1)))
