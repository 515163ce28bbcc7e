"""A `Resource` that a Task cannot call."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "invalid-resource",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "my-function", "End": true}
                                                ^^^^^^^^^^^^^ "my-function" is no ARN, so there is nothing to call
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:s3:::my-bucket", "End": true}
                                                         ^^ a Task cannot call this resource
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "${FunctionArn}", "End": true}
            }}
            """
        ),
    ],
)
def invalid_resource(fault: Fault, context: Context) -> Iterator[Finding]:
    """A `Resource` that is no ARN of a function, an activity or an integration.

    AWS refuses what is no ARN. A Task calls a Lambda function, an activity, or an integration such as
    `arn:aws:states:::sqs:sendMessage`; other services' resources are given to the integration as parameters.

    Evidence: measured at AWS for texts that are no ARN. For ARNs of other services AWS's answer isn't recorded, and the
    finding is a warning. What a template fills in isn't judged.
    """
    yield told(fault)
