"""Scenario files `*.stepvet.yaml`: a definition, cases with input, mocks and expectations, a coverage to reach.

Here a file becomes `Scenario` values and a case is run. Finding the files, reading the definition and printing are the
command's matter, comparing is `run.expectation`'s.

Invariant: what is wrong with a file is a `FileFault` at its place, never an exception.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stepvet.asl.model import MachineType, StateMachine
from stepvet.run.concrete.execution import Execution, Settings, execute
from stepvet.run.document import Document, FileFault, read_document
from stepvet.run.scenarios.expectation import Mismatch, mismatches
from stepvet.run.scenarios.schema import SCHEMA
from stepvet.run.services.mocks import Mocks, SingleMock, mocks_in, read_mocks
from stepvet.run.services.service import MissingMock
from stepvet.text.near import nearest
from stepvet.text.node import Array, Json, Node, Object, String, plain


@dataclass(frozen=True, slots=True)
class Case:
    """`expect` may be empty: then the run has to succeed. `places` has `file:line:column` of each expectation, and of
    the case under the empty name."""

    name: str
    given: Json
    mocks: Mocks
    expect: Mapping[str, Json]
    context: Mapping[str, Json] = field(default_factory=dict)
    variables: Mapping[str, Json] = field(default_factory=dict)
    seed: int = 0
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """`definition` is the file, with its `#resource`, seen from the scenario's folder; `coverage` has percentages."""

    document: Document
    definition: str
    cases: tuple[Case, ...]
    coverage: Mapping[str, float] = field(default_factory=dict)
    type: MachineType | None = None

    def fault(self, member: str, message: str) -> FileFault:
        """A fault at one of the scenario's own members."""
        return self.document.fault(_member(self.document.root, member) or self.document.root, message)


@dataclass(frozen=True, slots=True)
class Result:
    """A case that was run. It has no execution where a task had no answer, and `missing` says which to add. `failed_at`
    is the place in the user's definition where the execution failed, for those who can tell."""

    case: Case
    mismatches: tuple[Mismatch, ...] = ()
    execution: Execution | None = None
    missing: str | None = None
    failed_at: str | None = None

    @property
    def passed(self) -> bool:
        return not self.mismatches and self.missing is None


def read_scenario(path: Path) -> Scenario | FileFault:
    document = read_document(path)
    if isinstance(document, FileFault):
        return document
    return document.check(document.root, SCHEMA, "the scenario") or _scenario(document)


def _scenario(document: Document) -> Scenario | FileFault:
    root = document.root
    shared = _mocks(document, _member(root, "mocks"))
    if isinstance(shared, FileFault):
        return shared
    held = _member(root, "cases")
    cases: list[Case] = []
    for number, node in enumerate(held.items if isinstance(held, Array) else (), 1):
        own = _mocks(document, _member(node, "mocks"))
        if isinstance(own, FileFault):
            return own
        cases.append(_case(document, node, number, {**shared, **own}))
    value: dict[str, Any] = _plain(root)
    return Scenario(document, value["definition"], tuple(cases), value.get("coverage", {}), value.get("type"))


def _mocks(document: Document, node: Node | None) -> Mocks | FileFault:
    """A mapping, or the name of a mocks file (`FILE`, `FILE#CASE`)."""
    if node is None:
        return {}
    if isinstance(node, String):
        name, _, case = node.value.partition("#")
        if not (document.folder / name).is_file():
            return document.fault(node, f'there is no mocks file "{name}"')
        found = read_mocks(document.folder / name, case or None)
    else:
        found = mocks_in(document, node)
    if isinstance(found, SingleMock):
        return document.fault(node, "mocks are a mapping from state names to answers")
    return found


def _case(document: Document, node: Node, number: int, mocks: Mocks) -> Case:
    value: dict[str, Any] = _plain(node)
    expect = _member(node, "expect")
    places = {m.key.value: document.place(m.value) for m in expect.members} if isinstance(expect, Object) else {}
    return Case(
        name=value.get("name", f"case {number}"),
        given=value.get("input", {}),
        mocks=mocks,
        expect=value.get("expect", {}),
        context=value.get("context", {}),
        variables=value.get("variables", {}),
        seed=value.get("seed", 0),
        places={"": document.place(node), **places},
    )


def _member(node: Node, name: str) -> Node | None:
    return node.get(name) if isinstance(node, Object) else None


def _plain(node: Node) -> dict[str, Any]:
    value = plain(node)
    return value if isinstance(value, dict) else {}


def unknown_state(scenario: Scenario, machine: StateMachine) -> FileFault | None:
    """A mock in the scenario itself for a state that the machine doesn't have."""
    names = [state.name for state in machine.states()]
    for mocks in _inline_mocks(scenario.document.root):
        for member in mocks.members:
            if member.key.value not in names:
                like = nearest(member.key.value, names)
                hint = f'; did you mean "{like}"?' if like else ""
                return scenario.document.fault(member.key, f'no state is called "{member.key.value}"{hint}')
    return None


def _inline_mocks(root: Node) -> Iterator[Object]:
    cases = _member(root, "cases")
    for holder in (root, *(cases.items if isinstance(cases, Array) else ())):
        mocks = _member(holder, "mocks")
        if isinstance(mocks, Object) and "MockedResponses" not in mocks.keys():  # noqa: SIM118 not a dict
            yield mocks


def run_case(machine: StateMachine, case: Case) -> Result:
    settings = Settings(case.mocks, case.context, case.variables, machine.type, case.seed)
    try:
        execution = execute(machine, case.given, settings)
    except MissingMock as missing:
        return Result(case, missing=str(missing))
    return Result(case, tuple(mismatches(case.expect, execution)), execution)
