"""A transition to a state that does not exist."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "missing-target",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("MISSING_TRANSITION_TARGET",),
    bad=[
        Example(
            """
            {"StartAt": "Fetch", "States": {
              "Fetch": {"Type": "Pass", "Next": "Stroe"},
                                                ^^^^^^^ there is no state "Stroe" to go on to
              "Store": {"Type": "Succeed"}
            }}
            """,
            fixed="""
            {"StartAt": "Fetch", "States": {
              "Fetch": {"Type": "Pass", "Next": "Store"},
              "Store": {"Type": "Succeed"}
            }}
            """,
        ),
        Example(
            """
            {"StartAt": "Begin", "States": {
                        ^^^^^^^ there is no state "Begin" to start at
              "Work": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Fetch", "States": {
              "Fetch": {"Type": "Pass", "Next": "Store"},
              "Store": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def missing_target(fault: Fault, context: Context) -> Iterator[Finding]:
    """A `Next`, `Default` or `StartAt` that names no state.

    AWS refuses the definition. Names are exact, letter case and blanks included, and only states of the same `States`
    object can be named.

    Evidence: recorded at AWS for `StartAt`, measured for the transitions of states, choice rules and catchers.
    """
    yield told(fault)
