"""Error names that an earlier retrier or catcher takes first."""

from collections.abc import Iterator, Sequence

from stepvet.api import (
    Catcher,
    Context,
    Example,
    Finding,
    Handled,
    Label,
    Retrier,
    Severity,
    String,
    covers,
    is_known,
    rule,
)


@rule(
    "hidden-error-name",
    visits=Handled,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
                {"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 2},
                {"ErrorEquals": ["SQS.SdkClientException"], "MaxAttempts": 9}]}
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^ this retrier never runs: earlier ones take all its errors
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Done", "Catch": [
                {"ErrorEquals": ["Busy"], "Next": "Done"},
                {"ErrorEquals": ["Busy", "States.Timeout"], "Next": "Late"}]},
                                 ^^^^^^ "Busy" never gets to this catcher: an earlier one takes it
              "Late": {"Type": "Fail"},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
                {"ErrorEquals": ["SQS.SdkClientException"], "MaxAttempts": 9},
                {"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 2},
                {"ErrorEquals": ["States.Timeout"], "MaxAttempts": 1}]}
            }}
            """
        ),
    ],
)
def hidden_error_name(state: Handled, context: Context) -> Iterator[Finding]:
    """A retrier or catcher for errors that an earlier one takes.

    The first one in the list that matches an error is used, and no other, even when its attempts are used up.
    `States.TaskFailed` matches every error but `States.Timeout`. Put the special ones first, or remove the hidden one.

    That nothing may stand after `States.ALL` is a rule of AWS's own and reported as that.

    Evidence: the specification's order of retriers and catchers; AWS accepts hidden ones.
    """
    yield from _hidden(state.retry, "retrier")
    yield from _hidden(state.catch, "catcher")


def _hidden(handlers: Sequence[Retrier | Catcher], kind: str) -> Iterator[Finding]:
    earlier: list[String] = []
    for handler in handlers:
        names = list(filter(is_known, handler.error_equals))
        taken = [(name, taker) for name in names if (taker := _taker(name, earlier))]
        listed = handler.node.get("ErrorEquals")
        if taken and listed is not None and len(taken) == len(handler.error_equals):
            labels = tuple(Label(taker, f'takes "{name.value}"') for name, taker in taken)
            yield Finding(f"this {kind} never runs: earlier ones take all its errors", at=listed, labels=labels)
        else:
            for name, taker in taken:
                told = f'"{name.value}" never gets to this {kind}: an earlier one takes it'
                yield Finding(told, at=name, labels=(Label(taker, "takes it"),))
        earlier.extend(names)


def _taker(name: String, earlier: list[String]) -> String | None:
    """What takes the errors of the name; `States.ALL` doesn't count, because it can't be an earlier one anyway."""
    return next((one for one in earlier if one.value != "States.ALL" and covers(one.value, name.value)), None)
