"""A field that the service does not answer."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, data_findings, rule


@rule(
    "no-such-result-field",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Look", "States": {
              "Look": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem",
                "Parameters": {"TableName": "t", "Key": {"id": {"S": "1"}}}, "Next": "Use"},
              "Use": {"Type": "Pass", "InputPath": "$.Items", "End": true}
                                                   ^^^^^^^^^ `$.Items` cannot exist when "Use" runs: the result of "Look" has no field `Items`
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Look", "States": {
              "Look": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem",
                "Parameters": {"TableName": "t", "Key": {"id": {"S": "1"}}}, "Next": "Use"},
              "Use": {"Type": "Pass", "InputPath": "$.Item", "End": true}
            }}
            """
        ),
    ],
)
def no_such_result_field(state: State, context: Context) -> Iterator[Finding]:
    """A field that the answer of the service's API does not have.

    The read fails with `States.Runtime`, which nothing can catch. The members of an answer are those of the API, in
    PascalCase; most are inside another member.

    Evidence: the service's API model; recorded answers of 21 resources hold no member outside of it.
    """
    yield from data_findings(context, state, "no-such-result-field")
