"""Intrinsic calls that are nested too deep."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "deeply-nested-intrinsic",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array($.a))))))))))))"}, "End": true}
                                                                                                                                                                                             ^^^^^^^^^^^^ calls are nested more than 10 deep
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.Array(States.Array($.a))"}, "End": true}
            }}
            """
        ),
    ],
)
def deeply_nested_intrinsic(fault: Fault, context: Context) -> Iterator[Finding]:
    """More than ten intrinsic calls inside each other.

    AWS takes ten in one field. Compute a part in a Pass state before.

    Evidence: AWS's guide.
    """
    yield told(fault)
