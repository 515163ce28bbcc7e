"""Error names of the specification that AWS doesn't raise."""

from collections.abc import Iterator

from stepvet.api import PREDEFINED, Context, Example, Finding, Handled, Severity, String, rule

_INSTEAD = {
    "States.BranchFailed": "the error of the branch keeps its own name",
    "States.ParameterPathFailure": "a path that finds nothing is States.Runtime, which nothing catches",
}


@rule(
    "error-never-raised",
    visits=Handled,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Both", "States": {
              "Both": {"Type": "Parallel", "Next": "Done", "Catch": [
                {"ErrorEquals": ["States.BranchFailed"], "Next": "Done"}],
                                 ^^^^^^^^^^^^^^^^^^^^^ AWS never raises "States.BranchFailed": the error of the branch keeps its own name
                "Branches": [{"StartAt": "Stop", "States": {"Stop": {"Type": "Fail", "Error": "Full"}}}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Both", "States": {
              "Both": {"Type": "Parallel", "Next": "Done", "Catch": [{"ErrorEquals": ["Full"], "Next": "Done"}],
                "Branches": [{"StartAt": "Stop", "States": {"Stop": {"Type": "Fail", "Error": "Full"}}}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def error_never_raised(state: Handled, context: Context) -> Iterator[Finding]:
    """A retrier or catcher for an error that exists in the specification alone.

    The branch's own error reaches the Parallel state (recorded), and a path that finds nothing in Parameters is
    `States.Runtime` (recorded). Name the errors that do occur, or `States.ALL`.

    Where another entry of the same list takes everything else, the finding is only an info.

    Evidence: both are recorded at AWS; the names are in the specification.
    """
    for handlers in (state.retry, state.catch):
        names = [name for handler in handlers for name in handler.error_equals if isinstance(name, String)]
        broad = any(name.value in ("States.ALL", "States.TaskFailed") for name in names)
        for name in names:
            known = PREDEFINED.get(name.value)
            if known and not known.is_raised and name.value in _INSTEAD:
                told = f'AWS never raises "{name.value}": {_INSTEAD[name.value]}'
                yield Finding(told, at=name, severity=Severity.INFO if broad else None)
