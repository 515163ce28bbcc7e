"""A placeholder that the template gives no value."""

import re
from collections.abc import Iterator

from stepvet.api import (
    Context,
    Definition,
    Example,
    Finding,
    Fix,
    Hole,
    Inside,
    Label,
    SetValue,
    Severity,
    nearest,
    rule,
)

_name = re.compile(r"[A-Za-z_][\w.:-]*")
_terraform_names = re.compile(r"[A-Za-z_]\w*")


@rule(
    "placeholder-undefined",
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
                  DefinitionSubstitutions: {ChargeArn: !GetAtt Charge.Arn}
                  Definition:
                    StartAt: Charge
                    States:
                      Charge:
                        Type: Task
                        Resource: "${ChargeArm}"
                                  ^^^^^^^^^^^^^^ the template gives "${ChargeArm}" no value
                        End: true
              Charge: {Type: AWS::Serverless::Function}
            """,
            fixed="""
            Resources:
              OrderFlow:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionSubstitutions: {ChargeArn: !GetAtt Charge.Arn}
                  Definition:
                    StartAt: Charge
                    States:
                      Charge:
                        Type: Task
                        Resource: "${ChargeArn}"
                        End: true
              Charge: {Type: AWS::Serverless::Function}
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
                  DefinitionSubstitutions: {ChargeArn: !GetAtt Charge.Arn}
                  Definition:
                    StartAt: Charge
                    States:
                      Charge: {Type: Task, Resource: "${ChargeArn}", End: true}
              Charge: {Type: AWS::Serverless::Function}
            """,
            filename="template.yaml",
        ),
        Example('{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Arn}", "End": true}}}'),
        Example(
            """
            Resources:
              OrderFlow:
                Type: AWS::StepFunctions::StateMachine
                Properties:
                  DefinitionString: !Sub |
                    {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "costs ${!Amount}", "End": true}}}
            """,
            filename="template.yaml",
        ),
    ],
)
def placeholder_undefined(definition: Definition, context: Context) -> Iterator[Finding]:
    """A `${placeholder}` of a definition that the template using it doesn't define.

    It reaches Step Functions as it is written, so the state gets the text "${name}" where it wants a value. Terraform
    refuses to render such a template. Define the name under `DefinitionSubstitutions` (SAM, CloudFormation) or among
    the variables of `templatefile`. A definition that is checked without its template is not judged; and `${!name}`,
    which `Fn::Sub` leaves as `${name}`, is a text like any other where the resource has no `DefinitionSubstitutions`.

    Evidence: CloudFormation replaces the keys of `DefinitionSubstitutions` and nothing else; neither `AWS::Region` nor
    a resource's name is filled in there.
    """
    wiring = definition.wiring
    if wiring is None or wiring.substitutions is None or definition.root is None:
        return
    terraform = definition.origin == "terraform"
    pattern = _terraform_names if terraform else _name
    keys = {s.key.value: s.key for s in wiring.substitutions}
    for placeholder in wiring.placeholders:
        name, at = placeholder.name, placeholder.at
        literal = placeholder.escaped and not keys
        if literal or name in keys or not pattern.fullmatch(name):
            continue
        near = nearest(name, keys)
        meant = f"${{{near}}}"
        yield Finding(
            f'the template gives "${{{name}}}" no value',
            at=at,
            labels=(Label(keys[near], f'it defines "{near}"', wiring.template),) if near else (),
            help=f'did you mean "{meant}"?' if near else None,
            fix=Fix(f'write "{meant}"', (SetValue(at, meant),)) if near and _is_text(at) else None,
            severity=Severity.ERROR if terraform else None,
        )


def _is_text(at: object) -> bool:
    """Not a placeholder without quotes, in whose place a text would get some."""
    return isinstance(at, Inside) or (isinstance(at, Hole) and at.span.end - at.span.start > len(at.text))
