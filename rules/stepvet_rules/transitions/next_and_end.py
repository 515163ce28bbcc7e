"""A state with both `Next` and `End`."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "next-and-end",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Next": "B", "End": true},
                                                 ^^^^^ state "A" has both "Next" and "End", so nobody knows whether it ends
              "B": {"Type": "Succeed"}
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Next": "B"},
              "B": {"Type": "Succeed"}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": true}
            }}
            """
        ),
    ],
)
def next_and_end(fault: Fault, context: Context) -> Iterator[Finding]:
    """A state with both `Next` and `End`.

    AWS refuses the definition, because it can't do both. Remove one of them.

    Evidence: measured at AWS.
    """
    yield told(fault)
