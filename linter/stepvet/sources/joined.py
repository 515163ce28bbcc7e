"""A text made of pieces from several places of a file, which knows where each character came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stepvet.text.inner import char_spans
from stepvet.text.node import Gap, Hole, Known, String, Style
from stepvet.text.source import Extract, Source, Span


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A run of characters with their origins. `known` is given for a hole, whose text is a placeholder."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    known: Known | None = None


def literal(source: Source, node: String | Hole) -> Piece:
    """The characters of a string, as they are."""
    string = node if isinstance(node, String) else String(node.span, node.text, "joined")
    return Piece(string.value, *char_spans(source.text, string))


def part(piece: Piece, start: int, end: int, known: Known | None = None) -> Piece:
    return Piece(piece.text[start:end], piece.starts[start:end], piece.ends[start:end], known)


def hole(name: str, span: Span, known: Known) -> Piece:
    """A placeholder for what a later tool puts in; each of its characters stands for the whole reference."""
    text = f"${{{name}}}"
    return Piece(text, [span.start] * len(text), [span.end] * len(text), known)


def joined(source: Source, pieces: Iterable[Piece]) -> Extract:
    text, starts, ends = [], list[int](), list[int]()
    for piece in pieces:
        text.append(piece.text)
        starts.extend(piece.starts)
        ends.extend(piece.ends)
    return Extract(source.file, "".join(text), outer=source, starts=starts, ends=ends)


def as_node(pieces: Sequence[Piece], span: Span, style: Style = "joined") -> String | Hole:
    """The pieces as one value: a hole if they are one, else a string with gaps."""
    if len(pieces) == 1 and pieces[0].known is not None:
        return Hole(span, pieces[0].text, pieces[0].known)
    gaps: list[Gap] = []
    at = 0
    for piece in pieces:
        if piece.known is not None:
            gaps.append(Gap(at, at + len(piece.text), piece.text, piece.known))
        at += len(piece.text)
    return String(span, "".join(p.text for p in pieces), style, tuple(gaps))
