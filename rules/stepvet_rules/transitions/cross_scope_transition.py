"""A transition into or out of a branch."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "cross-scope-transition",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("MISSING_TRANSITION_TARGET",),
    bad=[
        Example(
            """
            {"StartAt": "Both", "States": {
              "Both": {"Type": "Parallel", "Next": "Done", "Branches": [
                {"StartAt": "Left", "States": {
                  "Left": {"Type": "Pass", "Next": "Done"}}}
                                                   ^^^^^^ state "Done" is in another scope, so nothing here can lead to it
              ]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Both", "States": {
              "Both": {"Type": "Parallel", "Next": "Done", "Branches": [
                {"StartAt": "Left", "States": {
                  "Left": {"Type": "Pass", "End": true}}}
              ]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def cross_scope_transition(fault: Fault, context: Context) -> Iterator[Finding]:
    """A transition to a state of another scope.

    AWS refuses the definition: a branch or an item processor is entered at its `StartAt` and left at its end, and the
    state around it decides what follows. End the branch, and go on from the Parallel or Map state.

    Evidence: measured at AWS, which answers that the target is missing.
    """
    yield told(fault)
