"""A path under a key without `.$`."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "forgotten-dollar",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    aws_codes=("NO_DOLLAR",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"id": "$.order.id"}, "End": true}
                                                         ^^^^^^^^^^^^ "id" gets the text "$.order.id" itself, because its name does not end in ".$"
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"id.$": "$.order.id"}, "End": true}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"id.$": "$.order.id", "price": "$100"}, "End": true}
            }}
            """
        ),
    ],
)
def forgotten_dollar(fault: Fault, context: Context) -> Iterator[Finding]:
    """A value that looks like a path or an intrinsic function and stays text.

    Only members whose key ends in `.$` are evaluated. The machine deploys, and what follows gets the text `$.order.id`.

    Evidence: AWS documents its warning NO_DOLLAR for this; that such values stay text is recorded.
    """
    yield told(fault)
