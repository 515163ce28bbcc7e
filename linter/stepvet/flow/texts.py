"""The strings that a state evaluates, in both query languages.

A JSONPath state evaluates paths (`InputPath`, `Variable`, `SecondsPath` …) and the values under keys that end in `.$`;
of a JSONata state any string may be a `{% %}` expression. The states inside a Map or a Parallel speak for themselves.
`ResultPath` names a place to write to, and no variable (recorded), so it isn't among them.
"""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl.model import Choice, Map, State
from stepvet.asl.schema.values import TEMPLATES
from stepvet.text.node import Array, Node, Object, String

PAYLOADS = TEMPLATES | {"Arguments", "Output"}
"""Fields with a payload, in either query language."""

_SILENT = frozenset(
    {"Comment", "Branches", "ItemProcessor", "Iterator", "Result", "ResultPath", "QueryLanguage", "ErrorEquals"}
)
_CONDITIONAL = frozenset({"Catch", "Choices", "Retry", "ItemSelector", "ItemBatcher", "ResultWriter"})
"""What a state evaluates only when something happens: an error, a rule that is reached, an item that is there."""


def evaluated(state: State) -> Iterator[tuple[String, bool]]:
    """The strings that the state evaluates, and whether it evaluates them on every run."""
    walk = _strings if state.language == "JSONata" else _paths
    for member in state.node.members:
        name = member.key.value
        if name not in _SILENT:
            per_item = isinstance(state, Map) and name == "Parameters"
            is_needed = name not in _CONDITIONAL and not per_item and not isinstance(state, Choice)
            yield from ((text, is_needed) for text in walk(name, member.value))


def _paths(key: str, node: Node) -> Iterator[String]:
    """The strings that a JSONPath state reads as paths or intrinsic calls."""
    if key in _SILENT:
        return
    if key in PAYLOADS:
        yield from _template_paths(node)
    elif isinstance(node, String):
        if key.endswith("Path") or key == "Variable":
            yield node
    elif isinstance(node, Object):
        for member in node.members:
            yield from _paths(member.key.value, member.value)
    elif isinstance(node, Array):
        for item in node.items:
            yield from _paths(key, item)


def _template_paths(node: Node) -> Iterator[String]:
    if isinstance(node, Object):
        for member in node.members:
            if member.key.value.endswith(".$") and isinstance(member.value, String):
                yield member.value
            else:
                yield from _template_paths(member.value)
    elif isinstance(node, Array):
        for item in node.items:
            yield from _template_paths(item)


def _strings(key: str, node: Node) -> Iterator[String]:
    if isinstance(node, String):
        yield node
    elif isinstance(node, Object):
        for member in node.members:
            yield from _strings(member.key.value, member.value)
    elif isinstance(node, Array):
        for item in node.items:
            yield from _strings(key, item)
