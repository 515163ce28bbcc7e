"""A field that an inline Map does not use."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "distributed-only-field",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "ItemBatcher": {"MaxItemsPerBatch": 10},
                ^^^^^^^^^^^^^ "ItemBatcher" has no effect in an inline Map
                "ItemProcessor": {"StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "Label": "each",
                ^^^^^^^ "Label" and "ToleratedFailureCount" have no effect in an inline Map
                "ToleratedFailureCount": 3,
                "ItemProcessor": {"StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "ItemBatcher": {"MaxItemsPerBatch": 10},
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
)
def distributed_only_field(fault: Fault, context: Context) -> Iterator[Finding]:
    """A field of distributed Maps in an inline one.

    `ItemReader`, `ItemBatcher`, `ResultWriter` and `Label` need `"Mode": "DISTRIBUTED"`; an inline Map runs over its
    own input.

    Evidence: AWS's guide. That AWS accepts the machine was measured for `ItemReader`.
    """
    yield told(fault)
