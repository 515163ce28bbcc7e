"""A Choice rule that no run takes."""

from collections.abc import Iterator

from stepvet.api import Choice, Context, Example, Finding, Severity, rule


@rule(
    "dead-choice-rule",
    visits=Choice,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Done?", "States": {
              "Done?": {"Type": "Choice", "Choices": [
                {"Not": {"Variable": "$.status", "StringEquals": "done"}, "Next": "Wait"},
                {"Variable": "$.status", "StringEquals": "failed", "Next": "Give up"}], "Default": "End"},
                                                                           ^^^^^^^^^ rule 2 of "Done?" is never taken: nothing that reaches it meets its test
              "Wait": {"Type": "Succeed"}, "Give up": {"Type": "Fail"}, "End": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Done?", "States": {
              "Done?": {"Type": "Choice", "Choices": [
                {"Variable": "$.status", "StringEquals": "failed", "Next": "Give up"},
                {"Not": {"Variable": "$.status", "StringEquals": "done"}, "Next": "Wait"}], "Default": "End"},
              "Wait": {"Type": "Succeed"}, "Give up": {"Type": "Fail"}, "End": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def dead_choice_rule(state: Choice, context: Context) -> Iterator[Finding]:
    """A Choice rule that no run takes, whatever the input is.

    The rules before it take all that it is about, or a state on the way leaves nothing for it. What was meant to happen
    then never does. Put the narrower rule first, or mend what it compares.

    Evidence: the specification: rules are tried in order and the first that matches is taken.
    """
    if context.data is None:
        return
    for dead in context.data.dead_rules:
        if dead.state.path == state.path:
            told = f'rule {dead.rule.index + 1} of "{state.name}" is never taken: nothing that reaches it meets its test'
            yield Finding(told, at=dead.rule.next or dead.rule.node)
