"""A fraction that is rounded away."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "rounded-intrinsic-argument",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.MathAdd($.a, 1.5)"}, "End": true}
                                                                               ^^^ States.MathAdd rounds 1.5 to 2
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.MathAdd($.a, 2)"}, "End": true}
            }}
            """
        ),
    ],
)
def rounded_intrinsic_argument(fault: Fault, context: Context) -> Iterator[Finding]:
    """A number with a fraction where the function rounds.

    `States.MathAdd`, `States.MathRandom`, `States.ArrayRange` and `States.ArrayPartition` round their arguments to
    integers before they do anything. Write the integer that is meant.

    Evidence: recorded at AWS.
    """
    yield told(fault)
