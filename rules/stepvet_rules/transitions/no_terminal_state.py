"""A machine that never ends."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "no-terminal-state",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("MISSING_END_STATE",),
    bad=[
        Example(
            """
            {"StartAt": "Ask", "States": {
                               ^^^^^^^^ no state ends the execution, so it runs until it times out
              "Ask": {"Type": "Pass", "Next": "Wait"},
              "Wait": {"Type": "Wait", "Seconds": 60, "Next": "Ask"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Pass", "Next": "Wait"},
              "Wait": {"Type": "Wait", "Seconds": 60, "End": true}
            }}
            """
        ),
    ],
)
def no_terminal_state(fault: Fault, context: Context) -> Iterator[Finding]:
    """A machine in which no state is the last one.

    AWS refuses the definition: at the top level there has to be a state with `"End": true`, a Succeed or a Fail state.
    Inside branches and item processors AWS doesn't look for one.

    Evidence: measured at AWS.
    """
    yield told(fault)
