"""Two keys that give one field."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "template-key-conflict",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"id": 0, "id.$": "$.order.id"}, "End": true}
                                                            ^^^^^^ "id.$" and "id" both give the field "id"
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"id.$": "$.order.id"}, "End": true}
            }}
            """
        ),
    ],
)
def template_key_conflict(fault: Fault, context: Context) -> Iterator[Finding]:
    """A payload template with both `x` and `x.$`.

    Both give the field `x`, and nobody can say which one counts. Remove one of them.

    Evidence: the specification forbids it; AWS's answer isn't recorded.
    """
    yield told(fault)
