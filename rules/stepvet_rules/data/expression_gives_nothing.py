"""A JSONata expression that is always undefined."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, data_findings, rule


@rule(
    "expression-gives-nothing",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Set", "States": {
              "Set": {"Type": "Pass", "Output": {"id": 1}, "Next": "Use"},
              "Use": {"Type": "Pass", "Output": "{% $states.input.name %}", "End": true}
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Set", "States": {
              "Set": {"Type": "Pass", "Output": {"id": 1}, "Next": "Use"},
              "Use": {"Type": "Pass", "Output": "{% $states.input.id %}", "End": true}
            }}
            """
        ),
    ],
)
def expression_gives_nothing(state: State, context: Context) -> Iterator[Finding]:
    """A JSONata expression that gives nothing, or fails, whatever the input is.

    A field whose expression is undefined fails with `States.QueryEvaluationError`. A state on the way has replaced the
    value, or the member has another name; `$exists` with a value for the other case makes it optional.

    Evidence: recorded at AWS in 34 executions: an undefined result is a `States.QueryEvaluationError` that names the
    field.
    """
    yield from data_findings(context, state, "expression-gives-nothing")
