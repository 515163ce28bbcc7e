"""A field that no such object has."""

from collections.abc import Iterator

from stepvet.api import Context, Example, Fault, Finding, Severity, rule, told


@rule(
    "unknown-field",
    visits=Fault,
    severity=Severity.ERROR,
    since="0.1",
    aws_codes=("SCHEMA_VALIDATION_FAILED",),
    bad=[
        Example(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Ouput": "done", "End": true}
                                    ^^^^^^^ a Pass state has no field "Ouput"
            }}
            """,
            fixed="""
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "done", "End": true}
            }}
            """,
        ),
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "comment": "does nothing", "End": true}
                                    ^^^^^^^^^ a Pass state has no field "comment"
            }}
            """,
            fixed="""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Comment": "does nothing", "End": true}
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
        Example(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Parameters": {"anything": 1}, "End": true}
            }}
            """
        ),
    ],
)
def unknown_field(fault: Fault, context: Context) -> Iterator[Finding]:
    """A field that this kind of object doesn't have.

    AWS refuses the definition: names are exact, letter case included, and there is no room for fields of one's own. Use
    the field's right name, or keep notes in `Comment`, which every state, retrier, catcher and choice rule may have.

    Evidence: measured at AWS for misspelt and wrong-case names on all eight state types.
    """
    yield told(fault)
