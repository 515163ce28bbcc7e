"""Between the tree of a definition and the plain requests that are checked: there with values, back with paths."""

from __future__ import annotations

from typing import NamedTuple

from stepvet.asl.model import QueryLanguage
from stepvet.asl.services.request import UNKNOWN, Given, Path, arguments_request, template_request
from stepvet.asl.shape import is_filled_in
from stepvet.text.node import Array, Member, Node, Object, plain


def given(request: Node, language: QueryLanguage) -> Given:
    """The request that `Parameters` or `Arguments` make, with what is filled in later left open."""
    return (arguments_request if language == "JSONata" else template_request)(_known(request))


class Place(NamedTuple):
    """Where a fault's path leads: the value, the container that it stands in and, where a name leads to it, the member.
    A step that leads nowhere is passed over."""

    owner: Node
    member: Member | None
    node: Node


def place(request: Node, path: Path) -> Place:
    at = Place(request, None, request)
    for step in path:
        at = _step(at.node, step)
    return at


def _step(node: Node, step: str | int) -> Place:
    if isinstance(node, Object) and isinstance(step, str):
        member = node.member(step)
        return Place(node, member, member.value if member else node)
    if isinstance(node, Array) and isinstance(step, int) and step < len(node.items):
        return Place(node, None, node.items[step])
    return Place(node, None, node)


def _known(node: Node) -> object:
    if is_filled_in(node):
        return UNKNOWN
    match node:
        case Object():
            return UNKNOWN if node.is_open else {m.key.value: _known(m.value) for m in node.members}
        case Array():
            return [_known(item) for item in node.items]
        case _:
            return plain(node)
