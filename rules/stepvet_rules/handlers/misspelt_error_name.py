"""Error names that are one slip away from a known one."""

from collections.abc import Iterator

from stepvet.api import (
    Context,
    Example,
    Fail,
    Finding,
    Fix,
    Handled,
    SetValue,
    Severity,
    String,
    handlers_of,
    is_known,
    is_literal,
    meant,
    rule,
)


@rule(
    "misspelt-error-name",
    visits=Handled,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Done", "Catch": [
                {"ErrorEquals": ["State.ALL"], "Next": "Done"}]},
                                 ^^^^^^^^^^^ "State.ALL" matches no error that AWS raises, did you mean "States.ALL"
              "Done": {"Type": "Succeed"}
            }}
            """,
            fixed="""
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Done", "Catch": [
                {"ErrorEquals": ["States.ALL"], "Next": "Done"}]},
              "Done": {"Type": "Succeed"}
            }}
            """,
        ),
        Example(
            """
            {"StartAt": "Do", "States": {
              "Do": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true, "Retry": [
                {"ErrorEquals": ["Lambda.ServiceException", "Lambda.SdkClientExeption"]}]}
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Both", "States": {
              "Both": {"Type": "Parallel", "Next": "Done", "Catch": [
                {"ErrorEquals": ["States.QuorumMet", "Lambda.MyOwn", "States.Http.StatusCode.404"], "Next": "Done"}],
                "Branches": [{"StartAt": "Stop", "States": {"Stop": {"Type": "Fail", "Error": "States.QuorumMet"}}}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def misspelt_error_name(state: Handled, context: Context) -> Iterator[Finding]:
    """An entry of `ErrorEquals` that nearly is a name of Step Functions or Lambda.

    Names are matched exactly, letter case and all. AWS takes an unknown one for an error of your own, so it accepts the
    machine, and the retrier or catcher never matches.

    Names that a Fail state of the machine raises are left alone.

    Evidence: AWS accepts and never matches `State.ALL` (recorded).
    """
    raised: set[str] | None = None
    for handler in handlers_of(state):
        for name in filter(is_known, handler.error_equals):
            near = meant(name.value)
            if near is None:
                continue
            raised = _raised_by_fails(context) if raised is None else raised
            if name.value not in raised:
                told = f'"{name.value}" matches no error that AWS raises, did you mean "{near}"'
                fix = Fix(f'write "{near}"', (SetValue(name, near),))
                yield Finding(told, at=name, fix=fix)


def _raised_by_fails(context: Context) -> set[str]:
    states = context.machine.states() if context.machine else ()
    errors = (state.error for state in states if isinstance(state, Fail))
    return {error.value for error in errors if isinstance(error, String) and is_literal(error)}
