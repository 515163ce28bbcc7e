"""A byte order mark before the text."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "byte-order-mark",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            ﻿{"StartAt": "A", "States": {
            ^ the text starts with a byte order mark, which JSON doesn't have
              "A": {"Type": "Pass", "End": true}
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": true}
            }}
            """,
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
def byte_order_mark(fault: Fault, context: Context) -> Iterator[Finding]:
    """A text that starts with a byte order mark.

    JSON doesn't have it, and some readers refuse it. Save the file as UTF-8 without a mark.

    Evidence: RFC 8259 forbids adding one; AWS's answer isn't recorded.
    """
    yield told(fault)
