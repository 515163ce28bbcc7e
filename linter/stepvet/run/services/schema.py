"""The schemas of mocks files: ours, and those of Step Functions Local and of TestState as far as we read them."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

DEFINITIONS: Schema = {
    "answers": {
        "title": "an answer or a list of answers",
        "anyOf": [{"$ref": "#/$defs/answer"}, {"type": "array", "items": {"$ref": "#/$defs/answer"}}],
    },
    "answer": {
        "title": "an answer",
        "type": "object",
        "properties": {
            "result": {"description": "the task's result, as it is"},
            "errorOutput": {"$ref": "#/$defs/errorOutput"},
            "python": {
                "type": "string",
                "pattern": r"^[\w.]+:\w+$",
                "description": "module:function, called with (event, context) as Lambda calls a handler",
            },
            "seconds": {"type": "number", "minimum": 0, "description": "virtual time until the answer"},
            "silence": {
                "type": "number",
                "minimum": 0,
                "description": "the longest time without a heartbeat, in virtual seconds",
            },
        },
        "additionalProperties": False,
        "oneOf": [{"required": ["result"]}, {"required": ["errorOutput"]}, {"required": ["python"]}],
    },
    "errorOutput": {
        "title": "an errorOutput",
        "description": "the task fails; either text may be missing",
        "type": ["object", "null"],
        "properties": {"error": {"type": ["string", "null"]}, "cause": {"type": ["string", "null"]}},
        "additionalProperties": False,
    },
}

SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "stepvet mocks",
    "description": "Answers of tasks by state name. A list is used up in order over attempts and iterations; a single "
    "answer serves every call.",
    "type": "object",
    "additionalProperties": {"$ref": "#/$defs/answers"},
    "$defs": DEFINITIONS,
}
"""Our own."""

SINGLE: Schema = {
    "title": "the mock",
    "type": "object",
    "properties": {
        "result": {},
        "errorOutput": {"$ref": "#/$defs/errorOutput"},
        "fieldValidationMode": {"enum": ["STRICT", "PRESENT", "NONE"]},
    },
    "additionalProperties": False,
    "oneOf": [{"required": ["result"]}, {"required": ["errorOutput"]}],
    "$defs": DEFINITIONS,
}
"""The mock of a TestState request."""

CONFIG: Schema = {
    "title": "a MockConfigFile",
    "type": "object",
    "properties": {
        "StateMachines": {
            "type": "object",
            "additionalProperties": {
                "title": "a state machine",
                "type": "object",
                "properties": {
                    "TestCases": {
                        "type": "object",
                        "additionalProperties": {
                            "title": "a test case",
                            "type": "object",
                            "additionalProperties": {"type": "string"},
                        },
                    }
                },
                "required": ["TestCases"],
            },
        },
        "MockedResponses": {
            "type": "object",
            "additionalProperties": {
                "title": "a mocked response",
                "type": "object",
                "propertyNames": {"pattern": r"^[0-9]{1,9}(-[0-9]{1,9})?$", "title": "a number or a range of numbers"},
                "additionalProperties": {"$ref": "#/$defs/response"},
            },
        },
    },
    "required": ["StateMachines", "MockedResponses"],
    "$defs": {
        "response": {
            "title": "a response",
            "type": "object",
            "properties": {
                "Return": {},
                "Throw": {
                    "type": "object",
                    "properties": {"Error": {"type": ["string", "null"]}, "Cause": {"type": ["string", "null"]}},
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
            "oneOf": [{"required": ["Return"]}, {"required": ["Throw"]}],
        }
    },
}
"""Step Functions Local's file."""
