"""Lambda tasks that don't retry Lambda's own errors."""

from collections.abc import Iterator

from stepvet.api import (
    LAMBDA_TRANSIENT,
    Add,
    Context,
    Example,
    Finding,
    Fix,
    Handled,
    Json,
    Severity,
    State,
    StateMachine,
    Task,
    calls_lambda,
    known_names,
    labels_at,
    matches,
    rule,
)


@rule(
    "lambda-errors-not-retried",
    visits=StateMachine,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Do", "States": {
              "Do": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true}
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ "Do" doesn't retry the errors of the Lambda service, which pass by themselves
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Do", "States": {
              "Do": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true,
                "Retry": [{"ErrorEquals": ["Lambda.ServiceException", "Lambda.AWSLambdaException",
                  "Lambda.SdkClientException", "Lambda.TooManyRequestsException"], "MaxAttempts": 6}]}
            }}
            """
        ),
    ],
)
def lambda_errors_not_retried(machine: StateMachine, context: Context) -> Iterator[Finding]:
    """Lambda tasks without a retrier for the transient errors of the Lambda service.

    The service itself fails now and then, and throttles. AWS advises to retry `Lambda.ServiceException`,
    `Lambda.AWSLambdaException`, `Lambda.SdkClientException` and `Lambda.TooManyRequestsException` on every Lambda task;
    nothing does that by default. A retrier of a Map or Parallel around the task counts. Reported once for a machine.

    Evidence: AWS's guide on Lambda tasks.
    """
    tasks = [state for state in machine.states() if isinstance(state, Task) and calls_lambda(state)]
    bare = [task for task in tasks if not any(map(_retries, (task, *context.errors.around(task))))]
    if not bare or bare[0].resource is None:
        return
    who = f'"{bare[0].name}" doesn\'t' if len(bare) == 1 else f"{len(bare)} of {len(tasks)} Lambda tasks don't"
    told = f"{who} retry the errors of the Lambda service, which pass by themselves"
    labels = labels_at(bare[1:], "nor here")
    yield Finding(told, at=bare[0].resource, labels=labels, fix=_fix(bare))


def _retries(state: State) -> bool:
    """Does a retrier match any of the errors? True where a hole may hide one."""
    if not isinstance(state, Handled) or state.node.get("Retry") is None:
        return False
    names = [name for retrier in state.retry for name in retrier.error_equals]
    entries = list(known_names(names))
    hidden = len(entries) != len(names) or not state.retry
    return hidden or any(matches(entry, error) for entry in entries for error in LAMBDA_TRANSIENT)


def _fix(bare: list[Task]) -> Fix | None:
    """Adds a retrier where there is no Retry at all."""
    if any(task.node.get("Retry") is not None for task in bare):
        return None
    retrier: dict[str, Json] = {
        "ErrorEquals": list(LAMBDA_TRANSIENT),
        "IntervalSeconds": 1,
        "MaxAttempts": 3,
        "BackoffRate": 2,
        "JitterStrategy": "FULL",
    }
    changes = tuple(Add(task.node, "Retry", [retrier]) for task in bare)
    return Fix("retry the errors that AWS advises to retry", changes)
