"""A delimiter of several characters."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "several-split-delimiters",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.StringSplit($.a, ', ')"}, "End": true}
                                                                                   ^^^^ each character of this text is a delimiter of its own
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.StringSplit($.a, ',')"}, "End": true}
            }}
            """
        ),
    ],
)
def several_split_delimiters(fault: Fault, context: Context) -> Iterator[Finding]:
    """A `States.StringSplit` whose delimiter has several characters.

    Each character is a delimiter by itself, and empty parts are dropped: `', '` splits at commas and at blanks. Split
    at one character that the parts don't have.

    Evidence: recorded at AWS.
    """
    yield told(fault)
