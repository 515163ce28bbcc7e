"""What a case expects of its execution, held against what came of it: one mismatch for each field, with differences.

Values are compared as JSON: 1 is 1.0, true is no number, the order of members means nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from stepvet.asl.comparison import is_number
from stepvet.asl.json_text import json_text
from stepvet.run.concrete.execution import Execution
from stepvet.text.node import Json

LONGEST = 200
"""Characters of a value that a message shows."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """`field` is the expectation's; `differences` say in a line each where the values part."""

    field: str
    expected: Json
    found: Json
    differences: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        return f"{self.field}: expected {shown(self.expected)}, got {shown(self.found)}"


def mismatches(expect: Mapping[str, Json], execution: Execution) -> Iterator[Mismatch]:
    """What isn't as expected. Where neither a status nor an error or a cause is named the execution must succeed."""
    found = outcome(execution)
    fails = any(expect.get(field) is not None for field in ("error", "cause"))
    wanted = {"status": "FAILED" if fails else "SUCCEEDED", **expect}
    for field, value in wanted.items():
        if not same(value, found[field]):
            told = _route(value, found[field]) if field == "path" else _differences(value, found[field])
            yield Mismatch(field, value, found[field], tuple(told))


def outcome(execution: Execution) -> dict[str, Json]:
    """What a case may expect something of."""
    return {
        "status": execution.status,
        "output": execution.output,
        "error": execution.error,
        "cause": execution.cause,
        "path": [entry["state"] for entry in execution.trace if entry["event"] == "entered"],
        "clock": execution.clock,
    }


def _route(expected: Json, found: Json) -> Iterator[str]:
    """The first step where two ways part."""
    if not isinstance(expected, list) or not isinstance(found, list):
        return
    for number, (one, other) in enumerate(zip_longest(expected, found), 1):
        if one != other:
            told = ["the end" if step is None else f'"{step}"' for step in (one, other)]
            yield f"step {number}: expected {told[0]}, got {told[1]}"
            return


def _differences(expected: Json, found: Json) -> Iterator[str]:
    """Inside objects and arrays only: of two scalars the message says all."""
    if isinstance(expected, dict | list) and type(expected) is type(found):
        yield from _apart(expected, found, "")


def _apart(expected: Json, found: Json, pointer: str) -> Iterator[str]:
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in [*expected, *(k for k in found if k not in expected)]:
            step = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            if key not in found:
                yield f"{step}: expected {shown(expected[key])}, and there is none"
            elif key not in expected:
                yield f"{step}: not expected, got {shown(found[key])}"
            else:
                yield from _apart(expected[key], found[key], step)
    elif isinstance(expected, list) and isinstance(found, list):
        for index, (one, other) in enumerate(zip(expected, found, strict=False)):
            yield from _apart(one, other, f"{pointer}/{index}")
        if len(expected) != len(found):
            yield f"{pointer or '/'}: expected {len(expected)} items, got {len(found)}"
    elif not same(expected, found):
        yield f"{pointer}: expected {shown(expected)}, got {shown(found)}"


def shown(value: Json) -> str:
    text = json_text(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def same(one: Json, other: Json) -> bool:
    """JSON equality.

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
