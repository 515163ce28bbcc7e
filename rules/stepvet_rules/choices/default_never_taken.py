"""A Default that no run takes."""

from collections.abc import Iterator

from stepvet.api import Choice, Context, Example, Finding, Severity, rule


@rule(
    "default-never-taken",
    visits=Choice,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Set", "States": {
              "Set": {"Type": "Pass", "Result": {"mode": "fast"}, "Next": "Fast?"},
              "Fast?": {"Type": "Choice", "Choices": [{"Variable": "$.mode", "StringEquals": "fast", "Next": "Run"}],
                "Default": "Walk"},
                           ^^^^^^ the Default of "Fast?" is never taken: some rule matches in every run
              "Run": {"Type": "Succeed"}, "Walk": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Fast?", "States": {
              "Fast?": {"Type": "Choice", "Choices": [{"Variable": "$.mode", "StringEquals": "fast", "Next": "Run"}],
                "Default": "Walk"},
              "Run": {"Type": "Succeed"}, "Walk": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def default_never_taken(state: Choice, context: Context) -> Iterator[Finding]:
    """A Choice whose rules leave nothing for its Default.

    Either the condition is constant here, or the rules say it all. It does no harm, but a reader looks for the case
    that the Default is about. Where a rule of the Choice is never taken, `dead-choice-rule` tells it alone.

    Evidence: the specification: the Default is taken when no rule matches.
    """
    if context.data is None or not any(dead.path == state.path for dead in context.data.dead_defaults):
        return
    told = f'the Default of "{state.name}" is never taken: some rule matches in every run'
    yield Finding(told, at=state.default or state.key)
