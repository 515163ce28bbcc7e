"""Two fields that make the input of an iteration."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "parameters-with-item-selector",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "Parameters": {"a": 1}, "ItemSelector": {"b": 2},
                ^^^^^^^^^^^^ "Parameters" and "ItemSelector" both make the input of an iteration
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
                "ItemSelector": {"b": 2},
                "ItemProcessor": {"StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
)
def parameters_with_item_selector(fault: Fault, context: Context) -> Iterator[Finding]:
    """A Map with both `ItemSelector` and the deprecated `Parameters`.

    They are two names for one thing. Keep `ItemSelector`.

    Evidence: the specification calls `Parameters` deprecated; AWS's answer to both isn't recorded.
    """
    yield told(fault)
