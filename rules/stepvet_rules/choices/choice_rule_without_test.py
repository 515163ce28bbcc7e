"""A choice rule that tests nothing."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "choice-rule-without-test",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "Size", "States": {
              "Size": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Next": "Done"}
                ^^^^^^^^^^^^^^^^ a choice rule has no "Variable", so it tests nothing
              ]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Size", "States": {
              "Size": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.size", "Next": "Done"}
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a choice rule has no operator, so it tests nothing
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
                {"Variable": "$.size", "NumericGreaterThan": 10, "Next": "Done"}
              ]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def choice_rule_without_test(fault: Fault, context: Context) -> Iterator[Finding]:
    """A choice rule without a condition.

    AWS refuses the definition. A JSONPath rule has a `Variable` and one operator, or `And`, `Or` or `Not`; a JSONata
    rule has a `Condition`. What holds in all other cases belongs into `Default`.

    Evidence: measured at AWS.
    """
    yield told(fault)
