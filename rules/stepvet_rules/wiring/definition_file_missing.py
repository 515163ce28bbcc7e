"""A template that refers to a definition file that isn't there."""

from collections.abc import Iterator

from stepvet.api import Context, Definition, Example, Finding, Fix, SetValue, Severity, is_known, rule


@rule(
    "definition-file-missing",
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
                  DefinitionUri: flows/order.asl.json
                                 ^^^^^^^^^^^^^^^^^^^^ the definition file "flows/order.asl.json" does not exist
            """,
            filename="template.yaml",
            files={},
        ),
        Example(
            """
            Resources:
              OrderFlow:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionUri: order.asl.json
                                 ^^^^^^^^^^^^^^ the definition file is called "Order.asl.json", not "order.asl.json"
            """,
            fixed="""
            Resources:
              OrderFlow:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionUri: Order.asl.json
            """,
            filename="template.yaml",
            files={"Order.asl.json": '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}'},
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
            """,
            filename="template.yaml",
            files={"order.asl.json": '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}'},
        ),
    ],
)
def definition_file_missing(definition: Definition, context: Context) -> Iterator[Finding]:
    """A definition file that a template names and that does not exist, or not in this letter case.

    The template can't be packaged. A name that differs in letter case alone works on the author's machine, if its file
    system doesn't tell case apart, and fails on the build server. Files that git ignores may be made by a build and are
    not reported.

    Evidence: SAM, CloudFormation's packaging and Terraform read the file when they package or plan, and stop without
    it.
    """
    wiring = definition.wiring
    if wiring is None or wiring.missing is None:
        return
    missing = wiring.missing
    at = missing.at
    if missing.near is None:
        yield Finding(f'the definition file "{missing.path}" does not exist', at=at, source=wiring.template)
        return
    folder, slash, name = missing.path.rpartition("/")
    fix = None
    if is_known(at):
        change = SetValue(at, f"{folder}{slash}{missing.near}")
        fix = Fix(f'call it "{missing.near}"', (change,), "safe", source=wiring.template)
    message = f'the definition file is called "{missing.near}", not "{name}"'
    yield Finding(message, at=at, source=wiring.template, fix=fix)
