"""The schema of scenario files, `*.stepvet.yaml`."""

from __future__ import annotations

from stepvet.run.services.schema import DEFINITIONS, Schema

_PERCENT: Schema = {"type": "number", "minimum": 0, "maximum": 100}

SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "stepvet scenario",
    "description": "A definition, and cases of what must come of it.",
    "type": "object",
    "properties": {
        "definition": {
            "type": "string",
            "pattern": "[^-]",
            "description": "a file, or FILE#RESOURCE in a template, as seen from this file",
        },
        "type": {"enum": ["STANDARD", "EXPRESS"], "description": "the machine's type where no template says it"},
        "mocks": {"$ref": "#/$defs/mocks"},
        "cases": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/case"}},
        "coverage": {
            "description": "percentages that the cases must reach",
            "type": "object",
            "properties": dict.fromkeys(("states", "choices", "catchers", "retriers"), _PERCENT),
            "additionalProperties": False,
        },
    },
    "required": ["definition", "cases"],
    "additionalProperties": False,
    "$defs": {
        **DEFINITIONS,
        "mocks": {
            "title": "mocks",
            "anyOf": [
                {"type": "string", "description": "a mocks file, or FILE#CASE of a MockConfigFile"},
                {"type": "object", "additionalProperties": {"$ref": "#/$defs/answers"}},
            ],
        },
        "case": {
            "title": "a case",
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "input": {"description": "the execution's input; an empty object where it is left out"},
                "mocks": {"$ref": "#/$defs/mocks", "description": "these before those of the file, state by state"},
                "context": {"type": "object", "description": "members of the Context Object"},
                "variables": {"type": "object", "description": "variables that are set before the first state"},
                "seed": {"type": "integer"},
                "expect": {"$ref": "#/$defs/expect"},
            },
            "additionalProperties": False,
        },
        "expect": {
            "title": "an expectation",
            "description": "what must come of the case; without a status, an error and a cause it must succeed",
            "type": "object",
            "properties": {
                "status": {"enum": ["SUCCEEDED", "FAILED", "TIMED_OUT"]},
                "path": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "the states in the order in which they are entered, all of them",
                },
                "output": {},
                "error": {"type": ["string", "null"]},
                "cause": {"type": ["string", "null"]},
                "clock": {"type": "number", "minimum": 0, "description": "virtual seconds from start to end"},
            },
            "additionalProperties": False,
        },
    },
}
