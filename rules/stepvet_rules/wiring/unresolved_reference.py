"""A reference in a definition to something that the template doesn't have."""

from collections.abc import Iterator

from stepvet.api import Context, Definition, Example, Finding, Severity, nearest, rule


@rule(
    "unresolved-reference",
    visits=Definition,
    severity=Severity.ERROR,
    since="0.1",
    bad=[
        Example(
            """
            Resources:
              OrderFlow:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionSubstitutions:
                    ChargeArn: !GetAtt Chrage.Arn
                                       ^^^^^^^^^^ the template has nothing called "Chrage"
                  Definition: {StartAt: A, States: {A: {Type: Task, Resource: "${ChargeArn}", End: true}}}
              Charge: {Type: AWS::Serverless::Function}
            """,
            filename="template.yaml",
        ),
        Example(
            """
            Resources:
              OrderFlow:
                Type: AWS::StepFunctions::StateMachine
                Properties:
                  DefinitionString: !Sub |
                    {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Charge.Arn}", "End": true}}}
                                                                                   ^^^^^^^^^^^^^
            """,
            filename="template.yaml",
        ),
    ],
    good=[
        Example(
            """
            Parameters:
              ChargeArn: {Type: String}
            Resources:
              OrderFlow:
                Type: AWS::StepFunctions::StateMachine
                Properties:
                  DefinitionString: !Sub |
                    {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${ChargeArn}", "End": true}}}
            """,
            filename="template.yaml",
        ),
    ],
)
def unresolved_reference(definition: Definition, context: Context) -> Iterator[Finding]:
    """A `Ref`, `Fn::GetAtt`, `${…}` of `Fn::Sub` or Terraform reference that resolves to nothing in the template.

    The template can't be deployed. Only what becomes the definition is looked at, and templates with macros or
    includes, which may add resources, are not judged.

    Evidence: CloudFormation refuses a template with unresolved references, Terraform a configuration with undeclared
    resources.
    """
    wiring = definition.wiring
    if wiring is None:
        return
    for reference in wiring.unresolved:
        place = "module" if reference.how == "Terraform" else "template"
        near = nearest(reference.name, reference.candidates)
        yield Finding(
            f'the {place} has nothing called "{reference.name}"',
            at=reference.span,
            source=wiring.template,
            help=f'did you mean "{near}"?' if near else None,
        )
