"""A path that found nothing, in AWS's words, which differ by field (recorded)."""

from __future__ import annotations

from stepvet.asl.json_text import json_text
from stepvet.asl.jsonpath import Missing
from stepvet.run.domain import Field
from stepvet.run.failure import Failure, runtime
from stepvet.text.node import Json


def missing_node(missing: Missing, value: Json, field: Field) -> Failure:
    """Always a `States.Runtime`; an indefinite path gets here only by a slice or filter of a wrong kind of node."""
    text = missing.path.text
    match field.missing:
        case "template":
            cause = (
                f"The JSONPath '{text}' specified for the field '{field.name}' could not be found in the input "
                f"'{json_text(value)}'"
            )
        case "input value":
            cause = f"The {field.name} parameter does not reference an input value: {text}"
        case "condition":
            cause = f"Invalid path '{text}': The choice state's condition path references an invalid value."
        case _:
            cause = f"Invalid path '{text}' : {missing.reason}"
    return runtime(cause, field.node)
