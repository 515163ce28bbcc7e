"""A path that does not lead to one place."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "invalid-reference-path",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "ResultPath": "$.orders[*]", "End": true}
                                                           ^^^ "ResultPath" has to lead to one place: a wildcard can't be in a Reference Path
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Size", "States": {
              "Size": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "size", "IsPresent": true, "Next": "Done"}
                             ^^^^^^ "Variable" is no Reference Path: a path starts with "$"
              ]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "ResultPath": "$.orders[0]", "End": true}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Size", "States": {
              "Size": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.size", "NumericGreaterThan": 10, "Next": "Done"}
              ]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def invalid_reference_path(fault: Fault, context: Context) -> Iterator[Finding]:
    """A path with a wildcard, a filter or the like where one single place is due.

    Fields that write, or that need exactly one value, take a Reference Path: names and single indexes after the `$`, no
    wildcard, slice, filter or function. `ResultPath` can't lead into the Context Object or a variable; the paths of
    limits of a Map take no `$$`.

    Evidence: AWS's refusal was recorded or measured for paths without `$`, for `ResultPath`, `ItemsPath` and the limits
    of a Map. For other fields the finding is a warning where a path may lead to several nodes, since AWS's guide shows
    one.
    """
    yield told(fault)
