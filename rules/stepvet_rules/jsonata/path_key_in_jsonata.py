"""A key with `.$` in a JSONata state."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "path-key-in-jsonata",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": {"id.$": "$.order.id"}, "End": true}
                                               ^^^^^^ the field is called "id.$", because ".$" means nothing in JSONata
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": {"id": "{% $states.input.order.id %}"}, "End": true}
            }}
            """
        ),
    ],
)
def path_key_in_jsonata(fault: Fault, context: Context) -> Iterator[Finding]:
    """A key that ends in `.$` in a state that speaks JSONata.

    The ending means nothing there: the field is called `id.$`, and its value is the text. Name it `id`, and write the
    value as an expression.

    Evidence: AWS accepts such keys; what they mean follows from the specification.
    """
    yield told(fault)
