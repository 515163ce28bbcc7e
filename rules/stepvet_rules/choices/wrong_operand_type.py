"""An operand of another type than the operator compares."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "wrong-operand-type",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Size", "States": {
              "Size": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.size", "NumericGreaterThan": "10", "Next": "Done"}
                                                             ^^^^ "NumericGreaterThan" compares with a number, not with a string
              ]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Size", "States": {
              "Size": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.size", "IsPresent": "true", "Next": "Done"}
                                                    ^^^^^^ "IsPresent" compares with a boolean, not with a string
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
def wrong_operand_type(fault: Fault, context: Context) -> Iterator[Finding]:
    """A comparison with an operand of the wrong JSON type.

    Numbers are never equal to texts, so the rule could not match, if AWS took it. Write the operand in the operator's
    type, or use the operator of the operand's type.

    Evidence: the specification gives each operator its type; AWS's answer when a machine is created isn't recorded.
    """
    yield told(fault)
