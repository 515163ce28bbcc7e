"""A longest delay that is shorter than the first."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Label, Number, Retrier, Severity, rule


@rule(
    "delay-below-interval",
    visits=Retrier,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
                {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 30, "MaxDelaySeconds": 5}]}
                                                                                          ^ every wait is cut to 5 s, so IntervalSeconds 30 never counts
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
                {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 30, "MaxDelaySeconds": 300}]}
            }}
            """
        ),
    ],
)
def delay_below_interval(retrier: Retrier, context: Context) -> Iterator[Finding]:
    """`MaxDelaySeconds` below `IntervalSeconds`.

    The longest wait cuts every wait, the first one included, so neither the interval nor the back-off has an effect.
    The two were probably exchanged.

    Evidence: the waits are cut after they are computed (AWS's guide); AWS's answer to such a pair is not recorded.
    """
    interval, most = retrier.interval_seconds, retrier.max_delay_seconds
    if isinstance(interval, Number) and isinstance(most, Number) and 0 < most.value < interval.value:
        told = f"every wait is cut to {most.text} s, so IntervalSeconds {interval.text} never counts"
        yield Finding(told, at=most, labels=(Label(interval, "the first wait"),))
