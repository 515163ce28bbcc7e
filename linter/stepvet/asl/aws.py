"""What AWS's ValidateStateMachineDefinition says: its codes, its message templates, its way to write places.

Tables only; who finds what is decided elsewhere. The templates are AWS's own words, as recorded or measured, down to
a trailing space. Where AWS's words aren't known, `asl` has none either.
"""

from __future__ import annotations

from stepvet.asl.fault import Aws
from stepvet.text.finding import Severity
from stepvet.text.node import Route

SCHEMA = "SCHEMA_VALIDATION_FAILED"
TRANSITION = "MISSING_TRANSITION_TARGET"
NO_END = "MISSING_END_STATE"
BAD_JSON = "INVALID_JSON_DESCRIPTION"
DUPLICATE_STATE = "DUPLICATE_STATE_NAME"
STATE_NAME = "INVALID_STATE_NAME"
DUPLICATE_LABEL = "DUPLICATE_LABEL_NAME"
LABEL_NAME = "INVALID_LABEL_NAME"
BAD_JSONATA = "INVALID_JSONATA_EXPRESSION"
UNSUPPORTED_JSONATA = "UNSUPPORTED_JSONATA_EXPRESSION"
RESERVED_VARIABLE = "RESERVED_VARIABLE_NAME"
VARIABLE_NAME = "INVALID_VARIABLE_NAME"

NOT_AN_OBJECT = "Definition must be a valid JSON object"
REQUIRED = "These fields are required: [{names}]"
UNSUPPORTED = "Field '{name}' is not supported"
ONLY_ONE = "There should only be one of the following fields: [{names}]"
ONE_NEEDED = "This object should have only one of the following fields: [{names}]"
ONE_SELECTOR = "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]"
EMPTY = "Value cannot be empty"
MINIMUM = "Minimum value is {limit}"
MAXIMUM = "Maximum value is {limit}"
WRONG_TYPE = "Expected value of type {type}"
NOT_IN = "Value should be one of the following: [{names}]"
FIELD_NOT_IN = "The field '{field}' should have one of these values: [{names}]"
NOT_A_PATH = "Value must be a valid JSONPath."
NOT_A_REFERENCE = "Value is not a Reference Path"
BRACKET_REASON = "'[' must be followed by ' or '['"
NOT_A_TEMPLATE = "The value for the field '{key}' must be a valid JSONPath or a valid intrinsic function call"
NOT_A_TIMESTAMP = "String does not match RFC3339 timestamp"
NOT_AN_ARN = "Value is not a valid resource ARN"
NOT_RECOGNIZED = (
    "The resource provided {arn} is not recognized. The value is not a valid resource ARN, "
    "or the resource is not available in this region."
)
REQUEST_REQUIRED = "{field} field is required for resource ARN: {arn}"
FIELD_MISSING = "The field '{name}' is required but was missing"
FIELD_REQUIRED = "The field '{name}' is required"
FIELD_UNSUPPORTED = "The field '{name}' is not supported by Step Functions"
WRONG_LANGUAGE = (
    "The QueryLanguage is set to '{language}', but field '{name}' is only supported for the '{other}' QueryLanguage"
)
DOWNGRADE = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"
HALF_DELIMITED = "JSONata string must start with {% and end with %}"
ALL_NOT_LAST = "States.ALL must appear alone and at end of list"
ACTIVITY_CREDENTIALS = "The field 'Credentials' is not supported for activities"
EXPRESS_PATTERN = "Express state machine does not support '.{suffix}' service integration "
EXPRESS_ACTIVITY = "Express state machine does not support Activity ARN"
EXPRESS_MODE = "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines"
READER_RESOURCE = (
    "The field 'Resource' does not match any of the allowed values. "
    "Examples: [arn:{partition}:states:::s3:getObject, arn:{partition}:states:::s3:listObjectsV2]"
)
MISSING_TARGET = "Missing 'Next' target: {name}"
UNREACHABLE = 'State "{name}" is not reachable.'
NO_TERMINAL = "Workflow has no terminal state"
SAME_STATE = "Duplicate State name: {name}"
SAME_LABEL = "Duplicate Label name: {name}"
LONG_STATE = "Invalid State name: {name} exceeds the 80-character limit allowed by the service"
LONG_LABEL = "Invalid Label name: {name} exceeds the 40-character limit allowed by the service"
RESERVED = "Cannot assign to reserved variable '$states'."
BAD_VARIABLE = "Invalid variable name '{name}': the variable name contains invalid characters."
TOP_LEVEL_REFERENCE = "Reference to '{name}' at the top level is not supported."
ROOT_REFERENCE = "Reference to '$$' is not supported."
NO_STATES_FIELD = "Field '$states.{name}' does not exist."


def location(route: Route) -> str:
    """AWS's spelling of a place: field names after slashes, raw; array indexes in brackets; `/` for the root.

    >>> location(("States", "a/b", "Choices", 0, "Next"))
    '/States/a/b/Choices[0]/Next'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f"/{step}" for step in route) or "/"


def schema_error(route: Route, template: str, **words: object) -> Aws:
    """A diagnostic of the great majority: SCHEMA_VALIDATION_FAILED at a place."""
    return Aws(SCHEMA, template.format(**words) if words else template, location(route))


def warning(code: str, route: Route, message: str) -> Aws:
    """One of the three warnings. That AWS gives them is documented; the wording is ours."""
    return Aws(code, message, location(route), Severity.WARNING)
