"""A definition that is no object."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "not-an-object",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            ["StartAt", "States"]
            ^^^^^^^^^^^^^^^^^^^^^ the definition is an array, not an object
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
def not_an_object(fault: Fault, context: Context) -> Iterator[Finding]:
    """A definition that is a list, a text or a number.

    A definition is a JSON object with `StartAt` and `States`; AWS refuses anything else.

    Evidence: AWS's answer is recorded for a blank text; for other values it follows from that.
    """
    yield told(fault)
