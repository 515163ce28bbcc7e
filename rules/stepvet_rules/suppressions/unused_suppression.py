"""An exception that excepts nothing."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Fix, Severity, UnusedSuppression, rule


@rule(
    "unused-suppression",
    visits=UnusedSuppression,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Done", "States": {
              "Done": {"Type": "Succeed", "Comment": "stepvet: ignore[next-and-end] moved away"}
                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nothing here is reported as "next-and-end", so the exception is not needed
            }}
            """,
            fixed="""
            {"StartAt": "Done", "States": {
              "Done": {"Type": "Succeed"}
            }}
            """,
        ),
    ],
    good=[Example('{"StartAt": "Done", "States": {"Done": {"Type": "Succeed", "Comment": "the end"}}}')],
)
def unused_suppression(unused: UnusedSuppression, context: Context) -> Iterator[Finding]:
    """A `stepvet: ignore[…]` that suppresses nothing.

    The finding that it was written for is gone, or the name is misspelt and the exception never worked. Either way the
    next reader is misled, and a new fault of that kind in the same place would go unseen. Remove it.

    Evidence: no rule of that name reports anything in the object or line that the exception covers.
    """
    directive = unused.directive
    needless = f'nothing here is reported as "{unused.name}", so the exception is not needed'
    yield Finding(
        needless if unused.name else "this exception names no rule, so it excepts nothing",
        at=directive.at,
        fix=Fix("remove the exception", (unused.removal,), "safe", directive.source),
        source=directive.source,
    )
