"""An integration that does not exist."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "unknown-integration",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItm", "End": true,
                                                                           ^^^^^^ the integration with "dynamodb" has no action "getItm"
                "Parameters": {"TableName": "t", "Key": {}}}
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "End": true,
                "Parameters": {"TableName": "t", "Key": {}}}
            }}
            """,
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:getObjct", "End": true,
                                                                             ^^^^^^^^ the integration with "s3" has no action "getObjct"
                "Parameters": {"Bucket": "b", "Key": "k"}}
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:getObject", "End": true,
                "Parameters": {"Bucket": "b", "Key": "k"}}
            }}
            """,
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish.sync", "End": true,
                                                                              ^^^^ this integration does not support ".sync"
                "Parameters": {"TopicArn": "t", "Message": "m"}}
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
def unknown_integration(fault: Fault, context: Context) -> Iterator[Finding]:
    """An integration, action or pattern that Step Functions doesn't have.

    AWS refuses the definition. Optimized integrations have few actions each; every other action of a service is there
    as `aws-sdk:⟨service⟩:⟨action⟩`. `.sync` and `.waitForTaskToken` exist only where the table of integrations has
    them.

    Evidence: recorded at AWS for actions, measured for patterns. Services and actions that may be newer than the table
    are warnings.
    """
    yield told(fault)
