"""Containers inside each other without end."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "too-deep",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    bad=[
        Example(
            """
            [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
                                                                                                                                                                                                                    ^ more than 200 containers inside each other
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": true}
            }}
            """
        ),
    ],
)
def too_deep(fault: Fault, context: Context) -> Iterator[Finding]:
    """A text with so many containers inside each other that it isn't read to the end.

    No definition comes near, and AWS refuses what is nested too deep.

    Evidence: AWS documents its code TOO_DEEPLY_NESTED; its limit isn't known.
    """
    yield told(fault)
