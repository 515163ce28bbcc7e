"""A distributed Map in an Express machine."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "express-distributed-map",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                                                              ^^^^^^^^^^^^^ an Express execution cannot run a distributed Map
                  "StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """,
            type="EXPRESS",
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "ItemProcessor": {"StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """,
            type="EXPRESS",
        ),
    ],
)
def express_distributed_map(fault: Fault, context: Context) -> Iterator[Finding]:
    """A Map in mode DISTRIBUTED in an Express machine.

    AWS refuses the definition: only Standard machines start child executions. Make the machine Standard, or the Map
    inline.

    Evidence: measured at AWS.
    """
    yield told(fault)
