"""The JSON Schema of a scenario file, `*.stepvet.yaml`."""

from __future__ import annotations

from typing import Any

from stepvet.run.schemas.mocks import DEFINITIONS

_MOCKS: dict[str, Any] = {
    "description": "answers by state name, or the name of a mocks file (FILE, FILE#CASE)",
    "oneOf": [{"$ref": "#/$defs/mocks"}, {"type": "string"}],
}
_PERCENT: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": 100}
_TYPE: dict[str, Any] = {"enum": ["STANDARD", "EXPRESS"]}
_EXPECT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "status": {"enum": ["SUCCEEDED", "FAILED", "TIMED_OUT"]},
        "output": {"description": "the whole output"},
        "error": {"type": ["string", "null"]},
        "cause": {"type": ["string", "null"]},
        "path": {"description": "the states in order of entry", "type": "array", "items": {"type": "string"}},
    },
    "additionalProperties": False,
}
_CASE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "input": {"description": "the execution's input, {} where it is missing"},
        "mocks": _MOCKS,
        "expect": _EXPECT,
        "context": {"type": "object"},
        "variables": {"type": "object"},
        "seed": {"type": "integer"},
    },
    "additionalProperties": False,
}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "stepvet scenario",
    "type": "object",
    "properties": {
        "definition": {"description": "FILE or FILE#RESOURCE, seen from this file's folder", "type": "string"},
        "type": _TYPE,
        "mocks": _MOCKS,
        "cases": {"type": "array", "minItems": 1, "items": _CASE},
        "coverage": {
            "description": "percentages below which the test fails",
            "type": "object",
            "properties": dict.fromkeys(("states", "choices", "catchers", "retriers"), _PERCENT),
            "additionalProperties": False,
        },
    },
    "required": ["definition", "cases"],
    "additionalProperties": False,
    "$defs": DEFINITIONS,
}
