"""A name that is nearly one that the machine wrote."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, nearest, rule


@rule(
    "near-miss-key",
    visits=State,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Look", "States": {
              "Look": {"Type": "Pass", "Result": 1, "ResultPath": "$.customer", "Next": "Use"},
              "Use": {"Type": "Pass", "InputPath": "$.custmer", "End": true}
                                                   ^^^^^^^^^^^ nothing here makes `custmer`, but `customer` stands beside it
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Look", "States": {
              "Look": {"Type": "Pass", "Result": 1, "ResultPath": "$.customer", "Next": "Use"},
              "Use": {"Type": "Pass", "InputPath": "$.order", "End": true}
            }}
            """
        ),
    ],
)
def near_miss_key(state: State, context: Context) -> Iterator[Finding]:
    """A path to a member of the input whose name is nearly one that the machine itself wrote there.

    It may be meant, if the input has both. If it is a slip, the read fails with `States.Runtime`.

    Evidence: spelling alone: one letter dropped, doubled, swapped or changed, or the letter case.
    """
    for hint in context.data.hints(state) if context.data is not None else ():
        name = str(getattr(hint.path.segments[0], "name", ""))
        near = nearest(name, hint.beside)
        if near and not context.data_names_elsewhere(name, hint.node):
            told = f"nothing here makes `{name}`, but `{near}` stands beside it"
            yield Finding(told, at=hint.node, help=f"did you mean `{near}`")
