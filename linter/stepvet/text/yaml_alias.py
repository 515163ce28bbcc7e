"""What a YAML alias stands for: a copy of its anchor in which every node has the alias's place.

Invariant: no more nodes are made than the budget has, and depth costs no recursion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stepvet.text.node import Array, Hole, Member, Node, Object
from stepvet.text.source import Span


def copied(node: Node, span: Span, budget: int, tags: dict[int, str]) -> tuple[Node, int]:
    """The copy and what is left of the budget: less than nothing where holes stand for what it didn't suffice for.
    Copies of nodes with tags get theirs."""
    top: list[Node] = []
    work: list[tuple[Node, list[Node] | Member]] = [(node, top)]
    while work:
        original, place = work.pop()
        budget -= 1
        made: Node = Hole(span, "*") if budget < 0 else _shallow(original, span)
        if id(original) in tags:
            tags[id(made)] = tags[id(original)]
        if isinstance(place, Member):
            place.value = made
        else:
            place.append(made)
        work.extend(_parts(original, made, span))
    return top[0], budget


def _shallow(node: Node, span: Span) -> Node:
    match node:
        case Object():
            return Object(span, [])
        case Array():
            return Array(span, [])
        case _:
            return replace(node, span=span)


def _parts(original: Node, made: Node, span: Span) -> Iterator[tuple[Node, list[Node] | Member]]:
    """What is left to copy, last part first for a stack."""
    if isinstance(original, Object) and isinstance(made, Object):
        made.members.extend(Member(replace(m.key, span=span), m.value) for m in original.members)
        return zip((m.value for m in reversed(original.members)), reversed(made.members), strict=True)
    if isinstance(original, Array) and isinstance(made, Array):
        return ((item, made.items) for item in reversed(original.items))
    return iter(())
