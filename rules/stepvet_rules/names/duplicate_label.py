"""A label that two Map states have."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "duplicate-label",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("DUPLICATE_LABEL_NAME",),
    bad=[
        Example(
            """
            {"StartAt": "One", "States": {
              "One": {"Type": "Map", "Label": "orders", "Next": "Two", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}},
              "Two": {"Type": "Map", "Label": "orders", "End": true, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                                              ^^^^^^^^ another Map state is labelled "orders", and AWS takes a label only once
                "StartAt": "Other", "States": {"Other": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "Label": "orders",
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
)
def duplicate_label(fault: Fault, context: Context) -> Iterator[Finding]:
    """Two Map states with one `Label`.

    AWS refuses the definition, because labels tell the Map Runs of a machine from each other. Give each its own.

    Evidence: measured at AWS.
    """
    yield told(fault)
