"""A heartbeat interval that is not shorter than the timeout."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Label, Number, Severity, Task, rule


@rule(
    "heartbeat-not-below-timeout",
    visits=Task,
    severity=Severity.ERROR,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Work", "States": {
              "Work": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:123456789012:activity:a", "End": true,
                "TimeoutSeconds": 60, "HeartbeatSeconds": 60}
                                                          ^^ a missed heartbeat is noticed after 60 s, but the task ends after 60 s anyway
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
def heartbeat_not_below_timeout(task: Task, context: Context) -> Iterator[Finding]:
    """`HeartbeatSeconds` that is not below `TimeoutSeconds`.

    The specification wants the heartbeat to be the shorter one; otherwise it has no effect. Lower the heartbeat, or
    raise the timeout.

    Evidence: a MUST of the specification; whether AWS refuses the definition is not recorded.
    """
    beat, limit = task.heartbeat_seconds, task.timeout_seconds
    if isinstance(beat, Number) and isinstance(limit, Number) and beat.value >= limit.value:
        told = f"a missed heartbeat is noticed after {beat.text} s, but the task ends after {limit.text} s anyway"
        yield Finding(told, at=beat, labels=(Label(limit, "the timeout"),))
