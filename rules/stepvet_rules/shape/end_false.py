"""An `End` that is false beside a `Next`."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "end-false",
    visits=Fault,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": false, "Next": "B"},
                                           ^^^^^ "End": false changes nothing, because state "A" goes on to "B"
              "B": {"Type": "Succeed"}
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Next": "B"},
              "B": {"Type": "Succeed"}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Next": "B"},
              "B": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def end_false(fault: Fault, context: Context) -> Iterator[Finding]:
    """`"End": false` beside a `Next`.

    Only `"End": true` means something, so the field can go.

    Evidence: the specification; what AWS answers is not recorded.
    """
    yield told(fault)
