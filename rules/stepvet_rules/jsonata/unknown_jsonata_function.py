"""A JSONata function that does not exist."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told_with_data


@rule(
    "unknown-jsonata-function",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $uppercas($states.input.name) %}", "End": true}
                                                  ^^^^^^^^^ there is no function "$uppercas"
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $eval('1') %}", "End": true}
                                                  ^^^^^ Step Functions does not have "$eval"
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $uppercase($states.input.name) %}", "End": true}
            }}
            """
        ),
    ],
)
def unknown_jsonata_function(fault: Fault, context: Context) -> Iterator[Finding]:
    """A call of a function that JSONata, or Step Functions' version of it, doesn't have.

    The machine deploys, and the state fails with `States.QueryEvaluationError` when the call is reached. Correct the
    name, or define the function in the expression.

    Evidence: recorded at AWS; `$eval` is left out by AWS's guide.
    """
    yield told_with_data(fault, context)
