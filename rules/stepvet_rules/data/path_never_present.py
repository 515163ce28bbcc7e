"""A path that no run can find."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, data_findings, rule


@rule(
    "path-never-present",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Shorten", "States": {
              "Shorten": {"Type": "Pass", "Parameters": {"id.$": "$.order.id"}, "Next": "Ship"},
              "Ship": {"Type": "Pass", "Parameters": {"order.$": "$.order"}, "End": true}
                                                                 ^^^^^^^^^ `$.order` cannot exist when "Ship" runs: Parameters of "Shorten" has only `id`
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Shorten", "States": {
              "Shorten": {"Type": "Pass", "Parameters": {"id.$": "$.order.id", "order.$": "$.order"}, "Next": "Ship"},
              "Ship": {"Type": "Pass", "Parameters": {"order.$": "$.order"}, "End": true}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Note", "States": {
              "Note": {"Type": "Pass", "Result": 1, "ResultPath": "$.noted", "Next": "Ship"},
              "Ship": {"Type": "Pass", "Parameters": {"order.$": "$.order"}, "End": true}
            }}
            """
        ),
    ],
)
def path_never_present(state: State, context: Context) -> Iterator[Finding]:
    """A path that cannot exist, whatever the input is.

    A state on the way made the object anew and left the member out, so the read fails with `States.Runtime`, which
    nothing can catch. Carry the member along where the object is made, or read what is there.

    Evidence: recorded at AWS: every path that finds nothing is a `States.Runtime` that no Retry or Catch takes.
    """
    yield from data_findings(context, state, "path-never-present")
