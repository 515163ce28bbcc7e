"""A retrier that waits longer than the execution may last."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Handled, Retrier, Severity, String, retry_wait, rule, spoken


@rule(
    "retries-beyond-timeout",
    visits=Handled,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Put", "TimeoutSeconds": 3600, "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
                {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 60, "MaxAttempts": 10}]}
                                                                                      ^^ the waits between attempts add up to 17 h 3 min, but the execution ends after 1 h
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
                {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 10, "MaxAttempts": 8}]}
                                                                                      ^ the waits between attempts add up to 42 min 30 s, but the execution ends after 5 min
            }}
            """,
            type="EXPRESS",
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Put", "TimeoutSeconds": 3600, "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
                {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 60, "MaxAttempts": 10, "MaxDelaySeconds": 120}]}
            }}
            """
        ),
    ],
)
def retries_beyond_timeout(state: Handled, context: Context) -> Iterator[Finding]:
    """A retrier whose waits alone are longer than the execution may last.

    Each wait is the one before times BackoffRate (2 unless stated), so a few attempts more are hours. The execution
    ends first: with `TIMED_OUT`, which no catcher sees. Cap the waits with MaxDelaySeconds, or lower MaxAttempts.

    The limit is the machine's TimeoutSeconds, else five minutes for an EXPRESS machine and a year for a STANDARD one.
    Retriers with jitter are left out, since their waits may all be short.

    Evidence: the waits follow from the specification's formula, the limits from AWS's quotas.
    """
    limit = context.lifetime(state)
    for retrier in state.retry:
        wait = retry_wait(retrier)
        if wait is not None and limit is not None and wait > limit and not _has_jitter(retrier):
            at = retrier.max_attempts or retrier.backoff_rate or retrier.interval_seconds or retrier.node
            told = f"the waits between attempts add up to {spoken(wait)}, but the execution ends after {spoken(limit)}"
            yield Finding(told, at=at, help="cap the waits with MaxDelaySeconds, or lower MaxAttempts")


def _has_jitter(retrier: Retrier) -> bool:
    jitter = retrier.jitter_strategy
    return jitter is not None and not (isinstance(jitter, String) and jitter.value == "NONE")
