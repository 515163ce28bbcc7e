"""A request with a field that the integration does not have."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "unknown-request-field",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
                "Parameters": {"QueueURL": "q", "QueueUrl": "q", "MessageBody.$": "$"}}
                               ^^^^^^^^^^ the integration has no field "QueueURL"
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
                "Parameters": {"QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/q", "MessageBody.$": "$"}}
            }}
            """
        ),
    ],
)
def unknown_request_field(fault: Fault, context: Context) -> Iterator[Finding]:
    """A request with a field that the integration doesn't know.

    Names are in PascalCase, also where the service's own are not, and follow the AWS SDK for Java:
    `DbInstanceIdentifier`.

    Evidence: AWS's guide documents the refusal. Where a service may be newer than the table, the finding is a warning.
    """
    yield told(fault)
