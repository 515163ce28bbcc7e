"""Step Functions Local's `MockConfigFile.json`: test cases by state machine, and responses that they share.

A test case names a response for each state that it mocks; a response has a `Return` or a `Throw` for each number of a
call, or for a range of them, `"0-2"`. The file's shape is checked before it comes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stepvet.run.document import Document, FileFault
from stepvet.run.services.service import Answer, ByNumber, TaskError
from stepvet.text.near import nearest
from stepvet.text.node import Json, Member, Node, Object, plain


def services_of_config(document: Document, node: Node, case: str | None) -> Mapping[str, Any] | FileFault:
    """The answers of one test case: `TestCase`, or `StateMachine#TestCase` where several machines have one."""
    chosen = _chosen(document, node, case)
    if isinstance(chosen, FileFault):
        return chosen
    responses = _member(node, "MockedResponses")
    found: dict[str, ByNumber] = {}
    for state in _members(chosen):
        name = str(plain(state.value))
        held = _member(responses, name)
        if held is None:
            known = [member.key.value for member in _members(responses)]
            return document.fault(state.value, f'there is no mocked response "{name}"{_near(name, known)}')
        answers = _by_number(document, held)
        if isinstance(answers, FileFault):
            return answers
        found[state.key.value] = answers
    return found


def _chosen(document: Document, node: Node, case: str | None) -> Node | FileFault:
    cases = list(_cases(node))
    wanted = [held for machine, name, held in cases if case in (None, name, f"{machine}#{name}")]
    if len(wanted) == 1:
        return wanted[0]
    names = [name for _, name, _ in cases]
    twice = len(set(names)) < len(names)
    known = ", ".join(f'"{machine}#{name}"' if twice else f'"{name}"' for machine, name, _ in cases) or "none"
    machines = _member(node, "StateMachines") or node
    if case is None:
        return document.fault(machines, f"choose a test case with FILE#CASE; there are {known}")
    count = "several test cases are" if wanted else "no test case is"
    return document.fault(machines, f'{count} called "{case}"; there are {known}')


def _cases(node: Node) -> Iterator[tuple[str, str, Node]]:
    for machine in _members(_member(node, "StateMachines")):
        for case in _members(_member(machine.value, "TestCases")):
            yield machine.key.value, case.key.value, case.value


def _by_number(document: Document, node: Node) -> ByNumber | FileFault:
    ranges: list[tuple[range, Answer]] = []
    for member in _members(node):
        first, _, last = member.key.value.partition("-")
        numbers = range(int(first), int(last or first) + 1)
        if not numbers:
            return document.fault(member.key, f'"{member.key.value}" runs backwards')
        ranges.append((numbers, _response(member.value)))
    return ByNumber(tuple(ranges))


def _response(node: Node) -> Answer:
    thrown = _member(node, "Throw")
    if thrown is None:
        returned = _member(node, "Return")
        return Answer(plain(returned) if returned is not None else None)
    return Answer(error=TaskError(_text(_member(thrown, "Error")), _text(_member(thrown, "Cause"))))


def _text(node: Node | None) -> str | None:
    value: Json = None if node is None else plain(node)
    return value if isinstance(value, str) else None


def _members(node: Node | None) -> list[Member]:
    return node.members if isinstance(node, Object) else []


def _member(node: Node | None, name: str) -> Node | None:
    return node.get(name) if isinstance(node, Object) else None


def _near(name: str, known: list[str]) -> str:
    like = nearest(name, known)
    return f'; did you mean "{like}"?' if like else ""
