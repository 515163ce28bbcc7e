"""A ResultPath with no object to write into."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, data_findings, rule


@rule(
    "result-path-into-scalar",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Numbers", "States": {
              "Numbers": {"Type": "Pass", "Result": [1, 2], "Next": "Mark"},
              "Mark": {"Type": "Pass", "Result": true, "ResultPath": "$.marked", "End": true}
                                                                     ^^^^^^^^^^ `$.marked` can't be written when "Mark" runs, because an array has no place for `marked`
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Numbers", "States": {
              "Numbers": {"Type": "Pass", "Result": [1, 2], "ResultPath": "$.numbers", "Next": "Mark"},
              "Mark": {"Type": "Pass", "Result": true, "ResultPath": "$.marked", "End": true}
            }}
            """
        ),
    ],
)
def result_path_into_scalar(state: State, context: Context) -> Iterator[Finding]:
    """A `ResultPath` whose state gets a scalar or an array, into which no member can be written.

    Items of a Map and outputs of Parallel states are no objects unless they are made so. Give the state an object as
    its input (for a Map's items with `ItemSelector`), or write the result without a ResultPath.

    Evidence: the specification: a ResultPath that does not fit the input is a `States.ResultPathMatchFailure`.
    """
    yield from data_findings(context, state, "result-path-into-scalar")
