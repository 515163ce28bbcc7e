"""JSONata that Terraform takes for a directive of its own."""

from collections.abc import Iterator

from stepvet.api import Context, Definition, Example, Finding, Severity, rule


@rule(
    "jsonata-as-directive",
    visits=Definition,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            resource "aws_sfn_state_machine" "order" {
              definition = <<EOF
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{%{'total': 1}%}", "End": true}
                                                ^^ Terraform takes "%{" for a directive of its own
            }}
            EOF
            }
            """,
            filename="main.tf",
        ),
    ],
    good=[
        Example(
            """
            resource "aws_sfn_state_machine" "order" {
              definition = <<EOF
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Output": "{% {'total': 1} %}", "End": true}
            }}
            EOF
            }
            """,
            filename="main.tf",
        ),
    ],
)
def jsonata_as_directive(definition: Definition, context: Context) -> Iterator[Finding]:
    """`%{` in a text that Terraform renders: the start of a template directive, not of JSONata.

    Terraform stops at a directive that it doesn't know. Write a blank, `{% {`, or `%%{`.

    Evidence: Terraform's language has `%{ if }` and `%{ for }`, refuses other directives, and has `%%{` as the escape.
    """
    wiring = definition.wiring
    for at in wiring.directives if wiring else ():
        yield Finding(
            'Terraform takes "%{" for a directive of its own',
            at=at,
            source=wiring.written_in if wiring else None,
            help="write a blank between them, or %%{",
        )
