"""A retrier that allows no attempt and exempts nothing."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Handled, Number, Severity, covers, known_names, rule


@rule(
    "retrier-without-retries",
    visits=Handled,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
                {"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 3, "MaxAttempts": 0}]}
                                                                                         ^ this retrier never retries: MaxAttempts is 0
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
                {"ErrorEquals": ["States.Timeout"], "MaxAttempts": 0},
                {"ErrorEquals": ["States.ALL"], "MaxAttempts": 5}]}
            }}
            """
        ),
    ],
)
def retrier_without_retries(state: Handled, context: Context) -> Iterator[Finding]:
    """A retrier with `MaxAttempts` 0 and no later retrier that it keeps errors from.

    Zero attempts exempt errors from a broader retrier further down. With none there, the retrier does nothing: give it
    attempts, or remove it.

    Evidence: 0 means "never retry these errors" (specification; recorded).
    """
    for index, retrier in enumerate(state.retry):
        attempts = retrier.max_attempts
        if not isinstance(attempts, Number) or attempts.value != 0:
            continue
        names = list(known_names(retrier.error_equals))
        later = [name for other in state.retry[index + 1 :] for name in known_names(other.error_equals)]
        readable = len(names) == len(retrier.error_equals) > 0
        if readable and not any(covers(entry, name) or entry == "States.ALL" for entry in later for name in names):
            yield Finding("this retrier never retries: MaxAttempts is 0", at=attempts)
