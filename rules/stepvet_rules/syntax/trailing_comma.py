"""A comma that nothing follows."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "trailing-comma",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("INVALID_JSON_DESCRIPTION",),
    bad=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": true,}
                                               ^ no item follows this comma
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": true}
            }}
            """,
        ),
    ],
    good=[
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "End": true}
            }}
            """
        ),
    ],
)
def trailing_comma(fault: Fault, context: Context) -> Iterator[Finding]:
    """A comma after the last item of an object or a list.

    JSON doesn't allow it, and AWS refuses the text. SAM and CloudFormation read definition files as YAML, which takes
    it; in a file that such a template uses the finding is a warning.

    Evidence: the JSON standard; AWS reads strict JSON.
    """
    yield told(fault)
