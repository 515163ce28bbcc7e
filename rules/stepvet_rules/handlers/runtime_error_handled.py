"""A retrier or catcher that names `States.Runtime`."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Handled, Retrier, Severity, handlers_of, is_known, rule


@rule(
    "runtime-error-handled",
    visits=Handled,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Done", "Catch": [
                {"ErrorEquals": ["States.Runtime"], "Next": "Done"}]},
                                 ^^^^^^^^^^^^^^^^ this catcher never runs: nothing catches "States.Runtime"
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Retry": [
                {"ErrorEquals": ["States.Timeout", "States.Runtime"]}]}
                                                   ^^^^^^^^^^^^^^^^ nothing retries "States.Runtime"
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Done", "Catch": [
                {"ErrorEquals": ["States.ALL"], "Next": "Done"}]},
              "Done": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def runtime_error_handled(state: Handled, context: Context) -> Iterator[Finding]:
    """`States.Runtime` in a retrier or catcher.

    The engine raises it when it can't go on: a path that finds nothing, an index out of range. It ends the execution
    whatever Retry and Catch say, even when they name it (recorded), and `States.ALL` doesn't match it either. Prevent
    it instead: test with `IsPresent`, or give a default.

    Next to other names it is only an info, because the others still match.

    Evidence: an execution with a catcher for `States.Runtime` fails with it all the same (recorded).
    """
    for handler in handlers_of(state):
        kind, verb = ("retrier", "retries") if isinstance(handler, Retrier) else ("catcher", "catches")
        told, alone = f'nothing {verb} "States.Runtime"', len(handler.error_equals) == 1
        for name in filter(is_known, handler.error_equals):
            if name.value == "States.Runtime":
                whole = f"this {kind} never runs: {told}" if alone else told
                yield Finding(whole, at=name, severity=None if alone else Severity.INFO)
