"""State machines in Serverless Framework configurations."""

from __future__ import annotations

import textwrap

import pytest

from stepvet.sources import Definition, from_text
from stepvet.text.node import Hole, Known, Node, Object, String, plain

states = "States: {A: {Type: Task, Resource: %s, End: true}}"


def found(text: str, files: dict[str, str] | None = None) -> list[Definition]:
    return from_text(textwrap.dedent(text), "serverless.yml", files=files)


def configuration(value: str) -> str:
    return f"""\
        functions:
          charge: {{handler: a.b}}
        stepFunctions:
          stateMachines:
            flow:
              type: EXPRESS
              definition:
                StartAt: A
                {states % value}
        """


def resource(definition: Definition) -> Node | None:
    node: Node | None = definition.root
    for key in ("States", "A", "Resource"):
        node = node.get(key) if isinstance(node, Object) else None
    return node


def test_an_object_with_a_function_of_the_configuration() -> None:
    (definition,) = found(configuration("{Fn::GetAtt: [charge, Arn]}"))
    assert (definition.resource, definition.origin, definition.type) == ("flow", "serverless", "EXPRESS")
    hole = resource(definition)
    assert isinstance(hole, Hole)
    assert hole.known == Known("arn", "AWS::Lambda::Function", "charge")


@pytest.mark.parametrize("value", ["arn:aws:lambda:#{AWS::Region}:x", "arn:${self:custom.x}:y"])
def test_variables_are_gaps(value: str) -> None:
    (definition,) = found(configuration(f'"{value}"'))
    node = resource(definition)
    assert isinstance(node, String)
    assert len(node.holes) == 1


followed = [
    "stepFunctions: {stateMachines: {flow: {definition: '${file(flow.yml)}'}}}",
    "stepFunctions: {stateMachines: {flow: '${file(machines.yml):flow}'}}",
    "stepFunctions: {stateMachines: '${file(machines.yml)}'}",
    "stepFunctions: {stateMachines: ['${file(machines.yml)}']}",
    "stepFunctions: '${file(all.yml):stepFunctions}'",
    "custom: {a: {StartAt: A, States: {}}}\nstepFunctions: {stateMachines: {flow: {definition: '${self:custom.a}'}}}",
    'stepFunctions: {stateMachines: {flow: {definition: \'{"StartAt": "A", "States": {}}\'}}}',
]
files = {
    "flow.yml": "StartAt: A\nStates: {}\n",
    "machines.yml": "flow: {definition: {StartAt: A, States: {}}}\n",
    "all.yml": "stepFunctions: {stateMachines: {flow: {definition: {StartAt: A, States: {}}}}}\n",
}


@pytest.mark.parametrize("text", followed)
def test_references_are_followed(text: str) -> None:
    (definition,) = found(text, files)
    assert definition.unread is None
    assert definition.root is not None
    assert (definition.resource, plain(definition.root)) == ("flow", {"StartAt": "A", "States": {}})


unread = [
    ("stepFunctions: {stateMachines: {flow: {definition: '${file(nowhere.yml)}'}}}", "nowhere.yml does not exist"),
    ("stepFunctions: {stateMachines: {flow: {definition: '${ssm:/x}'}}}", "a variable gives it"),
    ("stepFunctions: {stateMachines: {flow: '${file(nowhere.yml):flow}'}}", "nowhere.yml does not exist"),
    ("stepFunctions: {stateMachines: {flow: {definition: '${file(no.yml):flow}'}}}", "no.yml does not exist"),
    ("stepFunctions: {stateMachines: {flow: {name: x}}}", "it has no definition"),
    (
        "stepFunctions: {stateMachines: {flow: '${self:custom.a}'}}\ncustom: {a: '${self:custom.a}'}",
        "a variable gives it",
    ),
]


@pytest.mark.parametrize(("text", "why"), unread)
def test_what_cannot_be_read_says_why(text: str, why: str) -> None:
    (definition,) = found(text, {})
    assert (definition.root, definition.unread) == (None, why)
