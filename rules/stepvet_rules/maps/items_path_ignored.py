"""Two sources of items, of which one counts."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Label, Map, Severity, rule


@rule(
    "items-path-ignored",
    visits=Map,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true, "ItemsPath": "$.rows",
                                                   ^^^^^^^^^^^ "Each" takes its items from the ItemReader, so ItemsPath is ignored
                "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": {"Bucket": "b"}},
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Put", "States": {"Put": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true, "ItemsPath": "$.rows",
                "ItemProcessor": {"StartAt": "Put", "States": {"Put": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
)
def items_path_ignored(state: Map, context: Context) -> Iterator[Finding]:
    """`ItemsPath` next to `ItemReader`.

    The items come from the reader, and the path has no effect. To take a part of a JSON file, use ItemsPointer in the
    ReaderConfig.

    Evidence: AWS's guide; AWS accepts both fields.
    """
    member, reader = state.node.member("ItemsPath"), state.node.member("ItemReader")
    if member is not None and reader is not None:
        told = f'"{state.name}" takes its items from the ItemReader, so ItemsPath is ignored'
        yield Finding(told, at=member.key, labels=(Label(reader.key, "the items come from here"),))
