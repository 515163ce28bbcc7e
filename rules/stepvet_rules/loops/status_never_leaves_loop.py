"""A final status with which a polling loop goes on."""

from collections.abc import Iterator

from stepvet.api import Choice, Context, Example, Finding, Label, Severity, rule


@rule(
    "status-never-leaves-loop",
    visits=Choice,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:transcribe:getTranscriptionJob",
                "Parameters": {"TranscriptionJobName": "j"}, "Next": "Done?"},
              "Done?": {"Type": "Choice", "Choices": [
              ^^^^^^^ "Done?" asks "Ask" again for ever when the status is FAILED
                {"Variable": "$.TranscriptionJob.TranscriptionJobStatus", "StringEquals": "COMPLETED", "Next": "End"}],
                "Default": "Pause"},
              "Pause": {"Type": "Wait", "Seconds": 30, "Next": "Ask"},
              "End": {"Type": "Succeed"}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:transcribe:getTranscriptionJob",
                "Parameters": {"TranscriptionJobName": "j"}, "Next": "Done?"},
              "Done?": {"Type": "Choice", "Choices": [
                {"Variable": "$.TranscriptionJob.TranscriptionJobStatus", "StringEquals": "COMPLETED", "Next": "End"},
                {"Variable": "$.TranscriptionJob.TranscriptionJobStatus", "StringEquals": "FAILED", "Next": "Stop"}],
                "Default": "Pause"},
              "Pause": {"Type": "Wait", "Seconds": 30, "Next": "Ask"},
              "Stop": {"Type": "Fail"},
              "End": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def status_never_leaves_loop(state: Choice, context: Context) -> Iterator[Finding]:
    """A polling loop that goes on when the job has failed or was stopped.

    The status stays what it is, so the loop ends with the execution's timeout, or when its history is full. Give the
    Choice a rule for it that leads out of the loop.

    Evidence: the service's API model lists the status; AWS ends an execution at 25,000 events.
    """
    for stuck in context.data.stuck_statuses if context.data is not None else ():
        if stuck.state.path == state.path:
            told = (
                f'"{state.name}" asks "{stuck.task.name}" again for ever when the status is {" or ".join(stuck.values)}'
            )
            yield Finding(told, at=state.key, labels=(Label(stuck.task.key, "the status comes from here"),))
