"""A text and the way from an offset in it to the user's own file.

Offsets count code points of the decoded text. A `Source` is a file; an `Extract` is a text that was taken out of
another source (a string in a template, a heredoc, the pieces of a join) and still knows where each character came from.

Invariant: `resolve` always ends at a `Source` that is a file, with a span inside its text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Position(NamedTuple):
    """Line and column from 1, offset from 0, all in code points."""

    line: int
    column: int
    offset: int


@dataclass(eq=False)
class Source:
    """A file as the user has it: its shown name and its decoded text, without a byte order mark."""

    file: str
    text: str

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of each line's first character; lines end with `\\n`, `\\r\\n` or `\\r` and nothing else."""
        lines = self.text.replace("\r\n", "\n\n").replace("\r", "\n") if "\r" in self.text else self.text
        starts = [0, *accumulate(len(line) + 1 for line in lines.split("\n")[:-1])]
        if "\r\n" not in self.text:
            return starts
        return [s for s in starts if self.text[s - 1 : s + 1] != "\r\n" or s == 0]

    def position(self, offset: int) -> Position:
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1, offset)

    def line(self, number: int) -> str:
        """The text of a line (from 1) without its end."""
        starts = self.line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def resolve(self, span: Span) -> tuple[Source, Span]:
        """The file that holds the span, and the span there."""
        return self, span

    def is_verbatim(self, span: Span) -> bool:
        """Does the user's file hold just these characters, so that an edit of the span is an edit of the file?"""
        return True


@dataclass(eq=False)
class Extract(Source):
    """A text taken out of another one. `starts[i]` and `ends[i]` bound the i-th character's origin in `outer`."""

    outer: Source = field(kw_only=True)
    starts: Sequence[int] = field(kw_only=True)
    ends: Sequence[int] = field(kw_only=True)

    def resolve(self, span: Span) -> tuple[Source, Span]:
        if not self.starts:
            return self.outer.resolve(Span(0, 0))
        last = len(self.starts) - 1
        start = self.starts[min(span.start, last)] if span.start <= last else self.ends[last]
        end = self.ends[min(span.end - 1, last)] if span.end > span.start else start
        return self.outer.resolve(Span(start, max(start, end)))

    def is_verbatim(self, span: Span) -> bool:
        file, mapped = self.resolve(span)
        return file.text[mapped.start : mapped.end] == self.text[span.start : span.end]
