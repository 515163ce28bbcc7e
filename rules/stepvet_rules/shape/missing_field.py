"""A field that has to be there."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "missing-field",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "End": true}
              ^^^ state "A" has no "Resource", so there is nothing to call
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Done",
                "Catch": [{"ErrorEquals": ["States.ALL"]}]},
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a catcher has no "Next", so nothing follows it
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Done",
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Done"}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def missing_field(fault: Fault, context: Context) -> Iterator[Finding]:
    """A required field that is missing, such as the `Resource` of a Task or the `Next` of a catcher.

    AWS refuses the definition. A Task needs a `Resource`, a Choice its `Choices`, a Parallel its `Branches`, a Map an
    `ItemProcessor`, a Wait one of its four times, a catcher `ErrorEquals` and `Next`, a machine and each branch
    `StartAt` and `States`.

    Evidence: recorded at AWS for the root and `Branches`, measured for the rest; where AWS's answer isn't known the
    finding is a warning.
    """
    yield told(fault)
