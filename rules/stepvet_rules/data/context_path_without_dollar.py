"""A path of the Context Object that lacks a `$`."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Fix, SetValue, Severity, State, String, rule

CONTEXT = {
    "Execution": {"Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount"},
    "State": {"EnteredTime", "Name", "RetryCount"},
    "StateMachine": {"Id", "Name"},
    "Task": {"Token"},
    "Map": {"Item"},
}
"""The Context Object's members, two names deep."""


@rule(
    "context-path-without-dollar",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Note", "States": {
              "Note": {"Type": "Pass", "Parameters": {"run.$": "$.Execution.Id"}, "End": true}
                                                               ^^^^^^^^^^^^^^^^ `$.Execution.Id` reads the input, and the execution fails where that has no such member
            }}
            """,
            fixed="""
            {"StartAt": "Note", "States": {
              "Note": {"Type": "Pass", "Parameters": {"run.$": "$$.Execution.Id"}, "End": true}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Note", "States": {
              "Note": {"Type": "Pass", "Parameters": {"run.$": "$$.Execution.Id", "own.$": "$.Execution.Colour"}, "End": true}
            }}
            """
        ),
    ],
)
def context_path_without_dollar(state: State, context: Context) -> Iterator[Finding]:
    """A path that looks like one of the Context Object but reads the state's input.

    The Context Object's paths begin with `$$`. With one `$` the path reads the input, which hardly has such a member,
    and the state fails with `States.Runtime`.

    Evidence: AWS's guide to the Context Object; recorded at AWS: a path that finds nothing is a `States.Runtime`.
    """
    for hint in context.data.hints(state) if context.data is not None else ():
        names = [getattr(segment, "name", None) for segment in hint.path.segments[:2]]
        if len(names) < 2 or names[1] not in CONTEXT.get(str(names[0]), ()):
            continue
        told = f"`{hint.path.text}` reads the input, and the execution fails where that has no such member"
        whole = isinstance(hint.node, String) and hint.node.value == hint.path.text
        fix = Fix("read the Context Object", (SetValue(hint.node, "$" + hint.path.text),)) if whole else None
        yield Finding(told, at=hint.node, help=f"did you mean `${hint.path.text}`", fix=fix)
