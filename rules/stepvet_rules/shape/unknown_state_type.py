"""A `Type` that is none of the eight."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "unknown-state-type",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "pass", "End": true}
                            ^^^^^^ "pass" is no type of state
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
              "A": {"Type": "Tsk", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true}
                            ^^^^^ "Tsk" is no type of state
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true}
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
def unknown_state_type(fault: Fault, context: Context) -> Iterator[Finding]:
    """A state of a type that doesn't exist.

    AWS refuses the definition. The types are Task, Wait, Pass, Succeed, Fail, Choice, Parallel and Map, written exactly
    so. Nothing else is checked in a state whose type isn't known.

    Evidence: recorded at AWS.
    """
    yield told(fault)
