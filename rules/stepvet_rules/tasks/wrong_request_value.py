"""A request with a value that the service cannot take."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "wrong-request-value",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                "Parameters": {"FunctionName": "f", "InvocationType": "Async"}}
                                                                      ^^^^^^^ "Async" is none of the values that the integration takes
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                "Parameters": {"FunctionName": "f", "InvocationType": "Event"}}
            }}
            """
        ),
    ],
)
def wrong_request_value(fault: Fault, context: Context) -> Iterator[Finding]:
    """A value that the service can't take: of another type, out of range, or none of a list.

    Every such call fails. The help lists the values where they are few.

    Evidence: the service's documentation and model. Values that Step Functions converts, such as a number in quotes,
    are fine.
    """
    yield told(fault)
