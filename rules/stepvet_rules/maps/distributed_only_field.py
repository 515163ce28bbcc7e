"""Fields of a distributed Map on one that is not distributed."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Map, Severity, rule

_FIELDS = (
    "ItemReader",
    "ItemBatcher",
    "ResultWriter",
    "Label",
    "ToleratedFailureCount",
    "ToleratedFailureCountPath",
    "ToleratedFailurePercentage",
    "ToleratedFailurePercentagePath",
)


@rule(
    "distributed-only-field",
    visits=Map,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true, "ToleratedFailurePercentage": 10,
                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ "ToleratedFailurePercentage" has an effect only in DISTRIBUTED mode, and "Each" is inline
                "ItemProcessor": {"StartAt": "Put", "States": {"Put": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true, "ToleratedFailurePercentage": 10, "Label": "each",
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Put", "States": {"Put": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
)
def distributed_only_field(state: Map, context: Context) -> Iterator[Finding]:
    """`ItemReader`, `ItemBatcher`, `ResultWriter`, `Label` or a tolerated failure on an inline Map.

    AWS accepts at least ItemReader there (measured); the guide has these fields for the distributed mode only. Set
    `"Mode": "DISTRIBUTED"` in the ProcessorConfig, or leave the field out.
    """
    if state.processor is None or not state.processor.is_inline:
        return
    for field in _FIELDS:
        member = state.node.member(field)
        if member is not None:
            told = f'"{field}" has an effect only in DISTRIBUTED mode, and "{state.name}" is inline'
            yield Finding(told, at=member.key)
