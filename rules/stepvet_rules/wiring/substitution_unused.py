"""A value that the template gives to a placeholder that isn't there."""

from collections.abc import Iterator

from stepvet.api import Context, Definition, Example, Finding, Severity, nearest, rule


@rule(
    "substitution-unused",
    visits=Definition,
    severity=Severity.INFO,
    since="0.1",
    bad=[
        Example(
            """
            Resources:
              OrderFlow:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionSubstitutions:
                    TableName: orders
                    ^^^^^^^^^ the definition has no placeholder "${TableName}"
                  Definition: {StartAt: A, States: {A: {Type: Succeed}}}
            """,
            filename="template.yaml",
        ),
    ],
    good=[
        Example(
            """
            Resources:
              OrderFlow:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionSubstitutions: {TableName: orders}
                  Definition: {StartAt: A, States: {A: {Type: Pass, Result: "${TableName}", End: true}}}
            """,
            filename="template.yaml",
        ),
    ],
)
def substitution_unused(definition: Definition, context: Context) -> Iterator[Finding]:
    """A key of `DefinitionSubstitutions`, or a variable of `templatefile`, that the definition never uses.

    It does no harm, but it is often what is left of a state that is gone. Remove it. A key that a misspelt placeholder
    was meant to name is reported at the placeholder.

    Evidence: CloudFormation and Terraform take keys that nothing uses.
    """
    wiring = definition.wiring
    if wiring is None or not wiring.substitutions or definition.root is None or definition.faults:
        return
    used = {placeholder.name for placeholder in wiring.placeholders}
    defined = [substitution.key.value for substitution in wiring.substitutions]
    meant = {nearest(name, defined) for name in used.difference(defined)}
    for substitution in wiring.substitutions:
        name = substitution.key.value
        if name not in used and name not in meant and not substitution.key.holes:
            message = f'the definition has no placeholder "${{{name}}}"'
            yield Finding(message, at=substitution.key, source=wiring.template)
