"""A variable that nothing reads."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, StateMachine, rule


@rule(
    "unused-variable",
    visits=StateMachine,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Count", "States": {
              "Count": {"Type": "Pass", "Assign": {"total": 1, "sum": 2}, "Next": "Tell"},
                                                   ^^^^^^^ nothing reads "$total"
              "Tell": {"Type": "Pass", "Output": "{% $sum %}", "End": true}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Count", "States": {
              "Count": {"Type": "Pass", "Assign": {"total": 1}, "Next": "Tell"},
              "Tell": {"Type": "Pass", "Parameters": {"t.$": "States.Format('{}', $total)"}, "End": true}
            }}
            """
        ),
    ],
)
def unused_variable(machine: StateMachine, context: Context) -> Iterator[Finding]:
    """A variable that is assigned and read nowhere.

    It may be a leftover, or its reader misspells it. It counts towards the 10 MiB of variables that an execution may
    have. Remove the assignment, or correct the reader.

    Evidence: AWS accepts such machines; the 10 MiB are a quota of AWS's.
    """
    if not context.variables.assignments or context.variables.may_hide_reads:
        return
    read = {one.name for state in machine.states() for one in context.variables.reads(state)}
    for name, (first, *_) in context.variables.assignments.items():
        if name not in read:
            yield Finding(f'nothing reads "${name}"', at=first.key)
