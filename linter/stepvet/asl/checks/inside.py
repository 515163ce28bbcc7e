"""Places inside strings: a parser's offsets as places of the tree."""

from __future__ import annotations

from stepvet.text.node import Inside, String
from stepvet.text.source import Span


def within(node: String, start: int, end: int) -> Inside | String:
    """A part of the string's value; the whole string where that is all of it. An empty part is the end of something
    that should go on: there the last character before it is shown."""
    if start >= end:
        end = len(node.value[:start].rstrip())
        start = max(0, end - 1)
    if start >= end or (start <= 0 and end >= len(node.value)):
        return node
    return Inside(node, Span(start, min(end, len(node.value))))
