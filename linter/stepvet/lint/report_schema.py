"""JSON Schema of the JSON report, version 1. Fields may be added; what is here keeps its name and meaning."""

from __future__ import annotations

from typing import Any


def _record(**properties: Any) -> dict[str, Any]:
    """An object that has all of these."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_text = {"type": "string"}
_text_or_null = {"type": ["string", "null"]}
_count = {"type": "integer", "minimum": 0}
_severity = {"enum": ["error", "warning", "info"]}
_position = _record(line={"type": "integer", "minimum": 1}, column={"type": "integer", "minimum": 1}, offset=_count)
_range = _record(start=_position, end=_position)
_edit = _record(file=_text, start=_count, end=_count, text=_text)
_fix = _record(safety={"enum": ["safe", "unsafe"]}, title=_text, edits=_list(_edit))
_witness = _record(input={}, mocks={"type": "object"})
_suppressed = _record(kind={"enum": ["inSource", "external"]}, reason=_text)

FINDING = _record(
    rule=_text,
    group=_text,
    severity=_severity,
    aws_code=_text_or_null,
    message=_text,
    help=_text_or_null,
    url=_text_or_null,
    file=_text,
    range=_range,
    pointer=_text,
    state_path=_list(_text),
    resource=_text_or_null,
    construct=_text_or_null,
    related=_list(_record(file=_text, range=_range, message=_text)),
    fixes=_list(_fix),
    witness={"anyOf": [{"type": "null"}, _witness]},
    fingerprint={"type": "string", "pattern": "^v1:[0-9a-f]{32}$"},
    suppressed={"anyOf": [{"type": "null"}, _suppressed]},
)

_definition = _record(
    file=_text,
    resource=_text_or_null,
    origin=_text,
    type={"enum": ["STANDARD", "EXPRESS"]},
    query_language={"enum": ["JSONPath", "JSONata", None]},
    states={"type": ["integer", "null"], "minimum": 0},
)
_definition["properties"]["unread"] = {"type": "string", "description": "why the definition is not checked"}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "stepvet report",
    **_record(
        schema_version={"const": 1},
        tool=_record(name={"const": "stepvet"}, version=_text),
        summary=_record(
            files=_count,
            definitions=_count,
            error=_count,
            warning=_count,
            info=_count,
            suppressed=_count,
            fixable=_count,
        ),
        definitions=_list(_definition),
        findings=_list(FINDING),
        notices=_list(_record(level=_severity, message=_text, file=_text_or_null)),
    ),
}
