"""The JSON Schema of a mocks file of our own: state name → answer or list of answers."""

from __future__ import annotations

from typing import Any

ANSWER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "result": {"description": "the task's result, any JSON"},
        "errorOutput": {
            "description": "the task fails; either text may be missing",
            "type": ["object", "null"],
            "properties": {"error": {"type": ["string", "null"]}, "cause": {"type": ["string", "null"]}},
            "additionalProperties": False,
        },
        "python": {
            "description": "a handler, module:function, found in this file's folder first",
            "type": "string",
            "pattern": "^[^:]+:[^:]+$",
        },
        "seconds": {"description": "virtual seconds until the answer comes", "type": "number", "minimum": 0},
        "silence": {"description": "the longest time in seconds without a heartbeat", "type": "number", "minimum": 0},
    },
    "additionalProperties": False,
    "oneOf": [{"required": ["result"]}, {"required": ["errorOutput"]}, {"required": ["python"]}],
}
ANSWERS: dict[str, Any] = {
    "description": "one answer for every call, or a list that is used up in order over attempts and iterations",
    "oneOf": [{"$ref": "#/$defs/answer"}, {"type": "array", "items": {"$ref": "#/$defs/answer"}}],
}
MOCKS: dict[str, Any] = {"type": "object", "additionalProperties": {"$ref": "#/$defs/answers"}}
DEFINITIONS: dict[str, Any] = {"answer": ANSWER, "answers": ANSWERS, "mocks": MOCKS}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "stepvet mocks",
    "$ref": "#/$defs/mocks",
    "$defs": DEFINITIONS,
}
