"""Mocks files: our own (YAML or JSON), Step Functions Local's `MockConfigFile.json`, TestState's mock shape.

They are told apart by what they hold. In ours, state name → answer or list of answers, `result` is the value itself and
`python: module:function` a handler; an answer may take `seconds` of virtual time, of which at most `silence` passes
without a heartbeat. In a TestState mock, which is one answer, `result` is JSON text.

Invariant: what is wrong with a file is a `FileFault` at its place, never an exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stepvet.asl.json_text import read_json
from stepvet.run.document import Document, FileFault, read_document
from stepvet.run.services.lambda_handler import HandlerFault, load_handler
from stepvet.run.services.mock_config import services_of_config
from stepvet.run.services.schema import CONFIG, SCHEMA, SINGLE
from stepvet.text.node import Array, Node, Object, String, plain

Mocks = Mapping[str, Any]
"""What `services` takes: state name → answer, list of answers or callable."""

_SINGLE_KEYS = frozenset({"result", "errorOutput", "fieldValidationMode"})


@dataclass(frozen=True, slots=True)
class SingleMock:
    """A TestState mock: for the one state that is tested, or for every task."""

    mock: Mapping[str, Any]


def read_mocks(path: Path, case: str | None = None) -> Mocks | SingleMock | FileFault:
    """The mocks of a file. `case` chooses a test case of a MockConfigFile: `TestCase`, or `StateMachine#TestCase`."""
    document = read_document(path)
    return document if isinstance(document, FileFault) else mocks_in(document, document.root, case)


def mocks_in(document: Document, node: Node, case: str | None = None) -> Mocks | SingleMock | FileFault:
    """The mocks that stand at a node of a document."""
    names = set(node.keys()) if isinstance(node, Object) else set()
    if names >= {"StateMachines", "MockedResponses"}:
        return document.check(node, CONFIG, "the file") or services_of_config(document, node, case)
    if case is not None:
        return document.fault(node, f'there is no test case "{case}", as this is no MockConfigFile')
    if names & {"result", "errorOutput"} and names <= _SINGLE_KEYS:
        return document.check(node, SINGLE, "the mock") or _single(document, node)
    return document.check(node, SCHEMA, "mocks") or _by_state(document, node)


def _single(document: Document, node: Node) -> SingleMock | FileFault:
    result = node.get("result") if isinstance(node, Object) else None
    mock = plain(node)
    assert isinstance(mock, dict)
    if not isinstance(result, String):
        return SingleMock(mock)
    try:
        return SingleMock({**mock, "result": read_json(result.value)})
    except (ValueError, RecursionError):
        return document.fault(result, "the result of a TestState mock must be JSON text")


def _by_state(document: Document, node: Node) -> Mocks | FileFault:
    found: dict[str, Any] = {}
    for member in node.members if isinstance(node, Object) else ():
        answers = _answers(document, member.value)
        if isinstance(answers, FileFault):
            return answers
        found[member.key.value] = answers
    return found


def _answers(document: Document, node: Node) -> Any | FileFault:
    if not isinstance(node, Array):
        return _answer(document, node)
    answers = [_answer(document, item) for item in node.items]
    return next((answer for answer in answers if isinstance(answer, FileFault)), answers)


def _answer(document: Document, node: Node) -> Any | FileFault:
    named = node.get("python") if isinstance(node, Object) else None
    if not isinstance(named, String):
        return plain(node)
    handler = load_handler(named.value, document.folder)
    return document.fault(named, handler.message) if isinstance(handler, HandlerFault) else handler
