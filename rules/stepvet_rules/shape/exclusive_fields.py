"""Two fields of which one is taken at most."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "exclusive-fields",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Fail", "Error": "Broken", "ErrorPath": "$.error"}
                                                       ^^^^^^^^^^^ state "A" has both "Error" and "ErrorPath", and AWS takes only one of them
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Wait", "Seconds": 5, "SecondsPath": "$.wait", "End": true}
                                                  ^^^^^^^^^^^^^ state "A" has both "Seconds" and "SecondsPath", and AWS takes only one of them
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Wait", "SecondsPath": "$.wait", "End": true}
            }}
            """
        ),
    ],
)
def exclusive_fields(fault: Fault, context: Context) -> Iterator[Finding]:
    """Two fields of which AWS takes one, such as `Seconds` and `SecondsPath`.

    AWS takes a constant or a path, never both, because nobody could say which one counts; it refuses the definition.
    Keep the field that is meant.

    Evidence: measured at AWS for all pairs of a constant and its `Path` twin, and for `ItemProcessor` with `Iterator`.
    """
    yield told(fault)
