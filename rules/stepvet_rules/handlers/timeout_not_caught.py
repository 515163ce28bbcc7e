"""A task with a timeout whose catchers leave the timeout out."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Label, Severity, Task, is_known, rule


@rule(
    "timeout-not-caught",
    visits=Task,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "TimeoutSeconds": 60, "Next": "Done",
                "Catch": [{"ErrorEquals": ["States.TaskFailed"], "Next": "Done"}]},
                                           ^^^^^^^^^^^^^^^^^^^ "States.TaskFailed" doesn't match a timeout, so nothing catches it when "Put" runs out of time
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "TimeoutSeconds": 60, "Next": "Done",
                "Catch": [{"ErrorEquals": ["States.TaskFailed", "States.Timeout"], "Next": "Done"}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def timeout_not_caught(task: Task, context: Context) -> Iterator[Finding]:
    """A catcher of `States.TaskFailed` on a task with a timeout that nothing catches.

    `States.TaskFailed` matches every error of a task but `States.Timeout`, under which a missed heartbeat is reported,
    too (recorded). Add "States.Timeout" to the names, or use `States.ALL`.

    Evidence: the specification; a missed heartbeat fails with `States.Timeout` (recorded).
    """
    fields = ("TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath")
    limit = next((node for field in fields if (node := task.node.get(field)) is not None), None)
    if limit is None or context.errors.is_caught(task, "States.Timeout"):
        return
    names = [name for catcher in task.catch for name in catcher.error_equals]
    entry = next((name for name in filter(is_known, names) if name.value == "States.TaskFailed"), None)
    if entry is not None and all(map(is_known, names)):
        told = (
            f'"States.TaskFailed" doesn\'t match a timeout, so nothing catches it when "{task.name}" runs out of time'
        )
        yield Finding(told, at=entry, labels=(Label(limit, "the timeout"),))
