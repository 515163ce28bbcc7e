"""`States.ALL` before other retriers or catchers."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "states-all-not-last",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Done",
                "Catch": [
                  {"ErrorEquals": ["States.ALL"], "Next": "Done"},
                                   ^^^^^^^^^^^^ "States.ALL" matches every error, so no catcher after it can match
                  {"ErrorEquals": ["States.Timeout"], "Next": "Done"}]},
              "Done": {"Type": "Succeed"}
            }}
            """,
            fixed="""
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Done",
                "Catch": [
                  {"ErrorEquals": ["States.Timeout"], "Next": "Done"},
                  {"ErrorEquals": ["States.ALL"], "Next": "Done"}]},
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
                "Catch": [
                  {"ErrorEquals": ["States.Timeout"], "Next": "Done"},
                  {"ErrorEquals": ["States.ALL"], "Next": "Done"}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def states_all_not_last(fault: Fault, context: Context) -> Iterator[Finding]:
    """`States.ALL` in a retrier or catcher that isn't the last one.

    AWS refuses the definition: those after it could never match. Move it to the end.

    Evidence: measured at AWS.
    """
    yield told(fault)
