"""`States.ALL` beside other names."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "states-all-not-alone",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Done",
                "Retry": [{"ErrorEquals": ["States.ALL", "States.Timeout"]}]},
                                           ^^^^^^^^^^^^ "States.ALL" matches every error, so it has to stand alone
              "Done": {"Type": "Succeed"}
            }}
            """,
            fixed="""
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Done",
                "Retry": [{"ErrorEquals": ["States.ALL"]}]},
              "Done": {"Type": "Succeed"}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Done",
                "Retry": [{"ErrorEquals": ["States.ALL"]}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def states_all_not_alone(fault: Fault, context: Context) -> Iterator[Finding]:
    """`States.ALL` in a list with other error names.

    AWS refuses the definition. The name matches every error already, so the others add nothing. Remove them.

    Evidence: measured at AWS.
    """
    yield told(fault)
