"""A timeout that never runs out."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, Task, rule, seconds, spoken


@rule(
    "timeout-beyond-execution",
    visits=Task,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Put", "TimeoutSeconds": 60, "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
                "TimeoutSeconds": 600}
                                  ^^^ "Put" never times out after 10 min, because the execution ends after 1 min
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Put", "TimeoutSeconds": 600, "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "TimeoutSeconds": 60}
            }}
            """
        ),
    ],
)
def timeout_beyond_execution(task: Task, context: Context) -> Iterator[Finding]:
    """`TimeoutSeconds` of a task above what the execution may last.

    The execution ends first, with `TIMED_OUT`, which no catcher sees. The limit is the machine's TimeoutSeconds, else
    five minutes for an EXPRESS machine and a year for a STANDARD one. Lower the task's timeout below it.

    Evidence: the limits are AWS's quotas; a timeout of the execution cannot be caught (recorded).
    """
    limit = context.lifetime(task)
    own = seconds(task.timeout_seconds)
    if task.timeout_seconds is not None and own is not None and limit is not None and own > limit:
        why = f"because the execution ends after {spoken(limit)}"
        yield Finding(f'"{task.name}" never times out after {spoken(own)}, {why}', at=task.timeout_seconds)
