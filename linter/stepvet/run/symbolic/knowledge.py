"""What the user knows of values: JSON Schemas and example payloads, as types of the input and of task results.

A type says what can be there. A schema closes an object with `additionalProperties: false` alone, an example never
does: it shows what is there, not what else may be. What isn't understood is left open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stepvet.asl.services.shapes import (
    ANY,
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    TIMESTAMP,
    Integer,
    ListOf,
    MapOf,
    Member,
    Number,
    Object,
    Shape,
    String,
)
from stepvet.text.node import Json

DEEPEST = 24


def from_schema(schema: Json, root: Json = None, depth: int = 0) -> Shape:
    """The type that a JSON Schema describes, as far as it says one type.

    >>> from_schema({"type": "array", "items": {"type": "boolean"}})
    ListOf(item=Boolean())
    """
    if not isinstance(schema, dict) or depth > DEEPEST:
        return ANY
    root = schema if root is None else root
    if isinstance(schema.get("$ref"), str):
        return from_schema(_referred(str(schema["$ref"]), root), root, depth + 1)
    values = _values(schema)
    if values is not None:
        return String(values) if values else ANY
    kind = schema.get("type") or ("object" if "properties" in schema else None)
    match kind:
        case "object":
            return _object(schema, root, depth)
        case "array":
            return ListOf(from_schema(schema.get("items"), root, depth + 1))
        case "string":
            return TIMESTAMP if schema.get("format") == "date-time" else STRING
        case "integer" | "number":
            return _number(schema, kind == "integer")
        case "boolean":
            return BOOLEAN
        case _:
            return ANY


def _referred(reference: str, root: Json) -> Json:
    """A part of the same schema; nothing else is looked for."""
    if not reference.startswith("#"):
        return None
    found: Json = root
    for step in reference[1:].split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _values(schema: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The texts that `enum` or `const` lists; empty where they aren't all texts, None where there are none."""
    listed = [schema["const"]] if "const" in schema else schema.get("enum")
    if not isinstance(listed, list):
        return None
    texts = tuple(value for value in listed if isinstance(value, str))
    return texts if len(texts) == len(listed) else ()


def _object(schema: Mapping[str, Any], root: Json, depth: int) -> Shape:
    properties = schema.get("properties")
    others = schema.get("additionalProperties", True)
    if not isinstance(properties, dict):
        return MapOf(from_schema(others, root, depth + 1)) if isinstance(others, dict) else Object({}, closed=False)
    required = schema.get("required")
    named = set(required) if isinstance(required, list) else set()
    members = {k: Member(from_schema(v, root, depth + 1), required=k in named) for k, v in properties.items()}
    return Object(members, closed=others is False and "patternProperties" not in schema)


def _number(schema: Mapping[str, Any], whole: bool) -> Shape:
    low, high = (bound if isinstance(bound, int | float) else None for bound in map(schema.get, ("minimum", "maximum")))
    if low is None and high is None:
        return INTEGER if whole else NUMBER
    return Integer(low, high) if whole else Number(low, high)


def from_example(value: Json) -> Shape:
    """The type of an example: what it has is there, more may be."""
    match value:
        case bool():
            return BOOLEAN
        case str():
            return STRING
        case int() | float():
            return NUMBER
        case dict():
            return Object({k: Member(from_example(v), required=True) for k, v in value.items()}, closed=False)
        case [first, *_]:
            return ListOf(from_example(first))
        case list():
            return ListOf(ANY)
        case _:
            return ANY
