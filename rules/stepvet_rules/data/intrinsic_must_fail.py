"""An intrinsic function that cannot work."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, State, data_findings, rule


@rule(
    "intrinsic-must-fail",
    visits=State,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Set", "States": {
              "Set": {"Type": "Pass", "Result": {"list": "a,b"}, "Next": "Count"},
              "Count": {"Type": "Pass", "Parameters": {"n.$": "States.ArrayLength($.list)"}, "End": true}
                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Set", "States": {
              "Set": {"Type": "Pass", "Result": {"list": ["a", "b"]}, "Next": "Count"},
              "Count": {"Type": "Pass", "Parameters": {"n.$": "States.ArrayLength($.list)"}, "End": true}
            }}
            """
        ),
    ],
)
def intrinsic_must_fail(state: State, context: Context) -> Iterator[Finding]:
    """An intrinsic function whose arguments it never takes, whatever the input is.

    The call fails with `States.IntrinsicFailure`: an argument has another type, an index lies outside of an array, or
    the format's placeholders don't fit its values.

    Evidence: the specification and the guide name the types; the error name is recorded at AWS.
    """
    yield from data_findings(context, state, "intrinsic-must-fail")
