"""A member that a loop loses."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, data_findings, rule


@rule(
    "value-lost-in-loop",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Try", "States": {
              "Try": {"Type": "Pass", "Parameters": {"mode.$": "$.mode", "n.$": "$.n"}, "Next": "More"},
                                                               ^^^^^^^^ `$.mode` cannot exist when "Try" runs: Parameters of "Count" has only `n`
              "More": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 9, "Next": "Count"}], "Default": "Done"},
              "Count": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "Next": "Try"},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Try", "States": {
              "Try": {"Type": "Pass", "Parameters": {"mode.$": "$.mode", "n.$": "$.n"}, "Next": "More"},
              "More": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 9, "Next": "Count"}], "Default": "Done"},
              "Count": {"Type": "Pass", "Parameters": {"mode.$": "$.mode", "n.$": "States.MathAdd($.n, 1)"}, "Next": "Try"},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def value_lost_in_loop(state: State, context: Context) -> Iterator[Finding]:
    """A path that is there the first time a state runs and lost when a loop comes back to it.

    A state in the loop makes the object anew and leaves the member out. Carry it along there.

    Evidence: recorded at AWS: every path that finds nothing is a `States.Runtime` that no Retry or Catch takes.
    """
    yield from data_findings(context, state, "value-lost-in-loop")
