"""A text that is no timestamp."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "invalid-timestamp",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Wait", "Timestamp": "2030-01-31 09:00:00Z", "End": true}
                                                 ^^^^^^^^^^^^^^^^^^^^^^ "2030-01-31 09:00:00Z" is no timestamp
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Size", "States": {
              "Size": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.due", "TimestampLessThan": "tomorrow", "Next": "Done"}
                                                           ^^^^^^^^^^ "tomorrow" is no timestamp
              ]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Wait", "Timestamp": "2030-01-31T09:00:00Z", "End": true}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Wait", "Timestamp": "2030-01-31T09:00:00.5+01:00", "End": true}
            }}
            """
        ),
    ],
)
def invalid_timestamp(fault: Fault, context: Context) -> Iterator[Finding]:
    """A constant that should be a time and can't be read as one.

    AWS takes RFC 3339 with a capital `T` and, without an offset in hours, a capital `Z`; it refuses a Wait for anything
    else. Write it as `2030-01-31T09:00:00Z`.

    Evidence: recorded at AWS for Wait; for the operands of choice rules the specification forbids it, and AWS's answer
    isn't recorded.
    """
    yield told(fault)
