"""A name that two states have."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "duplicate-state-name",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("DUPLICATE_STATE_NAME",),
    bad=[
        Example(
            """
            {"StartAt": "Both", "States": {
              "Both": {"Type": "Parallel", "End": true, "Branches": [
                {"StartAt": "Work", "States": {"Work": {"Type": "Succeed"}}},
                {"StartAt": "Work", "States": {"Work": {"Type": "Succeed"}}}
                                               ^^^^^^ another state is called "Work", and AWS takes a name only once in all scopes
              ]}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Both", "States": {
              "Both": {"Type": "Parallel", "End": true, "Branches": [
                {"StartAt": "Left", "States": {"Left": {"Type": "Succeed"}}},
                {"StartAt": "Right", "States": {"Right": {"Type": "Succeed"}}}
              ]}
            }}
            """
        ),
    ],
)
def duplicate_state_name(fault: Fault, context: Context) -> Iterator[Finding]:
    """Two states with one name in different scopes.

    AWS refuses the definition: a name is unique in the whole machine, branches and item processors included, because
    the history of an execution tells states by their names. Rename one of them, and what leads to it.

    Evidence: recorded at AWS.
    """
    yield told(fault)
