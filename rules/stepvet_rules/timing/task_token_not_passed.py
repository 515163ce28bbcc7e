"""A task that waits for a token that nobody gets."""

import re
from collections.abc import Iterator

from stepvet.api import (
    Context,
    Example,
    Finding,
    Pattern,
    Severity,
    String,
    Task,
    called,
    has_holes,
    pattern_of,
    rule,
    walk,
)

_TOKEN = re.compile(
    r"Token|\$\$(\.Task)?(?![\w.\[])|\$states(\.context(\.Task)?)?(?![\w.\[])|\$\$\.\.|\$\$\[|context\["
)


@rule(
    "task-token-not-passed",
    visits=Task,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true,
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ "Ask" waits for its task token, but doesn't pass it on
                "TimeoutSeconds": 60, "Parameters": {"QueueUrl": "q", "MessageBody.$": "$"}}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {
              "Ask": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true,
                "TimeoutSeconds": 60, "Arguments": {"QueueUrl": "q", "MessageBody": "{% $states.context.Task.Token %}"}}
            }}
            """
        ),
    ],
)
def task_token_not_passed(task: Task, context: Context) -> Iterator[Finding]:
    """A `.waitForTaskToken` task whose request doesn't hold the token.

    The task ends when somebody calls SendTaskSuccess or SendTaskFailure with the token, which only the Context Object
    has: `$$.Task.Token`, in JSONata `$states.context.Task.Token`. AWS accepts a request without it, and then nobody can
    answer: the task runs into its timeout, or stays for a year.

    Evidence: AWS accepts the machine; the task then times out (recorded).
    """
    resource = called(task)
    if resource is None or task.resource is None or pattern_of(resource) is not Pattern.CALLBACK:
        return
    given = [node for field in ("Parameters", "Arguments", "InputPath") if (node := task.node.get(field)) is not None]
    texts = (part.value for node in given for _, part in walk(node) if isinstance(part, String))
    if not task.node.is_open and not any(map(has_holes, given)) and not any(map(_TOKEN.search, texts)):
        yield Finding(f'"{task.name}" waits for its task token, but doesn\'t pass it on', at=task.resource)
