"""A state that no run enters."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, rule


@rule(
    "state-never-entered",
    visits=State,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Sum", "States": {
              "Sum": {"Type": "Parallel", "Branches": [{"StartAt": "One", "States": {"One": {"Type": "Pass", "End": true}}}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Mend"}], "End": true},
              "Mend": {"Type": "Pass", "End": true}
              ^^^^^^ no run enters "Mend": whatever leads to it never happens
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Sum", "States": {
              "Sum": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"},
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Mend"}], "End": true},
              "Mend": {"Type": "Pass", "End": true}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Next": "B"},
              "${name}": {"Type": "Pass", "Next": "B"},
              "B": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def state_never_entered(state: State, context: Context) -> Iterator[Finding]:
    """A state to which transitions lead, but no run.

    Its Catch waits for errors that nothing around it raises, for instance. The state can go, or what leads to it has to
    be mended.

    Evidence: the definition alone: every transition to the state was followed.
    """
    if context.data is None or context.graph(context.scope_of(state)).is_open:
        return
    if any(unreached.path == state.path for unreached in context.data.unreached):
        yield Finding(f'no run enters "{state.name}": whatever leads to it never happens', at=state.key)
