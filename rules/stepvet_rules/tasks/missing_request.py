"""An integration that is called without a request."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "missing-request",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true}
              ^^^ state "A" has no "Parameters", so the integration gets none of the fields that it needs
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                "Parameters": {"FunctionName": "f"}}
            }}
            """
        ),
    ],
)
def missing_request(fault: Fault, context: Context) -> Iterator[Finding]:
    """A Task that calls an integration without `Parameters` or `Arguments`.

    AWS refuses the definition where the integration has required fields: the state's input is no substitute. Give the
    request, with paths or expressions where its values come from the input.

    Evidence: measured at AWS.
    """
    yield told(fault)
