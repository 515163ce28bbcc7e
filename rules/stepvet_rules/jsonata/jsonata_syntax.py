"""An expression that cannot be read."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "jsonata-syntax",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("INVALID_JSONATA_EXPRESSION",),
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% 1 + %}", "End": true}
                                                    ^ the expression cannot be read: Unexpected end of expression
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $states.input.orders[0 %}", "End": true}
                                                                       ^ the expression cannot be read: Expected "]" before end of expression
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% 1 + 2 %}", "End": true}
            }}
            """
        ),
    ],
)
def jsonata_syntax(fault: Fault, context: Context) -> Iterator[Finding]:
    """A JSONata expression with a syntax error.

    AWS refuses the definition. The message is that of the JSONata reference implementation, as AWS gives it.

    Evidence: measured at AWS.
    """
    yield told(fault)
