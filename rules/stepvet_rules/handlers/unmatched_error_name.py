"""A retrier or catcher for errors that the state cannot raise."""

from collections.abc import Iterator, Sequence

from stepvet.api import (
    PREDEFINED,
    Catcher,
    Context,
    Example,
    Finding,
    Handled,
    Retrier,
    Severity,
    Task,
    known_names,
    meant,
    rule,
)


@rule(
    "unmatched-error-name",
    visits=Handled,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
                {"ErrorEquals": ["Lambda.ServiceException"], "MaxAttempts": 6}]}
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ this retrier never runs: "Put" cannot fail with "Lambda.ServiceException"
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Both", "States": {
              "Both": {"Type": "Parallel", "Next": "Done", "Catch": [
                {"ErrorEquals": ["Empty"], "Next": "Done"}],
                                ^^^^^^^^^ this catcher never runs: "Both" cannot fail with "Empty"
                "Branches": [{"StartAt": "Stop", "States": {"Stop": {"Type": "Fail", "Error": "Full"}}}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Do", "States": {
              "Do": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Put",
                "Retry": [{"ErrorEquals": ["Lambda.ServiceException", "MyOwn"]}]},
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
                "Retry": [{"ErrorEquals": ["Lambda.ServiceException", "SQS.SdkClientException"]}]}
            }}
            """
        ),
    ],
)
def unmatched_error_name(state: Handled, context: Context) -> Iterator[Finding]:
    """A retrier or catcher none of whose names the state can raise.

    The names of a service's errors begin with the service's own word, so a retrier that was copied from a Lambda task
    does nothing on a task of SQS. A Parallel or a Map raises what its inner states raise and don't catch; where all of
    them are known, a name that none of them has never comes. Name the errors that the state does raise, or
    remove the entry.

    Functions, activities, callbacks and child executions choose the names of their errors, so nothing is said there.

    Evidence: names are matched exactly; AWS accepts names that never come (recorded).
    """
    raised = context.errors.raised(state)
    sides: tuple[tuple[Sequence[Retrier | Catcher], str], ...] = ((state.retry, "retrier"), (state.catch, "catcher"))
    for handlers, kind in sides:
        for handler in handlers:
            names = list(known_names(handler.error_equals))
            listed = handler.node.get("ErrorEquals")
            if not names or len(names) != len(handler.error_equals) or listed is None:
                continue
            if not any(raised.can_match(name) or _is_told_elsewhere(context, state, name) for name in names):
                told = " or ".join(f'"{name}"' for name in names[:3]) + (" …" if len(names) > 3 else "")
                yield Finding(f'this {kind} never runs: "{state.name}" cannot fail with {told}', at=listed)


def _is_told_elsewhere(context: Context, state: Handled, name: str) -> bool:
    """Reserved and misspelt names, and those of the other integration, have rules of their own."""
    other = isinstance(state, Task) and context.errors.respelled(state, name) is not None
    return name in PREDEFINED or meant(name) is not None or other
