"""The old name of ItemSelector."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Fix, Map, Rename, Severity, rule


@rule(
    "deprecated-map-parameters",
    visits=Map,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true, "Parameters": {"item.$": "$$.Map.Item.Value"},
                                                   ^^^^^^^^^^^^ "Parameters" of a Map is deprecated: the field is called "ItemSelector" now
                "ItemProcessor": {"StartAt": "Put", "States": {"Put": {"Type": "Pass", "End": true}}}}
            }}
            """,
            fixed="""
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true, "ItemSelector": {"item.$": "$$.Map.Item.Value"},
                "ItemProcessor": {"StartAt": "Put", "States": {"Put": {"Type": "Pass", "End": true}}}}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true, "ItemSelector": {"item.$": "$$.Map.Item.Value"},
                "ItemProcessor": {"StartAt": "Put", "States": {"Put": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
)
def deprecated_map_parameters(state: Map, context: Context) -> Iterator[Finding]:
    """`Parameters`, the old name of `ItemSelector`, in a Map state.

    It works as `ItemSelector` does, which has replaced it. Rename it.

    Evidence: AWS's guide; AWS runs both alike (recorded).
    """
    member = state.node.member("Parameters")
    if member is not None and state.language == "JSONPath" and state.node.get("ItemSelector") is None:
        fix = Fix('call it "ItemSelector"', (Rename(member.key, "ItemSelector"),), "safe")
        told = '"Parameters" of a Map is deprecated: the field is called "ItemSelector" now'
        yield Finding(told, at=member.key, fix=fix)
