"""A wait that is longer than the execution may last."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, Wait, rule, seconds, spoken


@rule(
    "wait-beyond-timeout",
    visits=Wait,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Rest", "TimeoutSeconds": 60, "States": {
              "Rest": {"Type": "Wait", "Seconds": 3600, "End": true}
                                                  ^^^^ "Rest" waits 1 h, but the execution ends after 1 min
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Rest", "States": {
              "Rest": {"Type": "Wait", "Seconds": 600, "End": true}
                                                  ^^^ "Rest" waits 10 min, but the execution ends after 5 min
            }}
            """,
            type="EXPRESS",
        ),
    ],
    good=[
        Example(
            '{"StartAt": "Rest", "TimeoutSeconds": 60, "States": {"Rest": {"Type": "Wait", "Seconds": 5, "End": true}}}'
        )
    ],
)
def wait_beyond_timeout(state: Wait, context: Context) -> Iterator[Finding]:
    """A Wait state that the execution cannot outlive.

    Whoever gets there ends with `TIMED_OUT`. The limit is the machine's TimeoutSeconds, else five minutes for an
    EXPRESS machine and a year for a STANDARD one. Shorten the wait, or let the execution last longer.

    Evidence: an execution that waits longer than its TimeoutSeconds ends with TIMED_OUT (recorded).
    """
    limit = context.lifetime(state)
    wait = seconds(state.seconds)
    if state.seconds is not None and wait is not None and limit is not None and wait > limit:
        told = f'"{state.name}" waits {spoken(wait)}, but the execution ends after {spoken(limit)}'
        yield Finding(told, at=state.seconds)
