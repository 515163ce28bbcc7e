"""Mock files: our own (YAML or JSON), Step Functions Local's `MockConfigFile.json`, TestState's mock shape.

They are told apart by what they hold. In ours, state name → answer or list of answers, `result` is the value itself and
`python: module:function` a handler; an answer may take `seconds` of virtual time, of which at most `silence` passes
without a heartbeat. In a TestState mock, which is one answer, `result` is JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stepvet.run.handler import HandlerFault, load_handler
from stepvet.run.services import Answer, ByNumber, TaskError
from stepvet.text.near import nearest
from stepvet.text.node import plain
from stepvet.text.yaml import read_yaml

Mocks = Mapping[str, Any]
"""What `services` takes: state name → answer, list of answers or callable."""

ANSWER_KEYS = ("result", "errorOutput", "python", "seconds", "silence")


@dataclass(frozen=True, slots=True)
class MockFault:
    """Why a mocks file can't be used."""

    message: str


@dataclass(frozen=True, slots=True)
class SingleMock:
    """A TestState mock: for the one state that is tested, or for every task."""

    mock: Mapping[str, Any]


def read_mocks(path: Path, case: str | None = None) -> Mocks | SingleMock | MockFault:
    """The mocks of a file. `case` chooses a test case of a MockConfigFile: `TestCase`, or `StateMachine#TestCase`."""
    value = read_data(path)
    return value if isinstance(value, MockFault) else mocks_of(value, path.parent, case)


def read_data(path: Path) -> Any | MockFault:
    """The plain value of a YAML or JSON file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        return MockFault(f'"{path}" can\'t be read: {error.strerror}')
    except UnicodeDecodeError:
        return MockFault(f'"{path}" is no UTF-8 text')
    if path.suffix == ".json":
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            return MockFault(f'"{path}" is no JSON: {error}')
    reading = read_yaml(text)
    if reading.faults:
        return MockFault(f'"{path}" is no YAML: {reading.faults[0].message}')
    return plain(reading.root) if reading.root is not None else {}


def mocks_of(value: Any, folder: Path, case: str | None = None) -> Mocks | SingleMock | MockFault:
    if not isinstance(value, Mapping):
        return MockFault("mocks are a mapping from state names to answers")
    if "StateMachines" in value and "MockedResponses" in value:
        return _from_config(value, case)
    if value.keys() & {"result", "errorOutput"} and not value.keys() - {"result", "errorOutput", "fieldValidationMode"}:
        return _single(value)
    found: dict[str, Any] = {}
    for name, given in value.items():
        answers = _answers(str(name), given, folder)
        if isinstance(answers, MockFault):
            return answers
        found[str(name)] = answers
    return found


def _single(value: Mapping[str, Any]) -> SingleMock | MockFault:
    result = value.get("result")
    if not isinstance(result, str):
        return SingleMock(value)
    try:
        return SingleMock({**value, "result": json.loads(result)})
    except (ValueError, RecursionError):
        return MockFault("the result of a TestState mock must be JSON text")


def _answers(name: str, given: Any, folder: Path) -> Any | MockFault:
    if not isinstance(given, list):
        return _answer(name, given, folder)
    answers = [_answer(name, one, folder) for one in given]
    return next((a for a in answers if isinstance(a, MockFault)), answers)


def _answer(name: str, given: Any, folder: Path) -> Any | MockFault:
    if not isinstance(given, Mapping):
        return MockFault(
            f'the mock of "{name}" must be {{result: …}}, {{errorOutput: …}} or {{python: module:function}}'
        )
    for key in given:
        if key not in ANSWER_KEYS:
            like = nearest(str(key), ANSWER_KEYS)
            hint = f'; did you mean "{like}"?' if like else ""
            return MockFault(f'"{key}" is not known in the mock of "{name}"{hint}')
    if len(given.keys() & {"result", "errorOutput", "python"}) != 1:
        return MockFault(f'the mock of "{name}" must have one of result, errorOutput and python')
    if "python" not in given:
        return dict(given)
    handler = load_handler(str(given["python"]), folder)
    return MockFault(f'the mock of "{name}": {handler.message}') if isinstance(handler, HandlerFault) else handler


def _from_config(config: Mapping[str, Any], case: str | None) -> Mocks | MockFault:
    chosen = _chosen_case(config, case)
    if isinstance(chosen, MockFault):
        return chosen
    responses = config["MockedResponses"]
    found: dict[str, ByNumber] = {}
    for state, name in chosen.items():
        held = responses.get(name) if isinstance(responses, Mapping) else None
        if not isinstance(held, Mapping):
            return MockFault(f'there is no mocked response "{name}", which the state "{state}" uses')
        ranges = [_numbered(key, response) for key, response in held.items()]
        broken = next((r for r in ranges if isinstance(r, MockFault)), None)
        if broken is not None:
            return broken
        found[str(state)] = ByNumber(tuple(r for r in ranges if not isinstance(r, MockFault)))
    return found


def _chosen_case(config: Mapping[str, Any], case: str | None) -> Mapping[str, Any] | MockFault:
    cases = dict(_cases(config["StateMachines"]))
    wanted = [c for c in cases if case is None or c == case or c.partition("#")[2] == case]
    if len(wanted) == 1:
        return cases[wanted[0]]
    known = ", ".join(f'"{name.partition("#")[2]}"' for name in cases) or "none"
    if case is None:
        return MockFault(f"choose a test case of the mocks file with FILE#CASE; there are {known}")
    return MockFault(f'the mocks file has {"no" if not wanted else "several"} test case "{case}"; there are {known}')


def _cases(machines: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for machine, held in machines.items() if isinstance(machines, Mapping) else ():
        cases = held.get("TestCases") if isinstance(held, Mapping) else None
        for name, states in cases.items() if isinstance(cases, Mapping) else ():
            if isinstance(states, Mapping):
                yield f"{machine}#{name}", states


def _numbered(key: Any, response: Any) -> tuple[range, Answer] | MockFault:
    first, _, last = str(key).partition("-")
    if not first.isdigit() or (last and not last.isdigit()) or not isinstance(response, Mapping):
        return MockFault(f'"{key}" is no number or range of numbers with a Return or a Throw')
    numbers = range(int(first), int(last or first) + 1)
    if "Throw" in response:
        told = response["Throw"] if isinstance(response["Throw"], Mapping) else {}
        return numbers, Answer(error=TaskError(told.get("Error"), told.get("Cause")))
    return numbers, Answer(response.get("Return"))
