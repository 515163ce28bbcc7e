"""A number that is too low or too high."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "out-of-range",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "TimeoutSeconds": 0, "End": true}
                                                                                                                      ^ "TimeoutSeconds" is 0, and the lowest is 1
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Wait", "Seconds": 100000000, "End": true}
                                               ^^^^^^^^^ "Seconds" is 100000000, and the highest is 99999999
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Wait", "Seconds": 0, "End": true}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Done",
                "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 0, "IntervalSeconds": 0}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def out_of_range(fault: Fault, context: Context) -> Iterator[Finding]:
    """A number below the least or above the most that AWS takes for the field.

    AWS refuses the definition. Seconds and attempts end at 99999999, `MaxDelaySeconds` at 31622400, and a percentage
    lies between 0 and 100. Zero is fine for `Wait`, `IntervalSeconds`, `MaxAttempts` and the machine's own timeout, but
    not for a Task's.

    Evidence: measured at AWS; the finding is a warning where only AWS's guide gives the limit.
    """
    yield told(fault)
