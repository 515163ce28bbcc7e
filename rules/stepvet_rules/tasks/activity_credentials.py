"""Credentials on an activity."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "activity-credentials",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:123456789012:activity:a", "End": true,
                "Credentials": {"RoleArn": "arn:aws:iam::123456789012:role/r"}}
                ^^^^^^^^^^^^^ an activity takes no credentials, because its worker calls from outside
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:123456789012:activity:a", "End": true}
            }}
            """
        ),
    ],
)
def activity_credentials(fault: Fault, context: Context) -> Iterator[Finding]:
    """`Credentials` on a Task that calls an activity.

    AWS refuses the definition: an activity's worker asks for work by itself, so no role is assumed. Remove the field.

    Evidence: measured at AWS.
    """
    yield told(fault)
