"""Credentials that name no role."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "missing-credentials-role",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true,
                "Credentials": {"Role": "arn:aws:iam::123456789012:role/r"}}
                                ^^^^^^ "Credentials" names no role in "RoleArn", so there is none to assume
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true,
                "Credentials": {"RoleArn": "arn:aws:iam::123456789012:role/r"}}
            }}
            """
        ),
    ],
)
def missing_credentials_role(fault: Fault, context: Context) -> Iterator[Finding]:
    """`Credentials` without `RoleArn`.

    AWS refuses the definition. Give `RoleArn`, or `RoleArn.$` with a path or an intrinsic function.

    Evidence: recorded at AWS.
    """
    yield told(fault)
