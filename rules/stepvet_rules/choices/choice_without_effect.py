"""A Choice whose ways all lead to one state."""

from collections.abc import Iterator

from stepvet.api import Choice, Context, Example, Finding, Severity, String, rule


@rule(
    "choice-without-effect",
    visits=Choice,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Choices": [{"Variable": "$.x", "NumericEquals": 1, "Next": "Done"}],
              ^^^^^ every way out of "Ask" leads to "Done"
                "Default": "Done"},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Condition": "{% $states.input.x = 1 %}", "Assign": {"one": true}, "Next": "Done"}]},
              "Done": {"Type": "Succeed", "Output": "{% $exists($one) %}"}
            }}
            """
        ),
    ],
)
def choice_without_effect(state: Choice, context: Context) -> Iterator[Finding]:
    """A Choice with rules and a Default that lead to the same state and do nothing else.

    Whatever is decided makes no difference; a target is perhaps wrong.

    Evidence: it follows from the algorithm of a Choice; AWS accepts it.
    """
    if state.default is None or not state.choices or len(state.choices) != _listed(state):
        return
    targets = [state.default, *(rule.next for rule in state.choices)]
    known = [target.value for target in targets if isinstance(target, String) and not target.holes]
    nodes = (state.node, *(rule.node for rule in state.choices))
    acts = any(node.get(field) is not None for node in nodes for field in ("Assign", "Output"))
    if len(known) == len(targets) and len(set(known)) == 1 and not acts:
        yield Finding(f'every way out of "{state.name}" leads to "{known[0]}"', at=state.key)


def _listed(state: Choice) -> int:
    return len(getattr(state.node.get("Choices"), "items", ()))
