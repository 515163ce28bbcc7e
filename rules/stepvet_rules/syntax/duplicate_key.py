"""A key that an object has twice."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "duplicate-key",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Comment": "one", "Comment": "two", "End": true}
                                                      ^^^^^^^^^ the key "Comment" is here twice, and only the last one counts
            }}
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
def duplicate_key(fault: Fault, context: Context) -> Iterator[Finding]:
    """Two members of an object with one key.

    Readers keep the last one and drop the first without a word: a state with a name that is taken disappears. Rename or
    remove one.

    Evidence: JSON leaves it open; AWS's answer isn't recorded.
    """
    yield told(fault)
