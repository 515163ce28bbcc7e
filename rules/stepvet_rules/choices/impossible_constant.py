"""A constant that an API's value never equals."""

from collections.abc import Iterator

from stepvet.api import Choice, Context, Example, Finding, Fix, SetValue, Severity, nearest, rule


@rule(
    "impossible-constant",
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
                {"Variable": "$.TranscriptionJob.TranscriptionJobStatus", "StringEquals": "COMPLETE", "Next": "End"}],
                                                                                          ^^^^^^^^^^ the value is never "COMPLETE": it is one of QUEUED, IN_PROGRESS, FAILED, COMPLETED
                "Default": "Ask"},
              "End": {"Type": "Succeed"}
            }}
            """,
            fixed="""
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:transcribe:getTranscriptionJob",
                "Parameters": {"TranscriptionJobName": "j"}, "Next": "Done?"},
              "Done?": {"Type": "Choice", "Choices": [
                {"Variable": "$.TranscriptionJob.TranscriptionJobStatus", "StringEquals": "COMPLETED", "Next": "End"}],
                "Default": "Ask"},
              "End": {"Type": "Succeed"}
            }}
            """,
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
                {"Variable": "$.TranscriptionJob.TranscriptionJobStatus", "StringEquals": "FAILED", "Next": "End"}],
                "Default": "Ask"},
              "End": {"Type": "Succeed"}
            }}
            """
        ),
    ],
)
def impossible_constant(state: Choice, context: Context) -> Iterator[Finding]:
    """A comparison with a constant that the API's answer never holds.

    The rule can't match, so the run goes another way, in a polling loop for ever. The values are those of the service's
    model; a newer service may know more.

    Evidence: the service's API model, which lists the values of the member.
    """
    for found in context.data.impossible_constants if context.data is not None else ():
        if found.state.path != state.path:
            continue
        constant, values = found.operand.value, found.values
        listed = ", ".join(values[:8]) + (f" and {len(values) - 8} more" if len(values) > 8 else "")
        near = nearest(constant, values)
        fix = Fix(f'compare with "{near}"', (SetValue(found.operand, near),)) if near else None
        yield Finding(f'the value is never "{constant}": it is one of {listed}', at=found.operand, fix=fix)
