"""A reference to data that an expression does not have."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "jsonata-root-reference",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("UNSUPPORTED_JSONATA_EXPRESSION",),
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% phone %}", "End": true}
                                                  ^^^^^ "phone" refers to nothing, because an expression has no data of its own here
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $.order.id %}", "End": true}
                                                  ^ "$" refers to nothing, because an expression has no data of its own here
            }}
            """,
            fixed="""
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $states.input.order.id %}", "End": true}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $states.input.phone %}", "End": true}
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $states.input.orders[price > 10] %}", "End": true}
            }}
            """
        ),
    ],
)
def jsonata_root_reference(fault: Fault, context: Context) -> Iterator[Finding]:
    """A bare name, `$` or `$$` at the top level of an expression.

    In Step Functions an expression has no data of its own: everything is read from `$states` or from a variable. AWS
    refuses the definition. Inside predicates and path steps bare names are fine.

    Evidence: measured at AWS.
    """
    yield told(fault)
