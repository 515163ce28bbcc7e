"""The parts of a container as they stand in the text: where each begins and ends, and how they are laid out.

In brackets (JSON, YAML's flow style, HCL) a part is the member or item alone; in a YAML block it reaches from the key
or the dash. Invariant: the parts are in the text's order and lie within the container; a container whose tree doesn't
stand there so (under an alias, with a merge key's members) has no pieces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from stepvet.text.lines import line_start
from stepvet.text.node import Array, Object
from stepvet.text.source import Span

_dash = re.compile(r"^[ \t]*(-)(?=\s)", re.MULTILINE)
_rest_of_line = re.compile(r"[ \t]*(?:[ \t]#[^\r\n]*)?(?=[\r\n]|\Z)")


@dataclass(frozen=True, slots=True)
class Pieces:
    text: str
    whole: Span
    spans: tuple[Span, ...]
    block: bool
    """A YAML block: indentation instead of brackets."""
    empty: str
    """What the container is without any part."""

    @property
    def spread(self) -> bool:
        """Does each part stand on a line of its own?"""
        bounds = (self.whole.start, *(s.start for s in self.spans))
        return self.block or all("\n" in self.text[a:b] for a, b in pairwise(bounds))

    @property
    def margin(self) -> str:
        """The indentation of a block's parts: as many spaces as characters stand before the first one."""
        start = self.spans[0].start
        return " " * (start - line_start(self.text, start))

    def line_end(self, index: int) -> int:
        """The end of a part, in a block with the comment behind it."""
        end = self.spans[index].end
        rest = _rest_of_line.match(self.text, end) if self.block else None
        return rest.end() if rest else end


def pieces_of(container: Object | Array, text: str) -> Pieces | None:
    block = text[container.span.start : container.span.start + 1] not in ("{", "[")
    spans = _members(container) if isinstance(container, Object) else _items(container, text, block)
    bounds = [container.span.start, *(bound for span in spans for bound in span), container.span.end]
    if any(a > b for a, b in pairwise(bounds)) or any(a.end == b.start for a, b in pairwise(spans)):
        return None
    if any(text[s.start] == "*" or _is_explicit(text, s.start, block) for s in spans):
        return None
    return Pieces(text, container.span, tuple(spans), block, "{}" if isinstance(container, Object) else "[]")


def _is_explicit(text: str, start: int, block: bool) -> bool:
    """Is the key marked by YAML's `?`? In a block the mark stands on its line."""
    since = line_start(text, start) if block else max(0, start - 100)
    return text[since:start].rstrip().endswith("?")


def _members(container: Object) -> list[Span]:
    return [Span(m.key.span.start, m.value.span.end) for m in container.members]


def _items(container: Array, text: str, block: bool) -> list[Span]:
    if not block:
        return [item.span for item in container.items]
    spans: list[Span] = []
    behind = container.span.start
    for item in container.items:
        dashes = [found.start(1) for found in _dash.finditer(text, behind, item.span.start)]
        start = dashes[-1] if spans and dashes else container.span.start
        spans.append(Span(start, item.span.end))
        behind = item.span.end
    return spans
