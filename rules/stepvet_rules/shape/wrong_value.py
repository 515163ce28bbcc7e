"""A value that is none of those the field takes."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "wrong-value",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "QueryLanguage": "jsonata", "End": true}
                                                     ^^^^^^^^^ "jsonata" is no value of "QueryLanguage"
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "QueryLanguage": "JSONata", "End": true}
            }}
            """,
        ),
        Example(
            """
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Done",
                "Retry": [{"ErrorEquals": ["States.ALL"], "JitterStrategy": "SOME"}]},
                                                                            ^^^^^^ "SOME" is no value of "JitterStrategy"
              "Done": {"Type": "Succeed"}
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
def wrong_value(fault: Fault, context: Context) -> Iterator[Finding]:
    """A value that is none of those the field takes.

    AWS refuses the definition. The values are exact, letter case included.

    Evidence: measured at AWS for `QueryLanguage`, `Version`, `JitterStrategy`, `ExecutionType` and `InputType`. Other
    lists stand in AWS's guide only; there the finding is a warning.
    """
    yield told(fault)
