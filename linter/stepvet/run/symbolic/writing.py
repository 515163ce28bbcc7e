"""Confirmed paths as files: a scenario file, which is a regression suite, and Step Functions Local's mock
configuration."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stepvet.run.symbolic.paths import Path
from stepvet.text.node import Json

EVERY_CALL = "0-999"
"""The calls that a single answer serves, in Step Functions Local's way to write them."""


def scenario_lines(definition: str, paths: Iterable[Path]) -> Iterator[str]:
    """The text of a scenario file: YAML whose values are written as JSON. Paths that aren't confirmed are left out."""
    yield f"definition: {_json(definition)}\n"
    yield "cases:\n"
    for number, path in enumerate((p for p in paths if p.confirmed), 1):
        yield f"  - name: {_json(case_name(number, path))}\n"
        yield f"    input: {_json(path.input)}\n"
        if path.services:
            yield f"    mocks: {_json(dict(path.services))}\n"
        expected: dict[str, Json] = {"status": path.status, "path": list(path.states)}
        if path.error is not None:
            expected["error"] = path.error
        yield f"    expect: {_json(expected)}\n"


def case_name(number: int, path: Path) -> str:
    end = path.states[-1] if path.states else "nothing"
    return f"path {number}: {path.status.lower()} in {end}"


def mock_configuration(machine: str, paths: Iterable[Path]) -> dict[str, Any]:
    """What Step Functions Local reads as its `MockConfigFile.json`."""
    cases: dict[str, dict[str, str]] = {}
    responses: dict[str, Json] = {}
    for number, path in enumerate((p for p in paths if p.confirmed), 1):
        case = f"Path{number}"
        cases[case] = {}
        for position, (state, answers) in enumerate(sorted(path.services.items()), 1):
            name = f"{case}-{position}"
            cases[case][state] = name
            responses[name] = dict(_calls(answers))
    return {"StateMachines": {machine: {"TestCases": cases}}, "MockedResponses": responses}


def _calls(answers: Json) -> Iterator[tuple[str, Json]]:
    if isinstance(answers, list):
        yield from ((str(number), _response(answer)) for number, answer in enumerate(answers))
    else:
        yield EVERY_CALL, _response(answers)


def _response(answer: Json) -> Json:
    told: Mapping[str, Json] = answer if isinstance(answer, dict) else {}
    error = told.get("errorOutput")
    if isinstance(error, dict):
        return {"Throw": {"Error": error.get("error"), "Cause": error.get("cause")}}
    return {"Return": told.get("result")}


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
