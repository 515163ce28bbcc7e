"""One definition file, substituted with values of different kinds."""

from collections.abc import Iterator

from stepvet.api import Context, Definition, Example, Finding, Label, Severity, rule

_words = {"arn": "an ARN", "name": "a name", "url": "a URL", "id": "an id"}


@rule(
    "substitutions-differ",
    visits=Definition,
    severity=Severity.WARNING,
    since="0.1",
    bad=[
        Example(
            """
            Resources:
              OrderFlow:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionUri: order.asl.json
                  DefinitionSubstitutions: {Charge: !GetAtt Function.Arn}
              RefundFlow:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionUri: order.asl.json
                  DefinitionSubstitutions: {Charge: !Ref Topic}
              ReturnFlow:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionUri: order.asl.json
                  DefinitionSubstitutions: {Charge: !Ref Function}
                                            ^^^^^^ "Charge" is a name here and an ARN for "OrderFlow"
              Function: {Type: AWS::Serverless::Function}
              Topic: {Type: AWS::SNS::Topic}
            """,
            filename="template.yaml",
            files={
                "order.asl.json": '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "${Charge}", "End": true}}}'
            },
        ),
    ],
    good=[
        Example(
            """
            Resources:
              OrderFlow:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionUri: order.asl.json
                  DefinitionSubstitutions: {Charge: !GetAtt Function.Arn}
              RefundFlow:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionUri: order.asl.json
                  DefinitionSubstitutions: {Charge: !GetAtt Other.Arn}
              Function: {Type: AWS::Serverless::Function}
              Other: {Type: AWS::Serverless::Function}
            """,
            filename="template.yaml",
            files={
                "order.asl.json": '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "${Charge}", "End": true}}}'
            },
        ),
    ],
)
def substitutions_differ(definition: Definition, context: Context) -> Iterator[Finding]:
    """A definition file whose placeholder is an ARN for one state machine and a name for another.

    The placeholder stands in the same place for both, where mostly only one of the two is right. Give both a value of
    one kind, or use two placeholders.

    Evidence: where Step Functions wants an ARN (`Resource`, `TopicArn`, `StateMachineArn`), a name is refused.
    """
    wiring = definition.wiring
    if wiring is None:
        return
    for substitution in wiring.substitutions or ():
        form, name = substitution.known.form, substitution.key.value
        for use in wiring.others:
            other = next((s for s in use.substitutions if s.key.value == name), None)
            if other and form in _words and other.known.form in _words and other.known.form != form:
                resource = use.resource.value
                yield Finding(
                    f'"{name}" is {_words[form]} here and {_words[other.known.form]} for "{resource}"',
                    at=substitution.key,
                    labels=(Label(other.key, f'{_words[other.known.form]} for "{resource}"', use.template),),
                    source=wiring.template,
                )
                break
