"""A state with neither `Next` nor `End`."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "missing-transition",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass"}
              ^^^ state "A" has neither "Next" nor "End", so nothing follows it and it does not end
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": true}
            }}
            """,
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": false}
              ^^^ state "A" has neither "Next" nor "End", so nothing follows it and it does not end
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": true}
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
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def missing_transition(fault: Fault, context: Context) -> Iterator[Finding]:
    """A state with neither `Next` nor `"End": true`.

    AWS refuses the definition. Every Task, Pass, Wait, Parallel and Map state needs a `Next`, or `"End": true`.

    Evidence: measured at AWS. That a lone `"End": false` counts as neither is how the specification reads; AWS's answer
    to it isn't recorded.
    """
    yield told(fault)
