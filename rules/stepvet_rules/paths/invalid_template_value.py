"""A value under a `.$` key that is neither a path nor a call."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "invalid-template-value",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"id.$": "order.id"}, "End": true}
                                                           ^^^^^^^^^^ "id.$" cannot be evaluated: neither a path, which starts with "$", nor an intrinsic call, "States.…(…)"
            }}
            """
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"count.$": 5}, "End": true}
                                                              ^ "count.$" is a number, and ".$" asks for a path or an intrinsic call
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"id.$": "$.order.id", "count": 5}, "End": true}
            }}
            """
        ),
    ],
)
def invalid_template_value(fault: Fault, context: Context) -> Iterator[Finding]:
    """A member whose key ends in `.$` and whose value can't be evaluated.

    AWS refuses the definition. The `.$` says that the value is a path or an intrinsic function; leave it out for a
    constant.

    Evidence: recorded at AWS.
    """
    yield told(fault)
