"""The graph of a scope against its definitions: reachability, loops and dominators of any wiring."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flow.machines import Wiring, after, graph, scope, wired, wirings
from hypothesis import given

from stepvet.asl.model import Scope
from stepvet.asl.parse import parse
from stepvet.flow.graph import FlowGraph
from stepvet.text.json import read_json

TESTS = str(Path(__file__).parents[1])
CATCH_BACK = {"Type": "Task", "Resource": "r", "End": True, "Catch": [{"ErrorEquals": ["E"], "Next": "A"}]}


def of_text(text: str) -> FlowGraph:
    root = read_json(text).root
    assert root is not None
    found = parse(root)
    assert found is not None
    return FlowGraph(found.scope)


def walk(wiring: Wiring, start: str) -> set[str]:
    """What can be reached, the start included."""
    return {start} | after(wiring, start)


@given(wirings())
def test_reachable_states_are_those_that_following_finds(wiring: Wiring) -> None:
    made = graph(wired(wiring))
    assert made.reachable == walk(wiring, "A")


@given(wirings())
def test_edges_are_those_of_the_wiring(wiring: Wiring) -> None:
    made = graph(wired(wiring))
    forward = {(a, b) for a in made.states for b in made.successors(a)}
    assert forward == {(a, b) for a, targets in wiring.items() for b in targets}
    assert forward == {(edge.source, edge.target) for edge in made.edges()}


@given(wirings())
def test_a_state_is_unending_if_no_terminal_one_follows(wiring: Wiring) -> None:
    expected = [name for name in wiring if all(wiring[after] for after in walk(wiring, name))]
    assert list(graph(wired(wiring)).unending) == expected


@given(wirings())
def test_the_order_puts_states_before_those_that_only_follow(wiring: Wiring) -> None:
    made = graph(wired(wiring))
    assert sorted(made.order) == sorted(wiring)
    rank = {name: index for index, name in enumerate(made.order)}
    one_way = [(a, b) for a, targets in wiring.items() for b in targets if a not in walk(wiring, b)]
    assert all(rank[a] < rank[b] for a, b in one_way)


@given(wirings())
def test_loops_are_the_states_that_reach_themselves(wiring: Wiring) -> None:
    loops = graph(wired(wiring)).loops
    assert sorted(name for loop in loops for name in loop.states) == [n for n in wiring if n in after(wiring, n)]
    for loop in loops:
        first = loop.states[0]
        assert set(loop.states) == {n for n in after(wiring, first) if first in after(wiring, n)}


@given(wirings())
def test_a_loop_knows_its_borders_and_a_way_round(wiring: Wiring) -> None:
    for loop in graph(wired(wiring)).loops:
        inside = set(loop.states)
        outside_in = {t for name, targets in wiring.items() if name not in inside for t in targets} | {"A"}
        assert list(loop.entries) == [name for name in loop.states if name in outside_in]
        assert {(e.source, e.target) for e in loop.exits} == {
            (name, target) for name in inside for target in wiring[name] if target not in inside
        }
        assert set(loop.cycle) <= inside
        assert len(set(loop.cycle)) == len(loop.cycle)
        assert all(b in wiring[a] for a, b in zip(loop.cycle, (*loop.cycle[1:], loop.cycle[0]), strict=True))


@given(wirings())
def test_dominators_are_the_states_that_cannot_be_avoided(wiring: Wiring) -> None:
    made = graph(wired(wiring))
    for first in wiring:
        without = {name: [t for t in targets if t != first] for name, targets in wiring.items()}
        avoided = set() if first == "A" else walk(without, "A")
        for then in wiring:
            expected = then in made.reachable and then not in avoided and first in made.reachable
            assert made.dominates(first, then) == expected


def test_reasons_tell_the_field_and_the_token() -> None:
    made = graph(
        {
            "Ask": {
                "Type": "Choice",
                "Choices": [
                    {"Variable": "$.x", "IsNull": True, "Next": "Do"},
                    {"Variable": "$.y", "IsNull": True, "Next": "End"},
                    {"Variable": "$.z", "IsNull": True, "Next": "Do"},
                ],
                "Default": "Do",
            },
            "Do": {
                "Type": "Task",
                "Resource": "r",
                "Next": "End",
                "Catch": [
                    {"ErrorEquals": ["E"], "Next": "Ask"},
                    {"ErrorEquals": ["States.ALL"], "Next": "End"},
                ],
            },
            "End": {"Type": "Succeed"},
        }
    )
    shown = {(e.source, e.target): [str(reason) for reason in e.reasons] for e in made.edges()}
    assert shown == {
        ("Ask", "Do"): ["choice[0]", "choice[2]", "default"],
        ("Ask", "End"): ["choice[1]"],
        ("Do", "End"): ["next", "catch[1]"],
        ("Do", "Ask"): ["catch[0]"],
    }
    assert [reason.target.value for reason in made.reasons("Do", "Ask")] == ["Ask"]
    assert made.reasons("End", "Do") == ()
    assert made.terminals == ("End",)


def test_a_terminal_task_with_a_catcher_that_leads_back_is_no_endless_loop() -> None:
    (loop,) = graph({"A": {"Type": "Pass", "Next": "B"}, "B": CATCH_BACK}).loops
    assert (loop.states, loop.exits, loop.ends, loop.is_endless) == (("A", "B"), (), ("B",), False)


def test_a_state_that_leads_to_itself_is_a_loop() -> None:
    (loop,) = graph({"A": {"Type": "Pass", "Next": "A"}}).loops
    assert (loop.states, loop.cycle, loop.entries, loop.is_endless) == (("A",), ("A",), ("A",), True)


SUCCEED = {"Type": "Succeed"}
INCOMPLETE: dict[str, dict[str, Any]] = {
    "a target that is a hole": {"A": {"Type": "Pass", "Next": "${Target}"}, "B": SUCCEED},
    "a target that doesn't exist": {"A": {"Type": "Pass", "Next": "Nowhere"}, "B": SUCCEED},
    "a state of an unknown type": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Teleport"}},
    "a state that is no object": {"A": {"Type": "Pass", "Next": "B"}, "B": 7},
    "neither Next nor End": {"A": {"Type": "Pass"}},
    "End: false": {"A": {"Type": "Pass", "End": False}},
    "a Choice without anything": {"A": {"Type": "Choice"}},
    "a rule that is a hole": {"A": {"Type": "Choice", "Choices": ["${Rule}"], "Default": "B"}, "B": SUCCEED},
    "a rule without Next": {"A": {"Type": "Choice", "Choices": [{}], "Default": "B"}, "B": SUCCEED},
    "catchers that are a hole": {"A": {"Type": "Task", "Resource": "r", "End": True, "Catch": "${Catch}"}},
    "no states": {},
}


@pytest.mark.parametrize("states", INCOMPLETE.values(), ids=INCOMPLETE)
def test_nothing_can_be_concluded_from_a_graph_with_gaps(states: dict[str, Any]) -> None:
    assert not graph(states).is_complete


@pytest.mark.parametrize(
    "text",
    [
        '{"StartAt": ${First}, "States": {"A": {"Type": "Succeed"}}}',
        '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "${Name}": {"Type": "Succeed"}}}',
        '{"StartAt": "A", "States": {"A": {"Type": "Pass", "${Way}": "B"}, "B": {"Type": "Succeed"}}}',
        '{"StartAt": "A", "States": ${States}}',
        '{"StartAt": "A"}',
        '{"States": {"A": {"Type": "Succeed"}}}',
    ],
)
def test_holes_and_missing_parts_leave_the_graph_open(text: str) -> None:
    made = of_text(text)
    assert made.is_open
    assert not made.is_complete


def test_a_hole_elsewhere_hides_no_transition() -> None:
    text = (
        '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Arn}", "TimeoutSeconds": ${T}, "End": true}}}'
    )
    assert of_text(text).is_complete


def test_questions_about_a_scope_without_a_start_have_empty_answers() -> None:
    made = graph({"A": SUCCEED}, start="B")
    assert (made.start, made.reachable, dict(made.dominators), made.dominates("A", "A")) == (
        None,
        frozenset(),
        {},
        False,
    )


def test_dangling_transitions_are_told_in_the_order_of_the_text() -> None:
    made = graph({"A": {"Type": "Pass", "Next": "X"}, "B": {"Type": "Pass", "Next": "Y"}})
    assert [(str(r), r.target.value) for r in made.dangling] == [("next", "X"), ("next", "Y")]


LOADS_NETWORKX = """
import sys
from flow.machines import graph
made = graph({"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}})
assert not made.loops and made.reachable and not made.unending
assert "networkx" not in sys.modules
assert made.dominates("A", "B")
assert "networkx" in sys.modules
"""


def test_a_graph_without_loops_is_asked_without_networkx() -> None:
    subprocess.run([sys.executable, "-c", LOADS_NETWORKX], check=True, env={**os.environ, "PYTHONPATH": TESTS})


def test_a_very_long_chain_needs_no_recursion() -> None:
    count = 5000
    chain = {str(n): {"Type": "Pass", "Next": str(n + 1)} for n in range(count)} | {str(count): SUCCEED}
    made = graph(chain)
    assert made.order == tuple(chain)
    assert not made.has_loops
    assert made.dominates("0", str(count))


def test_a_scope_keeps_its_own_names() -> None:
    inner = {"StartAt": "I", "States": {"I": SUCCEED}}
    outer: Scope = scope({"P": {"Type": "Parallel", "Branches": [inner], "End": True}})
    assert FlowGraph(outer).states == ("P",)
