"""Timestamps whose order is compared as text."""

from collections.abc import Iterator

from stepvet.api import Comparison, Context, Example, Finding, Fix, Rename, Severity, String, parse_timestamp, rule


@rule(
    "timestamp-compared-as-string",
    visits=Comparison,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.due", "StringLessThan": "2026-01-01T00:00:00Z", "Next": "Done"}]},
                                      ^^^^^^^^^^^^^^^^ StringLessThan compares these timestamps as text, whatever their time zones and fractions
              "Done": {"Type": "Succeed"}
            }}
            """,
            fixed="""
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.due", "TimestampLessThan": "2026-01-01T00:00:00Z", "Next": "Done"}]},
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
                {"Variable": "$.due", "TimestampLessThan": "2026-01-01T00:00:00Z", "Next": "Done"},
                {"Variable": "$.name", "StringLessThan": "M", "Next": "Done"}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def timestamp_compared_as_string(test: Comparison, context: Context) -> Iterator[Finding]:
    """A String operator that orders timestamps.

    Strings are compared character by character, so `…00.5Z` comes before `…00Z` and offsets are not seen. The Timestamp
    operators compare points in time (recorded).

    Evidence: strings compare by code unit, timestamps as instants (both recorded).
    """
    operator, operand = test.operator, test.operand
    if operator.family != "String" or operator.relation == "Equals" or not isinstance(operand, String):
        return
    if not operand.holes and parse_timestamp(operand.value):
        meant = operator.name.replace("String", "Timestamp")
        told = f"{operator.name} compares these timestamps as text, whatever their time zones and fractions"
        yield Finding(told, at=test.key, fix=Fix(f"compare with {meant}", (Rename(test.key, meant),)))
