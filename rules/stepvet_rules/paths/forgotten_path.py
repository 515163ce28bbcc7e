"""A path in a field that takes a constant."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "forgotten-path",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    aws_codes=("NO_PATH",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Fail", "Error": "$.error.name"}
                                             ^^^^^^^^^^^^^^ "Error" is the text "$.error.name" itself, not what the path leads to
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Fail", "ErrorPath": "$.error.name"}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Fail", "ErrorPath": "$.error.name"}
            }}
            """
        ),
    ],
)
def forgotten_path(fault: Fault, context: Context) -> Iterator[Finding]:
    """A constant field whose value looks like a path.

    The value is taken as it is written. The field's twin with a name in `Path` is the one that reads a path.

    Evidence: AWS documents its warning NO_PATH for this.
    """
    yield told(fault)
