"""A JSONPath state in a JSONata machine."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "query-language-downgrade",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "QueryLanguage": "JSONPath", "End": true}
                                                     ^^^^^^^^^^ state "A" goes back to JSONPath in a JSONata machine, which AWS refuses
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "QueryLanguage": "JSONata", "End": true}
            }}
            """
        ),
    ],
)
def query_language_downgrade(fault: Fault, context: Context) -> Iterator[Finding]:
    """A state that goes back to JSONPath in a machine that speaks JSONata.

    AWS refuses the definition: one can only move from JSONPath to JSONata. Leave the machine's language at JSONPath and
    choose JSONata state by state, or rewrite the state.

    Evidence: recorded at AWS.
    """
    yield told(fault)
