"""An Express execution that would wait for something."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "express-cannot-wait",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true,
                                                                                  ^^^^^^^^^^^^^^^^ an Express execution cannot wait for ".waitForTaskToken"
                "Parameters": {"QueueUrl": "q", "MessageBody": {"token.$": "$$.Task.Token"}}}
            }}
            """,
            type="EXPRESS",
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:123456789012:activity:a", "End": true}
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ an Express execution cannot wait for an activity
            }}
            """,
            type="EXPRESS",
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
                "Parameters": {"QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/q", "MessageBody.$": "$"}}
            }}
            """,
            type="EXPRESS",
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true,
                "Parameters": {"QueueUrl": "q", "MessageBody": {"token.$": "$$.Task.Token"}}}
            }}
            """
        ),
    ],
)
def express_cannot_wait(fault: Fault, context: Context) -> Iterator[Finding]:
    """A job, a callback or an activity in an Express execution.

    AWS refuses the definition of an Express machine with `.sync`, `.waitForTaskToken` or an activity. The child
    executions of a distributed Map with `"ExecutionType": "EXPRESS"` can't wait either. Use Standard executions, or
    call without waiting.

    Evidence: recorded at AWS for Express machines; for child executions it is in AWS's guide, and the finding is a
    warning.
    """
    yield told(fault)
