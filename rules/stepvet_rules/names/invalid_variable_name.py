"""A variable with a name that is none."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "invalid-variable-name",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("INVALID_VARIABLE_NAME",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Assign": {"order-id.$": "$.id"}, "End": true}
                                               ^^^^^^^^^^^^ "order-id" cannot be the name of a variable
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Assign": {"$total": 1}, "End": true}
                                               ^^^^^^^^ "$total" cannot be the name of a variable
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Assign": {"total": 1}, "End": true}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Assign": {"orderId.$": "$.id"}, "End": true}
            }}
            """
        ),
    ],
)
def invalid_variable_name(fault: Fault, context: Context) -> Iterator[Finding]:
    """An `Assign` with a key that can't be the name of a variable.

    AWS refuses the definition. A name is a letter, followed by letters, digits and underscores; the dollar belongs to
    the reading of a variable only, and parts of a variable can't be assigned.

    Evidence: measured at AWS. That a name has at most 80 characters stands in AWS's guide, so there the finding is a
    warning.
    """
    yield told(fault)
