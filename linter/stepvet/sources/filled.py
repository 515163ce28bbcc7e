"""A tree with the placeholders filled in whose values are known: for those who run a definition.

Checks look at the tree as the user wrote it. Here `fill`'s values take their places: in a string the text, for a whole
value the number or boolean that the text spells, else a string. Spans stay, so every place is still the user's own.
"""

from __future__ import annotations

import re

from stepvet.sources.reading import nodes
from stepvet.text.node import Array, Bool, Gap, Hole, Member, Node, Number, Object, String

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,300})(\.\d{1,300})?([eE][+-]?\d{1,2})?", re.ASCII)


def filled(root: Node) -> Node:
    """The same tree where nothing is known, else a new one; what isn't known stays a placeholder."""
    return _filled(root) if any(_has_value(node) for node in nodes(root)) else root


def _has_value(node: Node) -> bool:
    holes = (node,) if isinstance(node, Hole) else node.holes if isinstance(node, String) else ()
    return any(hole.known.value is not None for hole in holes)


def _filled(node: Node) -> Node:
    match node:
        case Object():
            made = Object(node.span, [Member(_text(m.key), _filled(m.value)) for m in node.members])
            made.unfinished = node.unfinished
            return made
        case Array():
            return Array(node.span, [_filled(item) for item in node.items])
        case String():
            return _text(node)
        case Hole():
            return node if node.known.value is None else _scalar(node, node.known.value)
        case _:
            return node


def _text(node: String) -> String:
    if not _has_value(node):
        return node
    made, left, at = "", list[Gap](), 0
    for gap in node.holes:
        made += node.value[at : gap.start]
        value = gap.text if gap.known.value is None else gap.known.value
        if gap.known.value is None:
            left.append(Gap(len(made), len(made) + len(value), gap.text, gap.known))
        made, at = made + value, gap.end
    return String(node.span, made + node.value[at:], node.style, tuple(left))


def _scalar(node: Hole, text: str) -> Node:
    if text in ("true", "false"):
        return Bool(node.span, text == "true")
    if _NUMBER.fullmatch(text):
        return Number(node.span, float(text) if re.search(r"[.eE]", text) else int(text), text)
    return String(node.span, text)
