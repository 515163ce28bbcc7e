"""A Map label that AWS does not take."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "invalid-label",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("INVALID_LABEL_NAME",),
    bad=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "Label": "a-label-that-is-far-too-long-to-be-taken-by-aws",
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the label has 47 characters, and AWS takes at most 40
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "Label": "two words",
                         ^^^^^^^^^^^ the label has the character " ", and AWS's guide does not allow that
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "Each", "States": {
              "Each": {"Type": "Map", "End": true,
                "Label": "orders",
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                  "StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}
            }}
            """
        ),
    ],
)
def invalid_label(fault: Fault, context: Context) -> Iterator[Finding]:
    r"""A `Label` that is too long or has a character that isn't allowed.

    The label becomes a part of the Map Run's ARN. It has at most 40 characters, and no blank, control character or one
    of `? * < > { } [ ] : ; , \ | ^ ~ $ # % & "` and the backtick.

    Evidence: the length was measured at AWS; the characters are in AWS's guide only, so the finding is a warning there.
    """
    yield told(fault)
