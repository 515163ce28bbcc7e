"""A variable that has no value on some path."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, data_findings, rule


@rule(
    "unassigned-variable",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Known?", "States": {
              "Known?": {"Type": "Choice", "Choices": [{"Variable": "$.id", "IsPresent": true, "Next": "Keep"}], "Default": "Use"},
              "Keep": {"Type": "Pass", "Assign": {"id.$": "$.id"}, "Next": "Use"},
              "Use": {"Type": "Pass", "Parameters": {"id.$": "$id"}, "End": true}
                                                             ^^^^^
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Known?", "States": {
              "Known?": {"Type": "Choice", "Choices": [{"Variable": "$.id", "IsPresent": true, "Next": "Keep"}], "Default": "Make"},
              "Keep": {"Type": "Pass", "Assign": {"id.$": "$.id"}, "Next": "Use"},
              "Make": {"Type": "Pass", "Assign": {"id": "none"}, "Next": "Use"},
              "Use": {"Type": "Pass", "Parameters": {"id.$": "$id"}, "End": true}
            }}
            """
        ),
    ],
)
def unassigned_variable(state: State, context: Context) -> Iterator[Finding]:
    """A variable that is read on a path where no state has assigned it.

    It is assigned elsewhere, but this way leads past those states. Assign it on every way, best in one state before
    they part.

    Evidence: recorded at AWS: a variable without a value fails the state that reads it.
    """
    yield from data_findings(context, state, "unassigned-variable")
