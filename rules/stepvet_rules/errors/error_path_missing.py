"""A Fail state that cannot tell its error."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fail, Finding, Severity, data_findings, rule


@rule(
    "error-path-missing",
    visits=Fail,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Say", "States": {
              "Say": {"Type": "Pass", "Result": {"reason": "late"}, "Next": "Stop"},
              "Stop": {"Type": "Fail", "CausePath": "$.cause"}
                                                    ^^^^^^^^^ `$.cause` cannot exist when "Stop" runs: Result of "Say" has only `reason`
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Say", "States": {
              "Say": {"Type": "Pass", "Result": {"reason": "late"}, "Next": "Stop"},
              "Stop": {"Type": "Fail", "CausePath": "$.reason"}
            }}
            """
        ),
    ],
)
def error_path_missing(state: Fail, context: Context) -> Iterator[Finding]:
    """An `ErrorPath` or `CausePath` that finds nothing, so that the Fail state hides the error it should tell.

    The execution then ends with `States.Runtime` in place of the error that was meant. Read what the input really has,
    or write `Error` and `Cause` out.

    Evidence: recorded at AWS: a missing ErrorPath or CausePath ends the execution with `States.Runtime`.
    """
    yield from data_findings(context, state, "error-path-missing", Severity.WARNING)
