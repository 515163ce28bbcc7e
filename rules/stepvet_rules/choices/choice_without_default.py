"""A Choice that may match nothing."""

from collections.abc import Iterator

from stepvet.api import Choice, Context, Example, Finding, Severity, always_matches, rule, witness_of


@rule(
    "choice-without-default",
    visits=Choice,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Choices": [{"Variable": "$.x", "NumericEquals": 1, "Next": "One"}]},
              ^^^^^ the execution fails with States.NoChoiceMatched when no rule of "Ask" matches
              "One": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Choices": [
                {"Variable": "$.x", "IsPresent": true, "Next": "One"},
                {"Not": {"Variable": "$.x", "IsPresent": true}, "Next": "Two"}]},
              "One": {"Type": "Choice", "Choices": [{"Variable": "$.x", "NumericEquals": 1, "Next": "Two"}], "Default": "Two"},
              "Two": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def choice_without_default(state: Choice, context: Context) -> Iterator[Finding]:
    """A Choice without `Default` whose rules leave something over.

    When no rule matches, the execution fails with `States.NoChoiceMatched`, which only a Map or Parallel
    around can catch. Where that is meant, a `Default` that leads to a Fail state says it better.

    Rules that complement each other, such as a test and its `Not`, are left alone. A warning if the value is of an API
    whose model lists one that no rule takes.

    Evidence: AWS accepts such a Choice; the failure is in the specification and in AWS's guide.
    """
    if state.node.get("Default") is not None or not state.choices or always_matches(state):
        return
    if context.data is not None and context.data.leaves_nothing(state):
        return
    left = context.data.left_over(state) if context.data is not None else None
    told = f'the execution fails with States.NoChoiceMatched when no rule of "{state.name}" matches'
    yield Finding(
        told,
        at=state.key,
        witness=witness_of(left.witness.input, left.witness.services) if left else None,
        severity=Severity.WARNING if left and left.enumerated else None,
    )
