"""A list that needs an item and has none."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "empty-list",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Parallel", "Branches": [], "End": true}
                                                    ^^ "Branches" is empty, so there is nothing to run
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Size", "States": {
              "Size": {"Type": "Choice", "Default": "Done", "Choices": [
                {"And": [], "Next": "Done"}
                        ^^ "And" is empty, so it tests nothing
              ]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Done",
                "Retry": []},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
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
def empty_list(fault: Fault, context: Context) -> Iterator[Finding]:
    """An empty list where at least one item is due.

    AWS refuses a Choice without rules, a Parallel without branches and a handler without error names. An empty `Retry`
    or `Catch` is fine.

    Evidence: recorded at AWS for `Branches`, measured for `Choices` and `ErrorEquals`. An empty `And` or `Or` is
    forbidden by the specification, while AWS's answer isn't known.
    """
    yield told(fault)
