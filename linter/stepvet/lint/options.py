"""The keys of a settings file as a table: name, what it holds, what it is for. The reader and the schema follow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Key:
    """`schema` is the JSON Schema of the value; `names_rules` tells that its strings are rules, groups or AWS codes."""

    name: str
    schema: dict[str, Any]
    text: str
    names_rules: bool = False


_strings: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
_ignored_place: dict[str, Any] = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "description": "glob of files"},
        "at": {"type": "string", "description": "JSON Pointer inside the definition"},
        "state": {"type": "string", "description": "name of a state"},
        "rules": _strings,
        "reason": {"type": "string", "minLength": 1},
        "expires": {"type": "string", "format": "date", "description": "ISO date from which on they are shown again"},
    },
    "required": ["file", "rules", "reason"],
    "additionalProperties": False,
}

_known_value: dict[str, Any] = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "description": "glob of definitions"},
        "state": {"type": "string", "description": "the task whose result it is; without it, the execution's input"},
        "schema": {"type": "string", "description": "file with a JSON Schema of the value"},
        "example": {"type": "string", "description": "file with an example of the value, as JSON"},
    },
    "required": ["file"],
    "additionalProperties": False,
}

KEYS: tuple[Key, ...] = (
    Key("select", _strings, "rules, groups or AWS codes that are checked (ALL: every rule)", True),
    Key("extend-select", _strings, "further ones, on top of select", True),
    Key("ignore", _strings, "rules, groups or AWS codes that are left out", True),
    Key("fail-on", {"enum": [*SEVERITIES, "never"]}, "the severity from which on the run fails"),
    Key("exclude", _strings, "globs of files and folders that are skipped in folders"),
    Key("required-version", {"type": "string"}, "a version of stepvet, or a condition such as >=0.1,<1"),
    Key("severity", {"type": "object", "additionalProperties": {"enum": list(SEVERITIES)}}, "rule: its severity"),
    Key("per-file-ignores", {"type": "object", "additionalProperties": _strings}, "glob of files: rules"),
    Key("ignore-at", {"type": "array", "items": _ignored_place}, "findings that are accepted at one place"),
    Key("known", {"type": "array", "items": _known_value}, "what inputs and task results look like"),
    Key("variables", {"type": "object", "additionalProperties": {"type": "string"}}, "values of ${NAME} placeholders"),
    Key("rules", {"type": "object", "additionalProperties": {"type": "object"}}, "options of rules by name"),
)

NAMES = tuple(key.name for key in KEYS)


def schema() -> dict[str, Any]:
    """JSON Schema of `[tool.stepvet]`, and of a whole `stepvet.toml`."""
    properties = {key.name: {**key.schema, "description": key.text} for key in KEYS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "stepvet settings",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
