"""A read of a variable that lives in another scope."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Label, Severity, State, rule


@rule(
    "variable-out-of-scope",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Both", "States": {
              "Both": {"Type": "Parallel", "Next": "Tell", "Branches": [{"StartAt": "Count", "States": {
                "Count": {"Type": "Pass", "Assign": {"total": 1}, "End": true}}}]},
              "Tell": {"Type": "Pass", "Output": "{% $total %}", "End": true}
                                                     ^^^^^^ "$total" is unknown here: it is assigned only inside "Both" and gone at its end
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Init", "States": {
              "Init": {"Type": "Pass", "Assign": {"table": "t"}, "Next": "Each"},
              "Each": {"Type": "Map", "End": true, "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "Put", "States": {
                  "Put": {"Type": "Pass", "Parameters": {"to.$": "$table"}, "End": true}}}}
                                                                  ^^^^^^ "$table" is unknown here: the executions that the distributed Map "Each" starts see no variable from outside
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Init", "States": {
              "Init": {"Type": "Pass", "Assign": {"table": "t"}, "Next": "Each"},
              "Each": {"Type": "Map", "Items": [1, 2], "End": true, "ItemProcessor": {"StartAt": "Put", "States": {
                "Put": {"Type": "Pass", "Output": "{% $table %}", "End": true}}}}
            }}
            """
        ),
    ],
)
def variable_out_of_scope(state: State, context: Context) -> Iterator[Finding]:
    """A variable of an inner scope, of a sibling branch, or of the machine around a distributed Map.

    Variables live in the States object whose state assigns them: branches and iterations read the outer ones, and what
    they assign themselves is gone when they end. The child executions of a distributed Map read no outer variable at
    all (recorded), although the Map's own fields do. Hand values in with ItemSelector, and out with the state's output.

    It is an error where the state fails whenever it runs, else a warning.

    Evidence: scopes of branches and iterations are recorded; that child executions see no outer variable is in AWS's
    guide.
    """
    scope = context.scope_of(state)
    for read, assignments in context.variables.without_value(state):
        if not assignments or any(one.scope is scope for one in assignments):
            continue
        labels = (Label(assignments[0].key, "assigned here"),)
        severity = Severity.ERROR if read.is_needed else None
        why = context.variables.barrier(scope, assignments)
        yield Finding(f'"${read.name}" is unknown here: {why}', at=read.at, labels=labels, severity=severity)
