"""A path that AWS takes and other readers do not."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "odd-path-spelling",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "InputPath": "$.order[", "End": true}
                                                         ^ a bracket is opened here and the path ends; nothing is read
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"x.$": "States.ArrayLength($.items[0:4:2])"}, "End": true}
                                                                                     ^^^^^^^ a slice has no step here; it is passed over
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "InputPath": "$.order", "Parameters": {"x.$": "$.delivery-date"}, "End": true}
            }}
            """
        ),
    ],
)
def odd_path_spelling(fault: Fault, context: Context) -> Iterator[Finding]:
    """A spelling of a path that AWS takes, and that means less than it seems or nothing elsewhere.

    The machine deploys and runs; the next reader may be misled, and other tools refuse the path. Spell it as every
    reader of JSONPath takes it.

    Evidence: AWS's recorded behaviour, against the newest release of the library that it resembles.
    """
    yield told(fault)
