"""An expression that is never closed."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "half-delimited-expression",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $states.input.id", "End": true}
                                              ^^^^^^^^^^^^^^^^^^^^^ this expression is never closed: it has to end in "%}"
            }}
            """,
            fixed="""
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $states.input.id %}", "End": true}
            }}
            """,
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $states.input.id %} EUR", "End": true}
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this expression is never closed: it has to end in "%}"
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $states.input.id %} ", "End": true}
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^ a blank stands after "%}", so this is no expression, and AWS refuses it
            }}
            """,
            fixed="""
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $states.input.id %}", "End": true}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $states.input.id %}", "End": true}
            }}
            """
        ),
    ],
)
def half_delimited_expression(fault: Fault, context: Context) -> Iterator[Finding]:
    """A text that starts like an expression and doesn't end like one.

    AWS refuses the definition: `{%` has to start the text, and `%}` has to end it. There is no text beside an
    expression; join it inside with `&`.

    Evidence: measured at AWS for a missing `%}`.
    """
    yield told(fault)
