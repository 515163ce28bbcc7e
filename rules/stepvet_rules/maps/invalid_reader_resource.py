"""An item reader that cannot read."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "invalid-reader-resource",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "ItemReader": {"Resource": "arn:aws:states:::dynamodb:getItem", "Parameters": {}},
                                                             ^^^^^^^^ an item reader cannot read with this resource
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": {"Bucket": "b"}},
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
)
def invalid_reader_resource(fault: Fault, context: Context) -> Iterator[Finding]:
    """An `ItemReader` with a resource that it can't read with.

    AWS refuses the definition. Items are read with `s3:getObject` or `s3:listObjectsV2`.

    Evidence: measured at AWS.
    """
    yield told(fault)
