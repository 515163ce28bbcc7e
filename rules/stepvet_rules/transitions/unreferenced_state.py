"""A state that nothing leads to."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "unreferenced-state",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("MISSING_TRANSITION_TARGET",),
    bad=[
        Example(
            """
            {"StartAt": "Work", "States": {
              "Work": {"Type": "Pass", "End": true},
              "Clean up": {"Type": "Pass", "End": true}
              ^^^^^^^^^^ no state leads to "Clean up", so it never runs
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Work", "States": {
              "Work": {"Type": "Pass", "Next": "Clean up"},
              "Clean up": {"Type": "Pass", "End": true}
            }}
            """
        ),
    ],
)
def unreferenced_state(fault: Fault, context: Context) -> Iterator[Finding]:
    """A state that no other state leads to.

    It never runs, and AWS refuses the definition. Lead to it, or remove it.

    Evidence: recorded at AWS, which asks whether anything refers to the state, not whether it can be reached.
    """
    yield told(fault)
