"""What our messages say of a field beyond its name: why it is needed, and how far AWS's answer is known."""

from __future__ import annotations

from stepvet.text.node import type_names

WITHOUT: dict[str, str] = {
    "StartAt": "so no state comes first",
    "States": "so there is nothing to run",
    "Resource": "so there is nothing to call",
    "Choices": "so it can choose nothing",
    "Branches": "so there is nothing to run",
    "Next": "so nothing follows it",
    "ErrorEquals": "so it matches no error",
    "Type": "so nobody knows what it does",
    "ExecutionType": "so nobody knows what its child executions are",
    "CSVHeaderLocation": "so nobody knows whether the first row is a header",
    "CSVHeaders": "so the columns have no names",
    "Transformation": "so nobody knows what is written",
    "OutputType": "so nobody knows what is written",
}
"""Required field → what is lost without it."""

EMPTY: dict[str, str] = {
    "Choices": "so it can choose nothing",
    "Branches": "so there is nothing to run",
    "ErrorEquals": "so it matches no error",
    "And": "so it tests nothing",
    "Or": "so it tests nothing",
}
"""Array that needs an item → what is lost while it is empty."""

ARTICLES: dict[str, str] = {**type_names, "integer": "an integer"}
"""A schema's type → the words for it."""

AWS_TYPES: dict[str, str] = {
    "integer": "Integer",
    "number": "Number",
    "string": "[STRING]",
    "boolean": "[BOOLEAN]",
    "array": "[ARRAY]",
    "object": "[OBJECT]",
}
"""JSON type → AWS's word for it. `Integer` and `[STRING]` were measured."""

NAMED_IN_MESSAGE = frozenset({"Type", "InputType"})
"""Fields of which AWS says `The field 'F' should have one of these values`, not `Value should be …`."""

UNRECORDED = frozenset(
    {
        ("End", "type"),
        ("And", "minItems"),
        ("Or", "minItems"),
        ("Assign", "pattern"),
        ("Bucket", "type"),
        ("Key", "type"),
        ("Prefix", "type"),
    }
)
"""(field, keyword) that the specification forbids, while no answer of AWS's is known."""

DOCUMENTED = frozenset(
    {
        ("IntervalSeconds", "maximum"),
        ("CSVHeaderLocation", "enum"),
        ("CSVDelimiter", "enum"),
        ("ManifestType", "enum"),
        ("Transformation", "enum"),
        ("OutputType", "enum"),
    }
)
"""(field, keyword) that only AWS's guide forbids."""

DOCUMENTED_EVIDENCE = "AWS's guide says so; whether AWS refuses it is not recorded"
