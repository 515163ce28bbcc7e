"""Tasks that neither retry nor catch anything."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Finding, Severity, StateMachine, Task, labels_at, rule


@rule(
    "errors-unhandled",
    visits=StateMachine,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Put", "States": {
              "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Tell"},
              ^^^^^ nothing retries or catches the errors of "Put" and "Tell"
              "Tell": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "Next": "Tell", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Tell"}],
                "ItemProcessor": {"StartAt": "Put", "States": {
                  "Put": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true}}}},
              "Tell": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true,
                "Retry": [{"ErrorEquals": ["States.TaskFailed"]}]}
            }}
            """
        ),
    ],
)
def errors_unhandled(machine: StateMachine, context: Context) -> Iterator[Finding]:
    """Tasks whose errors nothing handles: no Retry and no Catch, of their own or around them.

    Any error of such a task, a throttled request included, ends the execution. Retry what passes by itself, and
    catch what is left. Reported once for a machine.

    Evidence: an error that nothing catches ends the execution (specification; recorded).
    """
    tasks = [state for state in machine.states() if isinstance(state, Task)]
    bare = [task for task in tasks if not context.errors.is_handled(task)]
    if bare:
        labels = labels_at(bare[1:], "nor here")
        yield Finding(f"nothing retries or catches the errors of {_named(bare, tasks)}", at=bare[0].key, labels=labels)


def _named(bare: list[Task], tasks: list[Task]) -> str:
    names = [f'"{task.name}"' for task in bare]
    if len(names) <= 2:
        return " and ".join(names)
    return f"any of the {len(tasks)} tasks" if len(bare) == len(tasks) else f"{len(bare)} of the {len(tasks)} tasks"
