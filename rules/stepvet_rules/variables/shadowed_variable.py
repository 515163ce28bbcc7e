"""An inner scope that assigns a variable of an outer one."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Label, Severity, State, rule


@rule(
    "shadowed-variable",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Init", "States": {
              "Init": {"Type": "Pass", "Assign": {"total": 0}, "Next": "Each"},
              "Each": {"Type": "Map", "Items": [1, 2], "Next": "Tell", "ItemProcessor": {"StartAt": "Add", "States": {
                "Add": {"Type": "Pass", "Assign": {"total": "{% $total + 1 %}"}, "End": true}}}},
                                                   ^^^^^^^ "$total" is a variable of the scope around, which this does not change
              "Tell": {"Type": "Pass", "Output": "{% $total %}", "End": true}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Both", "States": {
              "Both": {"Type": "Parallel", "End": true, "Branches": [
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"own": 1}, "End": true}}},
                {"StartAt": "B", "States": {"B": {"Type": "Pass", "Assign": {"own": 2}, "End": true}}}]}
            }}
            """
        ),
    ],
)
def shadowed_variable(state: State, context: Context) -> Iterator[Finding]:
    """A variable that a branch or an iteration assigns although the scope around has one of this name.

    The specification and the guide forbid it; AWS takes at least some such machines (recorded). The outer variable
    keeps its value in any case. Give the inner one a name of its own, and hand values out with the state's output.

    Evidence: the specification and AWS's guide; a machine in which a branch and the state around it assign one name
    runs (recorded).
    """
    for write, outer in context.variables.shadows(state):
        told = f'"${write.name}" is a variable of the scope around, which this does not change'
        yield Finding(told, at=write.key, labels=(Label(outer.key, "the outer variable"),))
