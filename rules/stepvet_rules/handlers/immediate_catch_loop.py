"""A catcher that leads straight back to the task that failed."""

from collections.abc import Iterator

from stepvet.api import (
    Context,
    Example,
    Finding,
    Pattern,
    Scope,
    Severity,
    Task,
    blind_retries,
    called,
    pattern_of,
    rule,
)


@rule(
    "immediate-catch-loop",
    visits=Scope,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Send", "States": {
              "Send": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true, "Catch": [
                {"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Send"}]}
                                                                                 ^^^^^^ an error of "Send" that lasts repeats it without a pause or an end
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Send", "States": {
              "Send": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true, "Catch": [
                {"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Rest"}]},
              "Rest": {"Type": "Wait", "Seconds": 60, "Next": "Send"}
            }}
            """
        ),
    ],
)
def immediate_catch_loop(scope: Scope, context: Context) -> Iterator[Finding]:
    """A catcher of all errors that leads back to its own task without a wait or a count.

    An error that does not pass by itself, such as a missing permission, repeats the task as fast as it fails, until the
    history is full at 25,000 events. Use a retrier with MaxAttempts, or a Wait and a counter on the way back.

    Evidence: the execution ends with States.Runtime at the 25,000th event (documented).
    """
    for task, index in blind_retries(context.graph(scope)):
        target = task.catch[index].next
        if target is not None and not task.retry and _answers_at_once(task):
            yield Finding(f'an error of "{task.name}" that lasts repeats it without a pause or an end', at=target)


def _answers_at_once(task: Task) -> bool:
    resource = called(task)
    return resource is not None and pattern_of(resource) is Pattern.REQUEST_RESPONSE
