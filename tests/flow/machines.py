"""Definitions for the tests of control flow: from text or Python values to the model, and Hypothesis strategies."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from stepvet.asl.model import MachineType, Scope, StateMachine
from stepvet.asl.parse import parse
from stepvet.flow.graph import FlowGraph
from stepvet.text.json import read_json

Wiring = dict[str, list[str]]
"""State → the states it leads to; one without any is terminal."""


def machine(definition: dict[str, Any], machine_type: MachineType = "STANDARD") -> StateMachine:
    root = read_json(json.dumps(definition)).root
    assert root is not None
    found = parse(root, machine_type)
    assert found is not None
    return found


def scope(states: dict[str, Any], start: str | None = None) -> Scope:
    return machine({"StartAt": start if start is not None else next(iter(states), ""), "States": states}).scope


def graph(states: dict[str, Any], start: str | None = None) -> FlowGraph:
    return FlowGraph(scope(states, start))


def wired(wiring: Wiring) -> dict[str, Any]:
    """The first target is a Choice's Default, the others its rules."""
    return {name: _state(targets) for name, targets in wiring.items()}


def _state(targets: list[str]) -> dict[str, Any]:
    if not targets:
        return {"Type": "Succeed"}
    default, *others = targets
    if not others:
        return {"Type": "Pass", "Next": default}
    rules = [{"Variable": "$.x", "NumericEquals": n, "Next": name} for n, name in enumerate(others)]
    return {"Type": "Choice", "Choices": rules, "Default": default}


def after(wiring: Wiring, name: str) -> set[str]:
    """What can be reached in one step or more, by its definition: the least set that is closed under following."""
    found = set(wiring[name])
    while grown := {target for one in found for target in wiring[one]} - found:
        found |= grown
    return found


@st.composite
def wirings(draw: st.DrawFn, most: int = 8) -> Wiring:
    """Any graph of up to `most` states, the start, `A`, first."""
    names = [chr(65 + n) for n in range(draw(st.integers(1, most)))]
    targets = st.lists(st.sampled_from(names), max_size=3)
    return {name: draw(targets) for name in names}
