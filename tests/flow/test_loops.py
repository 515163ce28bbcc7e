"""Loops that nothing leaves or nothing enters, and catchers that lead straight back."""

from __future__ import annotations

from typing import Any

import pytest
from flow.machines import Wiring, after, graph, wired, wirings
from hypothesis import given

from stepvet.flow.loops import blind_retries, endless_loops, islands

SUCCEED = {"Type": "Succeed"}


@given(wirings())
def test_an_endless_loop_is_all_that_follows_its_states(wiring: Wiring) -> None:
    made = graph(wired(wiring))
    found = {name for loop in endless_loops(made) for name in loop.states}
    reachable = {"A"} | after(wiring, "A")
    assert found == {name for name in reachable if (all_after := after(wiring, name)) and all(
        name in after(wiring, other) for other in all_after
    )}  # fmt: skip


@given(wirings())
def test_an_island_is_led_into_by_its_own_states_only(wiring: Wiring) -> None:
    for loop in islands(graph(wired(wiring))):
        leading = {name for name, targets in wiring.items() if set(targets) & set(loop.states)}
        assert leading <= set(loop.states)
        assert "A" not in loop.states


def send(target: str, resource: str = "arn:aws:states:::sns:publish", *names: str) -> dict[str, Any]:
    catch = [{"ErrorEquals": list(names or ("States.ALL",)), "Next": target}]
    return {"Type": "Task", "Resource": resource, "End": True, "Catch": catch}


BLIND = [
    ("straight back", {"A": send("A")}, [("A", 0)]),
    ("over a Pass", {"A": send("B"), "B": {"Type": "Pass", "Next": "A"}}, [("A", 0)]),
    ("over a Wait", {"A": send("B"), "B": {"Type": "Wait", "Seconds": 1, "Next": "A"}}, []),
    ("of one error only", {"A": send("A", "r", "Mine")}, []),
    ("out", {"A": send("B"), "B": SUCCEED}, []),
    (
        "with a Choice",
        {"A": send("B"), "B": {"Type": "Choice", "Choices": [], "Default": "A"}},
        [],
    ),
    ("in a graph with a gap", {"A": send("A"), "B": {"Type": "Pass", "Next": "${Hole}"}}, []),
]


@pytest.mark.parametrize(("states", "expected"), [case[1:] for case in BLIND], ids=[case[0] for case in BLIND])
def test_blind_retries_come_back_without_a_pause(states: dict[str, Any], expected: list[tuple[str, int]]) -> None:
    assert [(task.name, index) for task, index in blind_retries(graph(states))] == expected


@pytest.mark.parametrize("hole", [{"Type": "Pass", "Next": "${Target}"}, {"Type": "Pass", "Next": "Nowhere"}])
def test_nothing_is_said_of_a_graph_with_gaps(hole: dict[str, Any]) -> None:
    made = graph({"A": {"Type": "Pass", "Next": "A"}, "B": {"Type": "Pass", "Next": "B"}, "C": hole})
    assert made.loops
    assert not [*endless_loops(made), *islands(made)]
