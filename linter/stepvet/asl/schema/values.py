"""The values that fields take, as JSON Schema fragments: one for each field name, and the few exceptions.

Which object has which field is `tables`' matter.
"""

from __future__ import annotations

from typing import Any

from stepvet.asl.operators import OPERATORS, Operator
from stepvet.asl.parse import STATE_TYPES

Fragment = dict[str, Any]

MOST = 99_999_999
"""The highest number of seconds or attempts that AWS takes."""
EXPRESSION = r"^\{%[\s\S]*%\}$"

ANYTHING: Fragment = {}
TEXT: Fragment = {"type": "string"}
FLAG: Fragment = {"type": "boolean"}
RECORD: Fragment = {"type": "object"}
PATH_OR_NULL: Fragment = {"type": ["string", "null"]}
STATES: Fragment = {"type": "object", "additionalProperties": {"type": "object"}}


def integer(low: int, high: int | None = None) -> Fragment:
    return {"type": "integer", "minimum": low} | ({} if high is None else {"maximum": high})


def number(low: float, high: float | None = None) -> Fragment:
    return {"type": "number", "minimum": low} | ({} if high is None else {"maximum": high})


def one_of(*values: str) -> Fragment:
    return {"type": "string", "enum": list(values)}


def array(item: str, least: int = 0) -> Fragment:
    return {"type": "array", "items": {"type": item}} | ({"minItems": least} if least else {})


VALUES: dict[str, Fragment] = {
    "Type": one_of(*STATE_TYPES),
    "Comment": TEXT,
    "QueryLanguage": one_of("JSONPath", "JSONata"),
    "Version": one_of("1.0"),
    "StartAt": TEXT,
    "States": STATES,
    "Next": TEXT,
    "End": FLAG,
    "Default": TEXT,
    "Resource": TEXT,
    "Credentials": RECORD,
    "InputPath": PATH_OR_NULL,
    "OutputPath": PATH_OR_NULL,
    "ResultPath": PATH_OR_NULL,
    "Assign": RECORD,
    "Retry": array("object"),
    "Catch": array("object"),
    "ErrorEquals": array("string", 1),
    "IntervalSeconds": integer(0, MOST),
    "MaxAttempts": integer(0, MOST),
    "BackoffRate": number(1.0),
    "MaxDelaySeconds": integer(1, 31_622_400),
    "JitterStrategy": one_of("NONE", "FULL"),
    "TimeoutSeconds": integer(1, MOST),
    "HeartbeatSeconds": integer(1, MOST),
    "Seconds": integer(0, MOST),
    "Timestamp": TEXT,
    "Choices": array("object", 1),
    "Variable": TEXT,
    "Condition": {"type": ["string", "boolean"], "pattern": EXPRESSION},
    "And": array("object", 1),
    "Or": array("object", 1),
    "Not": RECORD,
    "Error": TEXT,
    "Cause": TEXT,
    "Branches": array("object", 1),
    "ItemProcessor": RECORD,
    "Iterator": RECORD,
    "ItemReader": RECORD,
    "ItemBatcher": RECORD,
    "ResultWriter": RECORD,
    "ReaderConfig": RECORD,
    "WriterConfig": RECORD,
    "ProcessorConfig": RECORD,
    "Items": {"type": ["array", "object", "string"], "pattern": EXPRESSION},
    "MaxConcurrency": integer(0),
    "ToleratedFailurePercentage": number(0.0, 100.0),
    "ToleratedFailureCount": integer(0),
    "Label": TEXT,
    "Mode": one_of("INLINE", "DISTRIBUTED"),
    "ExecutionType": one_of("STANDARD", "EXPRESS"),
    "InputType": one_of("MANIFEST", "JSON", "CSV", "JSONL", "PARQUET"),
    "ManifestType": one_of("ATHENA_DATA", "S3_INVENTORY"),
    "CSVHeaderLocation": one_of("FIRST_ROW", "GIVEN"),
    "CSVHeaders": array("string"),
    "CSVDelimiter": one_of("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"),
    "ItemsPointer": TEXT,
    "MaxItems": integer(0),
    "MaxItemsPerBatch": integer(1),
    "MaxInputBytesPerBatch": integer(1, 262_144),
    "Bucket": TEXT,
    "Key": TEXT,
    "Prefix": TEXT,
    "Transformation": one_of("NONE", "COMPACT", "FLATTEN"),
    "OutputType": one_of("JSON", "JSONL"),
    "Parameters": ANYTHING,
    "Arguments": ANYTHING,
    "ResultSelector": ANYTHING,
    "Result": ANYTHING,
    "Output": ANYTHING,
    "ItemSelector": ANYTHING,
    "BatchInput": ANYTHING,
}
"""Field → its value. A field that ends in `Path` and isn't here is a string."""

EXCEPTIONS: dict[tuple[str, str], Fragment] = {
    ("root", "TimeoutSeconds"): integer(0, MOST),
    ("ReaderConfig", "Transformation"): one_of("NONE", "LOAD_AND_FLATTEN"),
    ("ResultWriter", "Parameters"): RECORD,
    ("ItemReader", "Parameters"): RECORD,
}
"""(kind of object, field) → the value where it isn't the usual one."""

SCALARS = (
    "TimeoutSeconds",
    "HeartbeatSeconds",
    "Seconds",
    "Timestamp",
    "MaxConcurrency",
    "ToleratedFailureCount",
    "ToleratedFailurePercentage",
    "MaxItems",
    "MaxItemsPerBatch",
    "MaxInputBytesPerBatch",
    "Error",
    "Cause",
)
"""Constants that a run may compute: a JSONPath state in a twin of the field whose name ends in `Path`, a JSONata state
by an expression in the field itself."""

TEMPLATES = frozenset({"Parameters", "ResultSelector", "ItemSelector", "Assign", "Credentials", "BatchInput"})
"""Payload templates of JSONPath states."""

EXPRESSION_FIELDS = frozenset({"Credentials", "Assign", *(name for name in SCALARS if VALUES[name] is not TEXT)})
"""Fields that are no strings, for which a JSONata state may give a string with an expression."""

_operands: dict[str, Fragment] = {
    "Boolean": FLAG,
    "Numeric": {"type": "number"},
    "String": TEXT,
    "Timestamp": TEXT,
    "Pattern": TEXT,
    "Test": FLAG,
}


def operand(operator: Operator) -> Fragment:
    """What an operator of a Choice rule is compared with."""
    return TEXT if operator.takes_path else _operands[operator.family]


def value(kind: str, field: str, language: str) -> Fragment:
    """The schema of a field's value in an object of a kind."""
    found = EXCEPTIONS.get((kind, field)) or VALUES.get(field)
    if found is None:
        return operand(OPERATORS[field]) if field in OPERATORS else TEXT
    if language == "JSONata" and kind != "root" and field in EXPRESSION_FIELDS:
        return found | {"type": [found["type"], "string"], "pattern": EXPRESSION}
    return found
