"""Scenario files `*.stepvet.yaml`: a definition, cases with input, mocks and expectations, a coverage to reach.

Here a file becomes `Scenario` values and a case's execution is compared with what it expects. Finding the files,
reading the definition and printing are the command's matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stepvet.asl.comparison import is_number
from stepvet.asl.json_text import json_text
from stepvet.asl.model import StateMachine
from stepvet.run.execution import Execution, Settings, execute
from stepvet.run.mocks import MockFault, Mocks, SingleMock, mocks_of, read_data, read_mocks
from stepvet.run.services import MissingMock
from stepvet.text.near import nearest
from stepvet.text.node import Json

FILE_KEYS = ("definition", "mocks", "cases", "coverage", "type")
CASE_KEYS = ("name", "input", "mocks", "expect", "context", "variables", "seed")
EXPECT_KEYS = ("status", "output", "error", "cause", "path")
COVERAGE_KEYS = ("states", "choices", "catchers", "retriers")


@dataclass(frozen=True, slots=True)
class Case:
    """`expect` may be empty: then the run has to succeed."""

    name: str
    given: Json
    mocks: Mocks
    expect: Mapping[str, Json]
    context: Mapping[str, Json] = field(default_factory=dict)
    variables: Mapping[str, Json] = field(default_factory=dict)
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """`definition` is the file, with its `#resource`, as seen from the scenario's folder; `coverage` percentages."""

    path: Path
    definition: str
    cases: tuple[Case, ...]
    coverage: Mapping[str, float] = field(default_factory=dict)
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A case that was run: `failures` say in a line each what is not as expected; none where it passed."""

    case: Case
    failures: tuple[str, ...]
    execution: Execution | None


def read_scenario(path: Path) -> Scenario | MockFault:
    value = read_data(path)
    if isinstance(value, MockFault):
        return value
    fault = _unknown(value, FILE_KEYS, "the scenario file") or _missing(value)
    if fault is not None:
        return fault
    shared = _mocks(value.get("mocks"), path.parent)
    if isinstance(shared, MockFault):
        return shared
    cases = [_case(number, given, shared, path.parent) for number, given in enumerate(value["cases"], 1)]
    broken = next((case for case in cases if isinstance(case, MockFault)), None)
    if broken is not None:
        return broken
    asked = value.get("coverage") or {}
    fault = _unknown(asked, COVERAGE_KEYS, "coverage")
    if fault is not None or not all(is_number(percent) for percent in asked.values()):
        return fault or MockFault("coverage has a percentage for each of states, choices, catchers and retriers")
    whole = tuple(case for case in cases if not isinstance(case, MockFault))
    return Scenario(path, str(value["definition"]), whole, asked, value.get("type"))


def _missing(value: Mapping[str, Any]) -> MockFault | None:
    if not isinstance(value.get("definition"), str):
        return MockFault("a scenario file names its definition: `definition: FILE` or `FILE#RESOURCE`")
    cases = value.get("cases")
    if not isinstance(cases, list) or not cases:
        return MockFault("a scenario file has a list of cases")
    return None


def _unknown(value: Any, known: tuple[str, ...], where: str) -> MockFault | None:
    if not isinstance(value, Mapping):
        return MockFault(f"{where} must be a mapping")
    for key in value:
        if key not in known:
            like = nearest(str(key), known)
            hint = f'; did you mean "{like}"?' if like else ""
            return MockFault(f'"{key}" is not known in {where}{hint}')
    return None


def _mocks(value: Any, folder: Path) -> Mocks | MockFault:
    """A mapping, or the name of a mocks file (`FILE`, `FILE#CASE`)."""
    if value is None:
        return {}
    if isinstance(value, str):
        name, _, case = value.partition("#")
        found = read_mocks(folder / name, case or None)
    else:
        found = mocks_of(value, folder)
    if isinstance(found, SingleMock):
        return MockFault("mocks are a mapping from state names to answers")
    return found


def _case(number: int, given: Any, shared: Mocks, folder: Path) -> Case | MockFault:
    where = f"case {number}"
    fault = _unknown(given, CASE_KEYS, where)
    if fault is not None:
        return fault
    expect = given.get("expect") or {}
    own = _mocks(given.get("mocks"), folder)
    fault = _unknown(expect, EXPECT_KEYS, f"the expectations of {where}") or (
        own if isinstance(own, MockFault) else None
    )
    if fault is not None or isinstance(own, MockFault):
        return fault or MockFault("")
    return Case(
        name=str(given.get("name", where)),
        given=given.get("input", {}),
        mocks={**shared, **own},
        expect=expect,
        context=given.get("context") or {},
        variables=given.get("variables") or {},
        seed=int(given.get("seed") or 0),
    )


def run_case(machine: StateMachine, case: Case) -> Result:
    settings = Settings(case.mocks, case.context, case.variables, machine.type, case.seed)
    try:
        execution = execute(machine, case.given, settings)
    except MissingMock as missing:
        return Result(case, (str(missing),), None)
    return Result(case, tuple(_failures(case.expect, execution)), execution)


def _failures(expect: Mapping[str, Json], execution: Execution) -> Iterator[str]:
    wanted = {"status": "FAILED" if "error" in expect else "SUCCEEDED", **expect}
    found: dict[str, Json] = {
        "status": execution.status,
        "output": execution.output,
        "error": execution.error,
        "cause": execution.cause,
        "path": [entry["state"] for entry in execution.trace if entry["event"] == "entered"],
    }
    for name, value in wanted.items():
        if not same(value, found[name]):
            yield f"{name}: expected {json_text(value)}, got {json_text(found[name])}{_why(name, execution)}"


def _why(name: str, execution: Execution) -> str:
    told = execution.error if name == "status" and execution.error else None
    return f" ({told}: {execution.cause})" if told else ""


def same(one: Json, other: Json) -> bool:
    """JSON equality: 1 is 1.0, true is no number.

    >>> same({"a": [1]}, {"a": [1.0]}), same(1, True)
    (True, False)
    """
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if is_number(one) and is_number(other):
        return one == other
    return type(one) is type(other) and one == other
