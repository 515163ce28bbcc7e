"""A heartbeat for a task that sends none."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Pattern, Severity, Task, called, pattern_of, rule


@rule(
    "heartbeat-without-effect",
    visits=Task,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
                "TimeoutSeconds": 60, "HeartbeatSeconds": 10}
                                      ^^^^^^^^^^^^^^^^^^ nobody sends heartbeats for "Put": only activities and callbacks have them
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Work", "States": {
              "Work": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:123456789012:activity:a", "End": true,
                "TimeoutSeconds": 600, "HeartbeatSeconds": 60}
            }}
            """
        ),
    ],
)
def heartbeat_without_effect(task: Task, context: Context) -> Iterator[Finding]:
    """`HeartbeatSeconds` on a task that answers by itself.

    Heartbeats are sent by the worker of an activity or by whoever holds a task token. For other tasks TimeoutSeconds is
    the field to use.

    Evidence: AWS's guide; AWS accepts the field on a Lambda task, which succeeds without heartbeats (recorded).
    """
    resource = called(task)
    if resource is None or pattern_of(resource) is not Pattern.REQUEST_RESPONSE:
        return
    for field in ("HeartbeatSeconds", "HeartbeatSecondsPath"):
        member = task.node.member(field)
        if member is not None:
            told = f'nobody sends heartbeats for "{task.name}": only activities and callbacks have them'
            yield Finding(told, at=member.key)
