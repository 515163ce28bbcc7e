"""The gate: look-ups that prove most objects clean, made of the same schemas that jsonschema is given.

It answers "clean" or "not sure". Where it says clean, jsonschema finds no error (a property test holds it to that);
where it isn't sure, jsonschema is asked. So jsonschema is loaded only for definitions that have something wrong or odd.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from stepvet.asl.model import QueryLanguage
from stepvet.asl.schema.build import schema
from stepvet.text.node import Array, Bool, Node, Null, Number, Object, String

Test = Callable[[Node], bool]


@cache
def gate(kind: str, language: QueryLanguage) -> Callable[[Object], bool]:
    """A function that is true only of objects in which the kind's schema finds no error."""
    made = schema(kind, language)
    tests = {name: _test(fragment) for name, fragment in made["properties"].items()}
    required = frozenset(made["required"])
    closed = "additionalProperties" in made
    groups = made.get("allOf", [])
    exactly = [frozenset(n for one in g["oneOf"] for n in one["required"]) for g in groups if "oneOf" in g]
    at_most = [frozenset(g["not"]["required"]) for g in groups if "not" in g]

    def clean(node: Object) -> bool:
        keys = set()
        for member in node.members:
            name = member.key.value
            test = tests.get(name)
            if test is None:
                if closed:
                    return False
            elif not test(member.value):
                return False
            keys.add(name)
        return (
            required <= keys
            and all(len(group & keys) == 1 for group in exactly)
            and not any(group <= keys for group in at_most)
        )

    return clean


def _test(fragment: dict[str, Any]) -> Test:
    if not fragment:
        return lambda node: True
    types = fragment["type"] if isinstance(fragment["type"], list) else [fragment["type"]]
    tests = {kind: _BY_TYPE[kind](fragment) for kind in types}
    node_tests = {_NODES[kind]: test for kind, test in tests.items()}

    def test(node: Node) -> bool:
        own = node_tests.get(type(node))
        return own is not None and own(node)

    return test


def _string(fragment: dict[str, Any]) -> Test:
    allowed = frozenset(fragment.get("enum", ()))
    pattern = re.compile(fragment["pattern"]) if "pattern" in fragment else None

    def test(node: Node) -> bool:
        text = node.value if isinstance(node, String) else ""
        return (not allowed or text in allowed) and (pattern is None or pattern.search(text) is not None)

    return test


def _numeric(fragment: dict[str, Any]) -> Test:
    whole = "integer" in fragment["type"]
    low, high = fragment.get("minimum"), fragment.get("maximum")

    def test(node: Node) -> bool:
        number = node.value if isinstance(node, Number) else 0
        if whole and not isinstance(number, int):
            return False
        return (low is None or number >= low) and (high is None or number <= high)

    return test


def _array(fragment: dict[str, Any]) -> Test:
    item = _test(fragment["items"]) if "items" in fragment else lambda node: True
    least = fragment.get("minItems", 0)
    return lambda node: isinstance(node, Array) and len(node.items) >= least and all(map(item, node.items))


def _object(fragment: dict[str, Any]) -> Test:
    inner = _test(fragment["additionalProperties"]) if "additionalProperties" in fragment else lambda node: True
    return lambda node: isinstance(node, Object) and all(inner(m.value) for m in node.members)


def _any(_fragment: dict[str, Any]) -> Test:
    return lambda node: True


_BY_TYPE: dict[str, Callable[[dict[str, Any]], Test]] = {
    "string": _string,
    "integer": _numeric,
    "number": _numeric,
    "boolean": _any,
    "null": _any,
    "array": _array,
    "object": _object,
}
_NODES: dict[str, type[Node]] = {
    "string": String,
    "integer": Number,
    "number": Number,
    "boolean": Bool,
    "null": Null,
    "array": Array,
    "object": Object,
}
