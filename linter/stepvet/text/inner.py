"""From a place that a rule names to a span of the text: a node's own, or a part of a string through its escapes."""

from __future__ import annotations

from stepvet.text.node import At, Inside
from stepvet.text.source import Source, Span


def resolve_at(at: At, source: Source) -> Span:
    """The span in the source's text. A part of a string whose characters can't be told apart is the whole string."""
    if not isinstance(at, Inside):
        return at.span
    node, raw = at.node, source.text[at.node.span.start : at.node.span.end]
    at_value = raw.find(node.value) if node.value else -1
    if at_value < 0:
        return node.span
    start = node.span.start + at_value
    return Span(start + at.span.start, start + at.span.end)
