"""A path in `Result`."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "static-pass-result",
    visits=Fault,
    severity=Severity.WARNING,
    since="0.1",
    aws_codes=("PASS_RESULT_IS_STATIC",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Result": {"id.$": "$.order.id"}, "End": true}
                                               ^^^^^^ a path in "Result" is given as text, because "Result" is never evaluated
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
def static_pass_result(fault: Fault, context: Context) -> Iterator[Finding]:
    """A path or an intrinsic function in the `Result` of a Pass state.

    `Result` is given literally, keys with `.$` included. Use `Parameters` to compute a value.

    Evidence: recorded at AWS; AWS documents its warning PASS_RESULT_IS_STATIC for this.
    """
    yield told(fault)
