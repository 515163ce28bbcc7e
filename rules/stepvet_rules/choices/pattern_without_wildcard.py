"""A pattern without a wildcard."""

from collections.abc import Iterator

from stepvet.api import Comparison, Context, Example, Finding, Fix, Rename, Severity, String, rule


@rule(
    "pattern-without-wildcard",
    visits=Comparison,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.file", "StringMatches": "report.csv", "Next": "Done"}]},
                                                        ^^^^^^^^^^^^ without "*" this is the same as StringEquals
              "Done": {"Type": "Succeed"}
            }}
            """,
            fixed="""
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.file", "StringEquals": "report.csv", "Next": "Done"}]},
              "Done": {"Type": "Succeed"}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.file", "StringMatches": "report.*", "Next": "Done"}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def pattern_without_wildcard(test: Comparison, context: Context) -> Iterator[Finding]:
    """A `StringMatches` pattern without `*`.

    It matches one string only, so a wildcard was forgotten, or `StringEquals` says it better.

    Evidence: `*` is the only special character of a pattern (specification).
    """
    pattern = test.operand
    if test.operator.name != "StringMatches" or not isinstance(pattern, String) or pattern.holes:
        return
    if "*" not in pattern.value and "\\" not in pattern.value:
        fix = Fix("compare with StringEquals", (Rename(test.key, "StringEquals"),), "safe")
        yield Finding('without "*" this is the same as StringEquals', at=pattern, fix=fix)
