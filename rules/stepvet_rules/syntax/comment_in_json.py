"""A comment in a JSON text."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "comment-in-json",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("INVALID_JSON_DESCRIPTION",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": true} // nothing to do
                                                 ^^^^^^^^^^^^^^^^ JSON has no comments
            }}
            """
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Comment": "nothing to do", "End": true}
            }}
            """
        ),
    ],
)
def comment_in_json(fault: Fault, context: Context) -> Iterator[Finding]:
    """A comment where JSON has none.

    AWS refuses the text. Use a `Comment` field. In a file that a SAM or CloudFormation template uses, the finding is a
    warning.

    Evidence: the JSON standard; AWS reads strict JSON.
    """
    yield told(fault)
