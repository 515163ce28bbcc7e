"""Error names that spell the service as the other kind of integration does."""

from collections.abc import Iterator

from stepvet.api import (
    PREFIXES,
    Context,
    Example,
    Finding,
    Fix,
    Optimized,
    SdkCall,
    SetValue,
    Severity,
    String,
    Task,
    handlers_of,
    parse_resource,
    rule,
)


@rule(
    "wrong-error-prefix",
    visits=Task,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Get", "States": {
              "Get": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem", "End": true, "Retry": [
                {"ErrorEquals": ["DynamoDB.RequestLimitExceeded"]}]}
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ through the AWS SDK this error is called "DynamoDb.RequestLimitExceeded"
            }}
            """,
            fixed="""
            {"StartAt": "Get", "States": {
              "Get": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem", "End": true, "Retry": [
                {"ErrorEquals": ["DynamoDb.RequestLimitExceeded"]}]}
            }}
            """,
        ),
        Example(
            """
            {"StartAt": "Get", "States": {
              "Get": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "Next": "Done", "Catch": [
                {"ErrorEquals": ["DynamoDb.ResourceNotFoundException"], "Next": "Done"}]},
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ in the optimized integration this error is called "DynamoDB.ResourceNotFoundException"
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Get", "States": {
              "Get": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "End": true, "Retry": [
                {"ErrorEquals": ["DynamoDB.ProvisionedThroughputExceededException"]}]}
            }}
            """
        ),
    ],
)
def wrong_error_prefix(task: Task, context: Context) -> Iterator[Finding]:
    """An error of the right service with the prefix of the other integration.

    The optimized integration of DynamoDB raises `DynamoDB.…`, the same call through `aws-sdk` raises `DynamoDb.…`
    (both recorded); SQS, SNS, ECS and Step Functions differ likewise. Names are matched exactly, so the other spelling
    never matches.
    """
    spelling = _spelling(task)
    if spelling is None:
        return
    right, wrong, where = spelling
    for handler in handlers_of(task):
        for name in handler.error_equals:
            if isinstance(name, String) and not name.holes and name.value.startswith(f"{wrong}."):
                meant = right + name.value.removeprefix(wrong)
                fix = Fix(f'write "{meant}"', (SetValue(name, meant),))
                yield Finding(f'{where} this error is called "{meant}"', at=name, fix=fix)


def _spelling(task: Task) -> tuple[str, str, str] | None:
    """The right prefix, the wrong one, and where the right one belongs; None where both are the same or unknown."""
    resource = parse_resource(task.resource.value) if isinstance(task.resource, String) else None
    match resource:
        case Optimized(service=str(service)) if service in PREFIXES:
            right, wrong = PREFIXES[service]
            where = "in the optimized integration"
        case SdkCall(service=str(service)) if service in PREFIXES:
            wrong, right = PREFIXES[service]
            where = "through the AWS SDK"
        case _:
            return None
    return (right, wrong, where) if right != wrong else None
