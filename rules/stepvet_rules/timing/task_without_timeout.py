"""Tasks that wait for somebody else without a limit."""

from collections.abc import Iterator

from stepvet.api import (
    Activity,
    Context,
    Example,
    Finding,
    Pattern,
    Severity,
    StateMachine,
    Task,
    called,
    labels_at,
    pattern_of,
    rule,
)

_LIMITS = ("TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath")
_WAITING = (Pattern.CALLBACK, Pattern.SYNC, Pattern.SYNC_2)


@rule(
    "task-without-timeout",
    visits=StateMachine,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true,
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ "Ask" waits up to a year for an answer that doesn't come
                "Parameters": {"QueueUrl": "q", "MessageBody": {"token.$": "$$.Task.Token"}}}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Next": "Say",
                "Parameters": {"QueueUrl": "q", "MessageBody": {"token.$": "$$.Task.Token"}}, "TimeoutSeconds": 3600},
              "Say": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
                "Parameters": {"QueueUrl": "q", "MessageBody": "said"}}
            }}
            """
        ),
    ],
)
def task_without_timeout(machine: StateMachine, context: Context) -> Iterator[Finding]:
    """Callbacks, activities and jobs that are waited for without a timeout or heartbeat.

    When the answer never comes, the execution stands still until its limit of a year. Give the task TimeoutSeconds, or
    HeartbeatSeconds if the worker sends heartbeats; TimeoutSeconds of the whole machine will do, too. Reported once for
    a machine.

    Evidence: AWS's guide on stuck executions.
    """
    if machine.node.get("TimeoutSeconds") is not None or machine.type == "EXPRESS":
        return
    tasks = [
        state for state in machine.states() if isinstance(state, Task) and _waits(state) and not _is_limited(state)
    ]
    if not tasks or tasks[0].resource is None:
        return
    who = f'"{tasks[0].name}" waits' if len(tasks) == 1 else f"{len(tasks)} tasks wait"
    labels = labels_at(tasks[1:], "and here")
    yield Finding(f"{who} up to a year for an answer that doesn't come", at=tasks[0].resource, labels=labels)


def _waits(task: Task) -> bool:
    resource = called(task)
    return resource is not None and (isinstance(resource, Activity) or pattern_of(resource) in _WAITING)


def _is_limited(task: Task) -> bool:
    return task.node.is_open or any(task.node.get(field) is not None for field in _LIMITS)
