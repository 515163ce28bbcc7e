"""Error names that spell the service as the other kind of integration does."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Fix, SetValue, Severity, Task, handlers_of, is_known, rule


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
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this task calls the error "DynamoDb.RequestLimitExceeded", and letter case counts
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
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this task calls the error "DynamoDB.ResourceNotFoundException", and letter case counts
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
    (both recorded), and other services differ likewise. Names are matched exactly, so the other spelling never matches.

    Evidence: recorded for DynamoDB; for other services the SDK's names are those of AWS's models.
    """
    for handler in handlers_of(task):
        for name in filter(is_known, handler.error_equals):
            spelt = context.errors.respelled(task, name.value)
            if spelt is not None:
                fix = Fix(f'write "{spelt}"', (SetValue(name, spelt),))
                yield Finding(f'this task calls the error "{spelt}", and letter case counts', at=name, fix=fix)
