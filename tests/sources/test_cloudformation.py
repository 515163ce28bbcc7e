"""State machines in SAM, CloudFormation and CDK templates."""

from __future__ import annotations

import json
import textwrap

import pytest

from stepvet.sources import Definition, from_text
from stepvet.sources.reading import nodes
from stepvet.text.inner import resolve_at
from stepvet.text.node import Hole, Inside, Known, Node, Object, String, plain
from stepvet.text.source import Span

machine = {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn", "End": True}}}


def only(text: str, filename: str = "template.yaml", files: dict[str, str] | None = None) -> Definition:
    (definition,) = from_text(textwrap.dedent(text), filename, files=files)
    return definition


def resource_of(definition: Definition) -> Node:
    node: Node | None = definition.root
    for key in ("States", "A", "Resource"):
        assert isinstance(node, Object)
        node = node.get(key)
    assert node is not None
    return node


def known(definition: Definition) -> Known:
    node = resource_of(definition)
    return node.known if isinstance(node, Hole) else node.holes[0].known  # type: ignore[union-attr]


def wrapped(property: str, kind: str = "AWS::StepFunctions::StateMachine") -> str:
    return (
        f"Resources:\n  Flow:\n    Type: {kind}\n    Properties:\n"
        + textwrap.indent(textwrap.dedent(property), "      ")
        + "  Charge: {Type: AWS::Serverless::Function}\n"
    )


inline = [
    "Definition: {StartAt: A, States: {A: {Type: Task, Resource: arn, End: true}}}\n",
    f"DefinitionString: '{json.dumps(machine)}'\n",
    f"DefinitionString: |\n  {json.dumps(machine)}\n",
    f"DefinitionString: >\n  {json.dumps(machine)}\n",
    f"DefinitionString: !Sub '{json.dumps(machine)}'\n",
    f"DefinitionString: {json.dumps(json.dumps(machine))}\n",
    'DefinitionString: !Join [\'\', [\'{"StartAt": "A", \', \'"States": {"A": {"Type": "Task", "Resource": "arn",\''
    ", ' \"End\": true}}}']]\n",
    "DefinitionString: {'Fn::ToJsonString': {StartAt: A, States: {A: {Type: Task, Resource: arn, End: true}}}}\n",
    "DefinitionString: !If [Cond, !Ref AWS::NoValue, '" + json.dumps(machine) + "']\n",
]


@pytest.mark.parametrize("property", inline)
def test_every_embedding_gives_the_same_tree(property: str) -> None:
    definition = only(wrapped(property))
    assert definition.faults == ()
    assert definition.root is not None
    assert plain(definition.root) == machine
    assert (definition.file, definition.resource, definition.type) == ("template.yaml", "Flow", "STANDARD")


@pytest.mark.parametrize("property", inline)
def test_every_span_slices_back_through_the_embedding(property: str) -> None:
    definition = only(wrapped(property))
    assert definition.root is not None
    for node in nodes(definition.root):
        if isinstance(node, String):
            at = Inside(node, Span(0, len(node.value)))
            file, span = definition.source.resolve(resolve_at(at, definition.source))
            assert file.text[span.start : span.end] == node.value


references = [
    ("!GetAtt Charge.Arn", Known("arn", "AWS::Lambda::Function", "Charge")),
    ("{'Fn::GetAtt': [Charge, Arn]}", Known("arn", "AWS::Lambda::Function", "Charge")),
    ("!Ref Charge", Known("name", "AWS::Lambda::Function", "Charge")),
    ("!Sub '${Charge.Arn}'", Known("arn", "AWS::Lambda::Function", "Charge")),
    ("!Sub '${Charge.Arn}:live'", Known("arn", "AWS::Lambda::Function", "Charge")),
    ("!Sub ['${X}', {X: !GetAtt Charge.Arn}]", Known("arn", "AWS::Lambda::Function", "Charge")),
    ("!Join [':', [!GetAtt Charge.Arn, live]]", Known("arn", "AWS::Lambda::Function", "Charge")),
    ("!Sub 'arn:${AWS::Partition}:x'", Known("id", value="aws")),
    ("!ImportValue x", Known()),
    ("!If [a, b, c]", Known()),
    ("!Unheard [of]", Known()),
]


@pytest.mark.parametrize(("value", "expected"), references)
def test_holes_know_what_the_template_says(value: str, expected: Known) -> None:
    property = f"Definition: {{StartAt: A, States: {{A: {{Type: Task, Resource: {value}, End: true}}}}}}\n"
    assert known(only(wrapped(property))) == expected


@pytest.mark.parametrize(("value", "expected"), references)
def test_substitutions_tell_what_the_placeholders_are(value: str, expected: Known) -> None:
    text = json.dumps(machine).replace("arn", "${Arn}")
    property = f"DefinitionUri: a.asl.json\nDefinitionSubstitutions:\n  Arn: {value}\n"
    definition = only(wrapped(property, "AWS::Serverless::StateMachine"), files={"a.asl.json": text})
    found = known(definition)
    assert found == expected or found.form == "string"
    assert definition.source.file == "a.asl.json"
    assert definition.wiring is not None
    assert [p.name for p in definition.wiring.placeholders] == ["Arn"]


def test_references_in_a_substituted_text_know_where_they_stand() -> None:
    property = "DefinitionString: !Sub |\n  " + json.dumps(machine).replace("arn", "${Charge.Arn}") + "\n"
    text = wrapped(property)
    definition = only(text)
    assert known(definition) == Known("arn", "AWS::Lambda::Function", "Charge")
    file, span = definition.source.resolve(resource_of(definition).span)
    assert file.text[span.start : span.end] == '"${Charge.Arn}"'


def test_a_join_maps_each_character_to_its_piece() -> None:
    pieces = [
        '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"',
        {"Fn::GetAtt": ["Charge", "Arn"]},
        '","End":true}}}',
    ]
    template = {
        "Resources": {
            "Flow": {
                "Type": "AWS::StepFunctions::StateMachine",
                "Properties": {"DefinitionString": {"Fn::Join": ["", pieces]}, "StateMachineType": "EXPRESS"},
                "Metadata": {"aws:cdk:path": "Stack/Flow/Resource"},
            },
            "Charge": {"Type": "AWS::Lambda::Function"},
        }
    }
    text = json.dumps(template, indent=1)
    definition = only(text, "stack.template.json")
    assert (definition.origin, definition.type, definition.faults) == ("cdk", "EXPRESS", ())
    assert known(definition) == Known("arn", "AWS::Lambda::Function", "Charge")
    root = definition.root
    assert isinstance(root, Object)
    file, span = definition.source.resolve(root.members[1].key.span)
    assert file.text[span.start : span.end] == '\\"States\\"'


unread = [
    ("DefinitionUri: s3://bucket/key\n", "it is in S3"),
    ("DefinitionUri: {Bucket: b, Key: k}\n", "it is in S3"),
    ("DefinitionS3Location: {Bucket: b, Key: k}\n", "it is in S3"),
    ("DefinitionUri: !Sub '${Path}/a.json'\n", "its path is known at deployment only"),
    ("DefinitionUri: nowhere.json\n", "nowhere.json does not exist"),
    ("DefinitionString: !Ref Text\n", "Ref gives it at deployment"),
    ("DefinitionString: !Sub '${Text}'\n", "a placeholder stands for it"),
    ("DefinitionString: 5\n", "it is no text"),
    ("Name: x\n", "the resource has no definition"),
    ("Definition: {'Fn::Transform': {Name: AWS::Include}}\n", "Fn::Transform gives it at deployment"),
]


@pytest.mark.parametrize(("property", "why"), unread)
def test_what_cannot_be_read_says_why(property: str, why: str) -> None:
    definition = only(wrapped(property), files={})
    assert (definition.root, definition.unread, definition.faults) == (None, why, ())


def test_machines_in_loops_and_conditions() -> None:
    text = """\
        Transform: AWS::LanguageExtensions
        Resources:
          Fn::ForEach::Flows:
            - Name
            - [a, b]
            - Flow${Name}:
                Type: AWS::StepFunctions::StateMachine
                Properties: !If [Cond, {DefinitionString: '{}', StateMachineType: EXPRESS}, !Ref AWS::NoValue]
        """
    definition = only(text)
    assert (definition.resource, definition.type) == ("Flow${Name}", "EXPRESS")


def test_what_resolves_to_nothing() -> None:
    property = (
        "DefinitionSubstitutions: {A: !Ref Chrage, B: !Sub '${Chrage.Arn}', C: !Ref AWS::Region, D: !Ref ChargeRole}\n"
    )
    definition = only(wrapped(property, "AWS::Serverless::StateMachine"))
    assert definition.wiring is not None
    assert [(u.name, u.how) for u in definition.wiring.unresolved] == [("Chrage", "Ref"), ("Chrage", "Fn::Sub")]


def test_with_macros_everything_may_resolve() -> None:
    property = "DefinitionSubstitutions: {A: !Ref Chrage}\n"
    definition = only("Transform: [MyMacro]\n" + wrapped(property))
    assert definition.wiring is not None
    assert definition.wiring.unresolved == ()


def test_a_file_that_two_machines_use() -> None:
    text = wrapped("DefinitionUri: a.json\n", "AWS::Serverless::StateMachine") + (
        "  Second: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: a.json}}\n"
    )
    first, second = from_text(text, "template.yaml", files={"a.json": json.dumps(machine)})
    assert first.wiring is not None and second.wiring is not None
    assert ([u.resource.value for u in first.wiring.others], [u.resource.value for u in second.wiring.others]) == (
        [],
        ["Flow"],
    )


broken = [
    ("  Other: x: y\n", ["Flow", None]),
    ("  Other:\n    {% if x %}\n", ["Flow"]),
    ("  Other: {a: 1, a: 2}\n", ["Flow"]),
    ("  Other: 2020-01-01\n", ["Flow"]),
]


@pytest.mark.parametrize(("line", "resources"), broken)
def test_a_template_that_breaks_off_says_so_once(line: str, resources: list[str | None]) -> None:
    found = from_text(wrapped("DefinitionUri: s3://bucket/key\n") + line, "template.yaml")
    assert [d.resource for d in found] == resources
    assert [len(d.faults) for d in found] == [0 if d.resource else 1 for d in found]
