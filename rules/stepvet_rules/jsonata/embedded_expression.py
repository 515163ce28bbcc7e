"""An expression inside other text."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "embedded-expression",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "Order {% $states.input.id %}", "End": true}
                                                     ^^^^^^^^^^^^^^^^^^^^^^ this expression stays text, because other text stands beside its delimiters
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": " {% $states.input.id %}", "End": true}
                                                ^^^^^^^^^^^^^^^^^^^^^^ this expression stays text, because other text stands beside its delimiters
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
              "A": {"Type": "Pass", "Output": "{% 'Order ' & $states.input.id %}", "End": true}
            }}
            """
        ),
    ],
)
def embedded_expression(fault: Fault, context: Context) -> Iterator[Finding]:
    """An expression that isn't the whole text.

    It stays text, delimiters included, because only a whole text can be an expression. Join the parts inside it with
    `&`.

    Evidence: recorded at AWS for a blank before the delimiter.
    """
    yield told(fault)
