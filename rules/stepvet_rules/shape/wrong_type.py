"""A value of the wrong JSON type."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "wrong-type",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Wait", "Seconds": "5", "End": true}
                                               ^^^ "Seconds" is a string, not an integer
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Wait", "Seconds": 5, "End": true}
            }}
            """,
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": "true"}
                                           ^^^^^^ "End" is a string, not a boolean
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
              "A": {"Type": "Wait", "Seconds": 5, "End": true}
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Wait", "Seconds": "{% $states.input.wait %}", "End": true}
            }}
            """
        ),
    ],
)
def wrong_type(fault: Fault, context: Context) -> Iterator[Finding]:
    """A value whose JSON type the field doesn't take.

    Numbers in quotes are the usual case. AWS converts nothing and refuses the definition. JSONata states take an
    expression in place of most numbers.

    Evidence: AWS's refusal was measured for numbers and for `QueryLanguage`. A fraction where an integer is due, and an
    `End` that is no boolean, are forbidden by the specification while AWS's answer isn't known.
    """
    yield told(fault)
