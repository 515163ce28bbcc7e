"""A JSONata call with the wrong number of arguments."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told_with_data


@rule(
    "jsonata-arguments",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $append(1) %}", "End": true}
                                                  ^^^^^^^ "$append" takes 2 arguments, not 1
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $substringBefore('a', 'b', 'c') %}", "End": true}
                                                  ^^^^^^^^^^^^^^^^ "$substringBefore" takes 1 to 2 arguments, not 3
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $uppercase('a') %}", "End": true}
            }}
            """
        ),
    ],
)
def jsonata_arguments(fault: Fault, context: Context) -> Iterator[Finding]:
    """A function call with too few or too many arguments.

    The machine deploys, and the state fails with `States.QueryEvaluationError` when the call is reached. Give it the
    arguments that the message counts.

    Evidence: JSONata's function signatures; AWS accepts such expressions when a machine is created.
    """
    yield told_with_data(fault, context)
