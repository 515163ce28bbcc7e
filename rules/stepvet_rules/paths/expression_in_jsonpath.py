"""A JSONata expression in a JSONPath state."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "expression-in-jsonpath",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"id": "{% $states.input.id %}"}, "End": true}
                                                         ^^^^^^^^^^^^^^^^^^^^^^^^ "id" gets the text of this expression, because its state speaks JSONPath
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": {"id": "{% $states.input.id %}"}, "End": true}
            }}
            """
        ),
    ],
)
def expression_in_jsonpath(fault: Fault, context: Context) -> Iterator[Finding]:
    """An expression in a state that speaks JSONPath.

    It stays text, because only JSONata states evaluate `{% … %}`. The language of an enclosing Map or Parallel state
    doesn't count. Set `QueryLanguage` on the state, or write a path under a key that ends in `.$`.

    Evidence: recorded at AWS.
    """
    yield told(fault)
