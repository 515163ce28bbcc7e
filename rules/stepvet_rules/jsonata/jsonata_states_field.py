"""A part of `$states` that does not exist there."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "jsonata-states-field",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("UNSUPPORTED_JSONATA_EXPRESSION",),
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $states.errorOutput.Cause %}", "End": true}
                                                  ^^^^^^^^^^^^^^^^^^^ "$states.errorOutput" does not exist here
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% $states.result %}", "End": true}
                                                  ^^^^^^^^^^^^^^ "$states.result" does not exist here
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Output": "{% $states.result %}", "End": true}
            }}
            """
        ),
    ],
)
def jsonata_states_field(fault: Fault, context: Context) -> Iterator[Finding]:
    """A member of `$states` that this field doesn't have.

    `$states.errorOutput` is there in the `Output` and `Assign` of a catcher only, `$states.result` in those of Task,
    Parallel and Map states; `$states.input` and `$states.context` are everywhere.

    Evidence: AWS's refusal was measured for `errorOutput`; for `result` the specification forbids it, and AWS's answer
    isn't known.
    """
    yield told(fault)
