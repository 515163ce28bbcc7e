"""What a case expects against what came of it: JSON equality, differences, ways that part."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from run.machines import chain

import stepvet
from stepvet.run.scenarios.expectation import mismatches, same

PASS = {"Type": "Pass"}


def run(output: Any = None) -> stepvet.Execution:
    return stepvet.run(chain(("A", PASS), ("B", PASS)), output)


def failed(**fields: Any) -> stepvet.Execution:
    return stepvet.run(chain(("F", {"Type": "Fail", **fields})), {})


MET: list[tuple[stepvet.Execution, dict[str, Any]]] = [
    (run(), {}),
    (run(), {"status": "SUCCEEDED", "output": None, "path": ["A", "B"], "clock": 0, "error": None, "cause": None}),
    (run({"a": 1, "b": [1.0]}), {"output": {"b": [1], "a": 1}}),
    (failed(Error="E", Cause="c"), {"error": "E"}),
    (failed(Error="E", Cause="c"), {"cause": "c"}),
    (failed(), {"status": "FAILED", "error": None}),
]


@pytest.mark.parametrize(("execution", "expect"), MET)
def test_expectations_that_are_met(execution: stepvet.Execution, expect: dict[str, Any]) -> None:
    assert list(mismatches(expect, execution)) == []


MISSED = [
    (run(), {"status": "FAILED"}, 'status: expected "FAILED", got "SUCCEEDED"', ()),
    (run(), {"error": "E", "status": "SUCCEEDED"}, 'error: expected "E", got null', ()),
    (failed(Error="E"), {}, 'status: expected "SUCCEEDED", got "FAILED"', ()),
    (failed(Error="E"), {"error": "F"}, 'error: expected "F", got "E"', ()),
    (run(1), {"output": True}, "output: expected true, got 1", ()),
    (run([1, 2]), {"output": [1]}, "output: expected [1], got [1,2]", ("/: expected 1 items, got 2",)),
    (run({"a/b": {"~": 1}}), {"output": {"a/b": {"~": 2}}}, None, ("/a~1b/~0: expected 2, got 1",)),
    (run({"b": 1}), {"output": {"a": 1}}, None, ("/a: expected 1, and there is none", "/b: not expected, got 1")),
    (run({"a": [1]}), {"output": {"a": {}}}, None, ("/a: expected {}, got [1]",)),
    (run(), {"path": ["A"]}, 'path: expected ["A"], got ["A","B"]', ('step 2: expected the end, got "B"',)),
    (run(), {"path": ["A", "B", "C"]}, None, ('step 3: expected "C", got the end',)),
    (run(), {"path": ["B", "A"]}, None, ('step 1: expected "B", got "A"',)),
    (run("x" * 900), {"output": 1}, f'output: expected 1, got "{"x" * 199}…', ()),
]


@pytest.mark.parametrize(("execution", "expect", "message", "differences"), MISSED)
def test_expectations_that_are_not(
    execution: stepvet.Execution, expect: dict[str, Any], message: str | None, differences: tuple[str, ...]
) -> None:
    (found,) = mismatches(expect, execution)
    assert message is None or found.message == message
    assert found.differences == differences


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from([1.0, "", "a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab/"), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, JSON)
def test_there_are_differences_just_where_values_differ(one: Any, other: Any) -> None:
    assert same(one, one)
    assert same(one, other) == same(other, one)
    found = list(mismatches({"output": one}, run(other)))
    assert (not found) == same(one, other)
    if found and type(one) is type(other) and isinstance(one, dict | list):
        assert found[0].differences
