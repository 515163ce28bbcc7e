"""An index that is meant to take the first match and does not."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, rule


@rule(
    "index-after-filter",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Pick", "States": {
              "Pick": {"Type": "Pass", "Parameters": {"first.$": "$.rows[?(@.ok == true)][0]"}, "End": true}
                                                                                         ^^^ an index behind a filter is taken of each match, not of all of them
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Pick", "States": {
              "Pick": {"Type": "Pass", "End": true, "Parameters": {
                "first.$": "States.ArrayGetItem($.rows[?(@.ok == true)], 0)", "name.$": "$.rows[?(@.ok)].names[0]"}}
            }}
            """
        ),
    ],
)
def index_after_filter(state: State, context: Context) -> Iterator[Finding]:
    """A JSONPath with an index right behind a filter.

    A filter gives several nodes, and what follows it is looked up in each of them. `[0]` behind it therefore does not
    take the first match but the first element of each, of which an object has none: the result is an empty array. Take
    the match with States.ArrayGetItem in the next state, or in the same call.

    Evidence: in AWS's JSONPath dialect such a path gives an empty array of objects that match.
    """
    for place in context.indexes_after_filters(state):
        yield Finding("an index behind a filter is taken of each match, not of all of them", at=place)
