"""A request without a field that the integration needs."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "missing-request-field",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
                "Parameters": {"MessageBody.$": "$"}}
                ^^^^^^^^^^^^ the request has no "QueueUrl", which the integration needs
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
def missing_request_field(fault: Fault, context: Context) -> Iterator[Finding]:
    """A request that lacks a required field.

    AWS refuses the definition for the optimized integrations; for others every call fails.

    Evidence: measured at AWS for nine integrations; further fields are from the services' documentation and models.
    """
    yield told(fault)
