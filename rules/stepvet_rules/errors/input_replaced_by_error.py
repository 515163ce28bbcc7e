"""A handler that needs what its Catch replaced."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, data_findings, rule


@rule(
    "input-replaced-by-error",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Charge", "States": {
              "Charge": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"},
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Refund"}], "End": true},
              "Refund": {"Type": "Pass", "InputPath": "$.orderId", "End": true}
                                                      ^^^^^^^^^^^ `$.orderId` cannot exist when "Refund" runs: the error output caught from "Charge" has only `Error` and `Cause`
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Charge", "States": {
              "Charge": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"},
                "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Refund"}], "End": true},
              "Refund": {"Type": "Pass", "InputPath": "$.orderId", "End": true}
            }}
            """
        ),
    ],
)
def input_replaced_by_error(state: State, context: Context) -> Iterator[Finding]:
    """A state after a Catch that reads the input which the error output replaced.

    A Catch without `ResultPath` gives the next state `{Error, Cause}` and nothing else. With `"ResultPath": "$.error"`
    the input stays and the error stands beside it.

    Evidence: recorded at AWS: the output of a Catch without ResultPath is the error output alone.
    """
    yield from data_findings(context, state, "input-replaced-by-error")
