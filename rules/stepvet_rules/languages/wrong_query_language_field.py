"""A field of the other query language."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "wrong-query-language-field",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": {"done": true}, "End": true}
                                    ^^^^^^^^ "Output" is a field of JSONata, and state "A" speaks JSONPath
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Result": {"done": true}, "End": true}
                                    ^^^^^^^^ "Result" is a field of JSONPath, and state "A" speaks JSONata
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": {"done": true}, "End": true}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Result": {"done": true}, "End": true}
            }}
            """
        ),
    ],
)
def wrong_query_language_field(fault: Fault, context: Context) -> Iterator[Finding]:
    """A field that only the other query language has.

    AWS refuses the definition. A state speaks the language of its own `QueryLanguage`, else that of the machine; the
    language of the Map or Parallel state around it doesn't count. Use the field's counterpart, or set `QueryLanguage`.

    Evidence: measured at AWS, the rule about inner states included.
    """
    yield told(fault)
