"""A read where a rule has found that there is nothing."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, data_findings, rule


@rule(
    "guard-contradicted",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Known?", "States": {
              "Known?": {"Type": "Choice", "Choices": [{"Variable": "$.id", "IsPresent": true, "Next": "Done"}], "Default": "Use"},
              "Use": {"Type": "Pass", "Parameters": {"id.$": "$.id"}, "Next": "Done"},
                                                             ^^^^^^ `$.id` cannot exist when "Use" runs: a rule on the way found that the execution's input has no `id`
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Known?", "States": {
              "Known?": {"Type": "Choice", "Choices": [{"Variable": "$.id", "IsPresent": true, "Next": "Use"}], "Default": "Done"},
              "Use": {"Type": "Pass", "Parameters": {"id.$": "$.id"}, "Next": "Done"},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def guard_contradicted(state: State, context: Context) -> Iterator[Finding]:
    """A path that is read on a branch where a rule has just found that it is missing.

    The branch is taken because the member isn't there, and then the read fails with `States.Runtime`. Mostly the rule's
    targets are swapped, or the Default needs a value of its own.

    Evidence: recorded at AWS: `IsPresent` is false for a missing member, and reading one is a `States.Runtime`.
    """
    yield from data_findings(context, state, "guard-contradicted")
