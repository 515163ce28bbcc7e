"""The shape check: every object of a definition against its schema, errors told as faults in our words.

The one door to jsonschema, which is loaded only when the gate (`schema.gate`) isn't sure that an object is clean.
What the fields mean (names, paths, expressions, resources, targets) is checked elsewhere.

Invariant: what a hole may stand for is never judged; an object with a hole for a key may have any member.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from stepvet.asl.fault import Fault
from stepvet.asl.model import QueryLanguage
from stepvet.asl.schema.build import schema
from stepvet.asl.schema.gate import gate
from stepvet.asl.schema.sites import Site
from stepvet.asl.shape_faults import faults_of
from stepvet.asl.shape_notes import (
    bad_selectors,
    downgrade,
    empty_batcher,
    false_end,
    has_false_end,
    incomplete_writer,
    without_role,
)
from stepvet.asl.value_faults import Error
from stepvet.text.node import Array, Hole, Json, Member, Node, Object, String, is_hidden

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

Instance = dict[str, Json]


_NOTES: dict[str, Callable[[Site], Iterator[Fault]]] = {
    "rule": bad_selectors,
    "test": bad_selectors,
    "Credentials": without_role,
    "ResultWriter": incomplete_writer,
    "ItemBatcher": empty_batcher,
}
"""Kind of object → what no schema of it can tell."""


def shape_faults(site: Site) -> Iterator[Fault]:
    """Every fault of one object's shape."""
    if site.is_downgrade and site.language_known:
        yield downgrade(site)
    note = _NOTES.get(site.kind)
    if note:
        yield from note(site)
    if has_false_end(site):
        yield from false_end(site)
    elif gate(site.kind, site.language)(site.node):
        return
    yield from faults_of(site, list(_errors(site)))


def _errors(site: Site) -> Iterator[Error]:
    """What jsonschema finds, less what holes may make right."""
    instance = as_instance(site.node)
    if has_false_end(site):
        del instance["End"]
    for error in _validator(site.kind, site.language).iter_errors(instance):
        path = tuple(error.absolute_path)
        node = _at(site.node, path)
        if not is_filled_in(node):
            yield Error(str(error.validator), error.validator_value, path, node)


@cache
def _validator(kind: str, language: QueryLanguage) -> Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema(kind, language))


def as_instance(node: Object) -> Instance:
    """The object as jsonschema wants it, two levels deep: deeper ones are judged as sites of their own."""
    return {m.key.value: _flat(m.value, 1) for m in node.members}


def _flat(node: Node, depth: int) -> Any:
    match node:
        case Object():
            return {m.key.value: _flat(m.value, depth - 1) for m in node.members} if depth else {}
        case Array():
            return [_flat(item, depth - 1) for item in node.items] if depth else []
        case Hole():
            return node.text
        case String():
            return node.value
        case _:
            return getattr(node, "value", None)


def _at(node: Node, path: tuple[str | int, ...]) -> Node:
    for step in path:
        if isinstance(node, Object) and isinstance(step, str):
            node = node.get(step) or node
        elif isinstance(node, Array) and isinstance(step, int):
            node = node.items[step]
    return node


def is_filled_in(node: Node) -> bool:
    """Is the value, or a part of it, filled in later: by a hole, or by a template function written as an object?"""
    match node:
        case Object(members=[Member(key=String(value=name))]):
            return name == "Ref" or name.startswith("Fn::")
        case _:
            return is_hidden(node)
