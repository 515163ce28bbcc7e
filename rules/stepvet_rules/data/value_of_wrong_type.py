"""A field that gets a value it can never take."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, data_findings, rule


@rule(
    "value-of-wrong-type",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Set", "States": {
              "Set": {"Type": "Pass", "Result": {"delay": "soon"}, "Next": "Pause"},
              "Pause": {"Type": "Wait", "SecondsPath": "$.delay", "End": true}
                                                       ^^^^^^^^^
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Set", "States": {
              "Set": {"Type": "Pass", "Result": {"delay": 5}, "Next": "Pause"},
              "Pause": {"Type": "Wait", "SecondsPath": "$.delay", "End": true}
            }}
            """
        ),
    ],
)
def value_of_wrong_type(state: State, context: Context) -> Iterator[Finding]:
    """A field that gets a value of a type or range which it never takes, whatever the input is.

    So a Map gets items that are no array, or a Wait a time that is none; the state fails as soon as it is entered. The
    path or expression mostly leads one level too high or too deep.

    Evidence: recorded at AWS for SecondsPath, TimestampPath, ItemsPath, MaxConcurrencyPath, the tolerated failures and
    Items.
    """
    yield from data_findings(context, state, "value-of-wrong-type")
