"""A result writer that cannot write."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "invalid-writer-resource",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "ResultWriter": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {"Bucket": "b"}},
                                                                  ^^^^^^^^^ a result writer cannot write with this resource
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
                "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b"}},
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
)
def invalid_writer_resource(fault: Fault, context: Context) -> Iterator[Finding]:
    """A `ResultWriter` with a resource that it can't write with.

    Results are written with `s3:putObject`.

    Evidence: AWS's guide; AWS's answer isn't recorded.
    """
    yield told(fault)
