"""A choice rule with several tests."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "ambiguous-choice-rule",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "Size", "States": {
              "Size": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.size", "NumericGreaterThan": 1, "NumericLessThan": 9, "Next": "Done"}
                                                                ^^^^^^^^^^^^^^^^^ a choice rule has both "NumericGreaterThan" and "NumericLessThan", so nobody knows which one decides
              ]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Size", "States": {
              "Size": {"Type": "Choice", "Default": "Done", "Choices": [
                {"And": [{"Variable": "$.size", "NumericGreaterThan": 1}, {"Variable": "$.size", "NumericLessThan": 9}], "Next": "Done"}
              ]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def ambiguous_choice_rule(fault: Fault, context: Context) -> Iterator[Finding]:
    """A choice rule with more than one test.

    AWS refuses the definition, because a rule has exactly one operator. Combine several with `And` or `Or`.

    Evidence: measured at AWS.
    """
    yield told(fault)
