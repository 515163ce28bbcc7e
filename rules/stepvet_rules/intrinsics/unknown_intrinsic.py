"""An intrinsic function that does not exist."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "unknown-intrinsic",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.format('{}', $.a)"}, "End": true}
                                                           ^^^^^^^^^^^^^ there is no intrinsic function "States.format"
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.Format('{}', $.a)"}, "End": true}
            }}
            """,
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.Average($.a)"}, "End": true}
                                                           ^^^^^^^^^^^^^^ there is no intrinsic function "States.Average"
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.Format('{}', $.a)"}, "End": true}
            }}
            """
        ),
    ],
)
def unknown_intrinsic(fault: Fault, context: Context) -> Iterator[Finding]:
    """A call of an intrinsic function that doesn't exist.

    AWS refuses the definition. Names are exact, letter case included. The specification has 18 functions; what they
    can't do, a JSONata state or a task can.

    Evidence: recorded at AWS.
    """
    yield told(fault)
