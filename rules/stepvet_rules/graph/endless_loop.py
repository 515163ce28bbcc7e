"""A loop without a way out."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Label, Scope, Severity, endless_loops, rule


@rule(
    "endless-loop",
    visits=Scope,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Ready", "States": {
              "Ready": {"Type": "Choice", "Default": "Poll", "Choices": [
                {"Variable": "$.ready", "BooleanEquals": true, "Next": "Done"}]},
              "Poll": {"Type": "Wait", "Seconds": 5, "Next": "Look"},
              ^^^^^^ nothing leads out of the loop of "Poll" and "Look": only an error or a timeout ends it
              "Look": {"Type": "Task", "Resource": "arn:aws:states:::sqs:receiveMessage", "Next": "Poll"},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "Spin", "States": {
                "Spin": {"Type": "Wait", "Seconds": 60, "Next": "Spin"}
                ^^^^^^ "Spin" leads only to itself: only an error or a timeout ends it
              }}}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Poll", "States": {
              "Poll": {"Type": "Wait", "Seconds": 5, "Next": "Look"},
              "Look": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "Done"}],
                "Default": "Poll"},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def endless_loop(scope: Scope, context: Context) -> Iterator[Finding]:
    """A loop that no transition leads out of.

    Once in it, the execution goes round until a task fails, the machine's TimeoutSeconds run out or the history is full
    at 25,000 events. Let a Choice lead out of the loop, or end it with a state that has `End`.

    A whole machine without a terminal state is refused by AWS and reported as that. Inside a Map or Parallel, AWS
    accepts it (measured), and the state around it never completes.

    Evidence: AWS asks for a terminal state at the top level only (measured), not for a way to it.
    """
    graph = context.graph(scope)
    if not scope.path and not graph.terminals:
        return
    for loop in endless_loops(graph):
        first, *others = (scope.states[name] for name in loop.cycle)
        names = ", ".join(f'"{state.name}"' for state in (first, *others[:-1]))
        told = (
            f'nothing leads out of the loop of {names} and "{others[-1].name}"'
            if others
            else f"{names} leads only to itself"
        )
        labels = tuple(Label(state.key, "is in the loop") for state in others)
        yield Finding(f"{told}: only an error or a timeout ends it", at=first.key, labels=labels)
