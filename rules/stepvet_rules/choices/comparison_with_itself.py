"""A value that is compared with itself."""

from collections.abc import Iterator

from stepvet.api import Comparison, Context, Example, Finding, Severity, String, rule


@rule(
    "comparison-with-itself",
    visits=Comparison,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.left", "NumericGreaterThanPath": "$.left", "Next": "Done"}]},
                                                                 ^^^^^^^^ "$.left" is compared with itself
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.left", "NumericGreaterThanPath": "$.right", "Next": "Done"}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def comparison_with_itself(test: Comparison, context: Context) -> Iterator[Finding]:
    """A comparison with the same path on both sides.

    Its outcome says nothing but whether the value has the operator's type.

    Evidence: it follows from the operators' definition; a comparison of other types is false (recorded).
    """
    left, right = test.variable, test.operand
    if not test.operator.takes_path or not isinstance(left, String) or not isinstance(right, String):
        return
    if left.value == right.value and not left.holes:
        yield Finding(f'"{left.value}" is compared with itself', at=right)
