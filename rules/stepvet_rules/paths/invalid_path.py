"""A path that cannot be read."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "invalid-path",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "InputPath": "order.id", "End": true}
                                                 ^^^^^^^^^^ "InputPath" is no JSONPath: a path starts with "$"
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "OutputPath": "$.order[1", "End": true}
                                                          ^^ "OutputPath" is no JSONPath: the bracket is not closed
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "InputPath": "$.order.id", "OutputPath": "$.lines[*].sku", "End": true}
            }}
            """
        ),
    ],
)
def invalid_path(fault: Fault, context: Context) -> Iterator[Finding]:
    """An `InputPath` or `OutputPath` that is no JSONPath.

    AWS refuses the definition. A path starts with `$` (the input), `$$` (the Context Object) or `$name` (a variable).

    Evidence: measured at AWS; which spellings are taken follows AWS's recorded behaviour, not a library's.
    """
    yield told(fault)
