"""A request with fields that exclude each other."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "exclusive-request-fields",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:bedrockruntime:converse", "End": true,
                "Parameters": {"ModelId": "m", "Messages": [{"Role": "user",
                  "Content": [{"Text": "Hello", "Image": {"Format": "png", "Source": {"Bytes": "AA=="}}}]}]}}
                                                ^^^^^^^ "Text" and "Image" exclude each other
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
def exclusive_request_fields(fault: Fault, context: Context) -> Iterator[Finding]:
    """A request with several fields of which the service takes one.

    The service refuses every such call. Keep the field that is meant.

    Evidence: the service's model.
    """
    yield told(fault)
