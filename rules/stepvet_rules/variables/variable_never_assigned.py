"""A read of a variable that has no value yet, on any way."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Label, Severity, State, nearest, rule


@rule(
    "variable-never-assigned",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Count", "States": {
              "Count": {"Type": "Pass", "Assign": {"total": 1}, "Next": "Tell"},
              "Tell": {"Type": "Pass", "Parameters": {"sum.$": "$totl.value"}, "End": true}
                                                                ^^^^^ nothing assigns "$totl", did you mean "$total"
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Tell", "States": {
              "Tell": {"Type": "Pass", "Output": "{% $total %}", "Next": "Count"},
                                                     ^^^^^^ "$total" has no value yet: it is assigned only later
              "Count": {"Type": "Pass", "Assign": {"total": 1}, "End": true}
            }}
            """
        ),
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Count", "States": {
              "Count": {"Type": "Pass", "Assign": {"total": 1}, "Output": "{% {'sum': $total} %}", "End": true}
                                                                                      ^^^^^^ "$total" has no value yet: what a state assigns is seen from the next state on
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Count", "States": {
              "Count": {"Type": "Pass", "Assign": {"total": 1}, "Next": "Tell"},
              "Tell": {"Type": "Pass", "Output": "{% ($own := 2; $total + $own + $count([1, 2])) %}", "End": true}
            }}
            """
        ),
    ],
)
def variable_never_assigned(state: State, context: Context) -> Iterator[Finding]:
    """A variable that cannot have a value when the state reads it.

    No way from StartAt to the state assigns it: it is misspelt, it is assigned by a later state, or by this very one,
    whose assignments are seen from the next state on (recorded). A JSONPath that starts from it fails with
    `States.Runtime`; a JSONata expression has no value, and fails with `States.QueryEvaluationError` unless it provides
    for that.

    It is an error where the state fails whenever it runs, else a warning.

    Evidence: a JSONata read of a variable without a value fails with `States.QueryEvaluationError` (recorded).
    """
    for read, assignments in context.variables.without_value(state):
        near = nearest(read.name, context.variables.assignments)
        severity = Severity.ERROR if read.is_needed else None
        if not assignments:
            hint = f', did you mean "${near}"' if near else ""
            yield Finding(f'nothing assigns "${read.name}"{hint}', at=read.at, severity=severity)
            continue
        later = [one for one in assignments if one.scope is context.scope_of(state)]
        if later:
            own = all(one.state is state for one in later)
            why = "what a state assigns is seen from the next state on" if own else "it is assigned only later"
            labels = (Label(later[0].key, "assigned here"),)
            yield Finding(f'"${read.name}" has no value yet: {why}', at=read.at, labels=labels, severity=severity)
