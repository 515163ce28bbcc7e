"""A text that is no JSON."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "invalid-json",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("INVALID_JSON_DESCRIPTION",),
    bad=[
        Example(
            """
            {'StartAt': "A", "States": {
             ^^^^^^^^^ JSON has no single quotes
              "A": {"Type": "Succeed"}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": True}
                                           ^^^^ "True" is no value of JSON
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": true}
            }}
            """
        ),
    ],
)
def invalid_json(fault: Fault, context: Context) -> Iterator[Finding]:
    """A text that JSON's grammar doesn't allow.

    AWS refuses the definition before it looks at anything else. The rest of the text is checked as far as it can be
    read.

    Evidence: recorded at AWS.
    """
    yield told(fault)
