"""A state name that is too long."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "state-name-length",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("INVALID_STATE_NAME",),
    bad=[
        Example(
            """
            {"StartAt": "A state whose name goes on and on and on until it has more characters than AWS will take", "States": {
              "A state whose name goes on and on and on until it has more characters than AWS will take": {"Type": "Succeed"}
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the state's name has 88 characters, and AWS takes at most 80
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def state_name_length(fault: Fault, context: Context) -> Iterator[Finding]:
    """A state name of more than 80 characters.

    AWS refuses the definition. Put the explanation into the state's `Comment`.

    Evidence: measured at AWS.
    """
    yield told(fault)
