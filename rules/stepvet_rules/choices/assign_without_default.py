"""An Assign or Output of a Choice that never counts."""

from collections.abc import Iterator

from stepvet.api import Choice, Context, Example, Finding, Severity, rule


@rule(
    "assign-without-default",
    visits=Choice,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.x = 1 %}", "Next": "Done"}],
                "Assign": {"asked": true}},
                ^^^^^^^^ "Assign" of a Choice goes with its Default, and "Ask" has none
              "Done": {"Type": "Succeed", "Output": "{% $exists($asked) %}"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Default": "Done", "Assign": {"asked": true}, "Choices": [
                {"Condition": "{% $states.input.x = 1 %}", "Next": "Done", "Assign": {"asked": false}}]},
              "Done": {"Type": "Succeed", "Output": "{% $asked %}"}
            }}
            """
        ),
    ],
)
def assign_without_default(state: Choice, context: Context) -> Iterator[Finding]:
    """`Assign` or `Output` of a Choice state that has no `Default`.

    They count only when no rule matched and the Default is taken; a rule that matches has its own. Put them into the
    rules.

    Evidence: recorded for both fields.
    """
    if state.node.get("Default") is not None or state.node.is_open:
        return
    for field in ("Assign", "Output"):
        member = state.node.member(field)
        if member is not None:
            yield Finding(f'"{field}" of a Choice goes with its Default, and "{state.name}" has none', at=member.key)
