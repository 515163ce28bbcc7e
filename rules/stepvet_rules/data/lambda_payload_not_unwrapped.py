"""A function's answer read beside its envelope."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, data_findings, rule


@rule(
    "lambda-payload-not-unwrapped",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Next": "Use"},
              "Use": {"Type": "Pass", "InputPath": "$.orderId", "End": true}
                                                   ^^^^^^^^^^^ `$.orderId` cannot exist when "Use" runs: the result of "Call" has no field `orderId`
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "OutputPath": "$.Payload", "Next": "Use"},
              "Use": {"Type": "Pass", "InputPath": "$.orderId", "End": true}
            }}
            """
        ),
    ],
)
def lambda_payload_not_unwrapped(state: State, context: Context) -> Iterator[Finding]:
    """A member of a function's answer that is read without going through `Payload`.

    `lambda:invoke` answers with an envelope; what the function returned is in its `Payload`. Read `$.Payload.…`, or
    give the task an `OutputPath` of `$.Payload` or a `ResultSelector`.

    Evidence: recorded at AWS: the envelope's members are ExecutedVersion, Payload, SdkHttpMetadata,
    SdkResponseMetadata, StatusCode.
    """
    yield from data_findings(context, state, "lambda-payload-not-unwrapped")
