"""An error of one's own under a reserved name."""

from collections.abc import Iterator

from stepvet.api import PREDEFINED, Context, Example, Fail, Finding, Severity, String, is_literal, rule


@rule(
    "reserved-error-name",
    visits=Fail,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Stop", "States": {
              "Stop": {"Type": "Fail", "Error": "States.QuorumMet"}
                                                ^^^^^^^^^^^^^^^^^^ names that start with "States." are reserved for Step Functions
            }}
            """
        ),
    ],
    good=[
        Example('{"StartAt": "Stop", "States": {"Stop": {"Type": "Fail", "Error": "QuorumMet"}}}'),
        Example('{"StartAt": "Stop", "States": {"Stop": {"Type": "Fail", "Error": "States.Timeout"}}}'),
    ],
)
def reserved_error_name(state: Fail, context: Context) -> Iterator[Finding]:
    """A Fail state with an error of its own that starts with `States.`.

    The specification reserves these names, and a later one of AWS's may be the same. Choose another prefix. A Fail
    state that passes on one of AWS's own names is left alone.

    Evidence: a MUST NOT of the specification that AWS does not enforce: such machines are deployed.
    """
    error = state.error
    if not isinstance(error, String) or not is_literal(error) or error.value in PREDEFINED:
        return
    if error.value.startswith("States.") and not error.value.startswith("States.Http."):
        yield Finding('names that start with "States." are reserved for Step Functions', at=error)
