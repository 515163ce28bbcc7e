"""An assignment to `$states`."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "reserved-variable-name",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("RESERVED_VARIABLE_NAME",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Assign": {"states": 1}, "End": true}
                                               ^^^^^^^^ "$states" is reserved, so nothing can be assigned to it
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% ($states := 1; 2) %}", "End": true}
                                                   ^^^^^^^ "$states" is reserved and cannot be bound
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Assign": {"state": 1}, "End": true}
            }}
            """
        ),
    ],
)
def reserved_variable_name(fault: Fault, context: Context) -> Iterator[Finding]:
    """An assignment to the reserved variable `$states`.

    `$states` holds the state's input, result and context. AWS refuses an `Assign` to it; binding it inside an
    expression is forbidden by the specification. Choose another name.

    Evidence: measured at AWS for `Assign`.
    """
    yield told(fault)
