"""The old name of ItemProcessor."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Fix, Map, Rename, Severity, rule


@rule(
    "deprecated-iterator",
    visits=Map,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "Iterator": {"StartAt": "Put", "States": {"Put": {"Type": "Pass", "End": true}}}}
                ^^^^^^^^^^ "Iterator" is deprecated: the field is called "ItemProcessor" now
            }}
            """,
            fixed="""
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "ItemProcessor": {"StartAt": "Put", "States": {"Put": {"Type": "Pass", "End": true}}}}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "ItemProcessor": {"StartAt": "Put", "States": {"Put": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
)
def deprecated_iterator(state: Map, context: Context) -> Iterator[Finding]:
    """`Iterator`, the old name of `ItemProcessor`, in a Map state.

    It works as `ItemProcessor` does, which has replaced it. Rename it.

    Evidence: AWS's guide; AWS runs both alike (recorded).
    """
    member = state.node.member("Iterator")
    if member is not None and state.node.get("ItemProcessor") is None:
        fix = Fix('call it "ItemProcessor"', (Rename(member.key, "ItemProcessor"),), "safe")
        yield Finding('"Iterator" is deprecated: the field is called "ItemProcessor" now', at=member.key, fix=fix)
