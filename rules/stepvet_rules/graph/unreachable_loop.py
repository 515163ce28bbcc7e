"""States that name each other and nothing else names."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Label, Scope, Severity, islands, rule


@rule(
    "unreachable-loop",
    visits=Scope,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Work", "States": {
              "Work": {"Type": "Succeed"},
              "Poll": {"Type": "Wait", "Seconds": 5, "Next": "Look"},
              ^^^^^^ "Poll" never runs: only "Look", which it leads to, leads to it
              "Look": {"Type": "Pass", "Next": "Poll"}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Work", "States": {
              "Work": {"Type": "Succeed"},
              "Spin": {"Type": "Pass", "Next": "Spin"}
              ^^^^^^ "Spin" never runs: only itself leads to it
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Poll", "States": {
              "Poll": {"Type": "Wait", "Seconds": 5, "Next": "Look"},
              "Look": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "Work"}],
                "Default": "Poll"},
              "Work": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def unreachable_loop(scope: Scope, context: Context) -> Iterator[Finding]:
    """A loop of states that nothing leads into.

    Each of its states is named by another one, so that AWS, which refuses only a state that no other names, does not
    complain; but no way leads there from StartAt. Usually one transition was left out or renamed. Lead into the loop,
    or remove it.

    Evidence: AWS's check is "nothing refers to it", not a walk of the graph (recorded).
    """
    for loop in islands(context.graph(scope)):
        first, *others = (scope.states[name] for name in loop.states)
        names = ", ".join(f'"{state.name}"' for state in others)
        only = (
            f"{names}, which it leads to, lead{'s' if len(others) == 1 else ''} to it"
            if others
            else "itself leads to it"
        )
        labels = tuple(Label(state.key, "never runs either") for state in others)
        yield Finding(f'"{first.name}" never runs: only {only}', at=first.key, labels=labels)
