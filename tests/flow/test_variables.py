"""Reads and writes of variables in both query languages, and which have a value where."""

from __future__ import annotations

from typing import Any

import pytest
from flow.machines import Wiring, machine, wired, wirings
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.model import State, StateMachine
from stepvet.flow.graph import FlowGraph
from stepvet.flow.references import reads
from stepvet.flow.variables import VariableFlow


def only(state: dict[str, Any]) -> State:
    made = machine({"StartAt": "S", "States": {"S": state}})
    return made.scope.states["S"]


def jsonata(**fields: Any) -> dict[str, Any]:
    return {"Type": "Pass", "QueryLanguage": "JSONata", "End": True, **fields}


ITEM = {"StartAt": "I", "States": {"I": {"Type": "Pass", "InputPath": "$inner", "End": True}}}
READS: list[tuple[dict[str, Any], list[tuple[str, bool]]]] = [
    ({"Type": "Pass", "InputPath": "$a.b"}, [("a", True)]),
    ({"Type": "Pass", "InputPath": "$.a"}, []),
    ({"Type": "Pass", "InputPath": "$$.a"}, []),
    ({"Type": "Pass", "Parameters": {"x.$": "$a", "y": "$b", "z": [{"w.$": "$c[0]"}]}}, [("a", True), ("c", True)]),
    ({"Type": "Pass", "Parameters": {"MyPath": "$a", "x.$": "States.Format('{} $no', $b, States.Array($c))"}},
     [("b", True), ("c", True)]),
    ({"Type": "Pass", "Result": {"x.$": "$a"}, "ResultPath": "$.x", "Comment": "$b"}, []),
    ({"Type": "Pass", "Assign": {"x.$": "$a", "y": "$b"}}, [("a", True)]),
    ({"Type": "Wait", "SecondsPath": "$a"}, [("a", True)]),
    ({"Type": "Fail", "ErrorPath": "$a", "CausePath": "States.Format('{}', $b)"}, [("a", True), ("b", True)]),
    ({"Type": "Choice", "Choices": [{"And": [{"Variable": "$a", "NumericEqualsPath": "$b"}], "Next": "X"}]},
     [("a", False), ("b", False)]),
    ({"Type": "Task", "Resource": "r", "Catch": [{"ErrorEquals": ["$no"], "Assign": {"x.$": "$a"}, "Next": "X"}]},
     [("a", False)]),
    ({"Type": "Map", "ItemsPath": "$a", "ItemSelector": {"x.$": "$b"}, "MaxConcurrencyPath": "$c",
      "ItemReader": {"Resource": "r", "ReaderConfig": {"MaxItemsPath": "$d"}, "Parameters": {"Bucket.$": "$e"}},
      "ItemBatcher": {"BatchInput": {"x.$": "$f"}, "MaxItemsPerBatchPath": "$g"}, "ItemProcessor": ITEM},
     [("a", True), ("b", False), ("c", True), ("d", True), ("e", True), ("f", False), ("g", False)]),
    ({"Type": "Pass", "Parameters": {"x.$": "${a}", "y.$": "$a.${b}"}}, []),
    (jsonata(Output="{% $a %}"), [("a", True)]),
    (jsonata(Output={"x": ["{% $a.b + $c %}", "$d"]}), [("a", False), ("c", False)]),
    (jsonata(Output="{% $a.b[0].c %}"), [("a", True)]),
    (jsonata(Output="{% $exists($a) %}"), [("a", False)]),
    (jsonata(Output="{% ($own := 1; $own + $states.input.x) %}"), []),
    (jsonata(Output="{% $map([1], function($v) { $v + $a }) %}"), [("a", False)]),
    (jsonata(Output=" {% $a %}"), []),
    (jsonata(Output="{% $a + %}"), []),
    (jsonata(Comment="{% $a %}"), []),
    ({"Type": "Choice", "QueryLanguage": "JSONata", "Choices": [{"Condition": "{% $a %}", "Next": "X"}]},
     [("a", False)]),
]  # fmt: skip


@pytest.mark.parametrize(("state", "expected"), READS)
def test_reads_are_found_where_the_language_evaluates(state: dict[str, Any], expected: list[tuple[str, bool]]) -> None:
    assert [(read.name, read.is_needed) for read in reads(only(state))] == expected


@pytest.mark.parametrize("state", [case[0] for case in READS])
def test_a_read_stands_at_its_token(state: dict[str, Any]) -> None:
    for read in reads(only(state)):
        assert read.at.node.value[slice(*read.at.span)] == f"${read.name}"


def flow_of(made: StateMachine) -> VariableFlow:
    graphs = {id(scope): FlowGraph(scope) for scope in made.scopes()}
    return VariableFlow(made, lambda scope: graphs[id(scope)])


def assigning(wiring: Wiring, assigners: dict[str, str]) -> StateMachine:
    states = wired(wiring)
    for name, variable in assigners.items():
        if states[name]["Type"] == "Pass":
            states[name]["Assign"] = {variable: 1}
    return machine({"StartAt": "A", "States": states})


def walks(wiring: Wiring, start: str, length: int) -> list[list[str]]:
    found = [[start]]
    for walk in found:
        if len(walk) < length:
            found.extend([*walk, target] for target in wiring[walk[-1]])
    return found


@given(wirings(4), st.dictionaries(st.sampled_from("ABCD"), st.sampled_from("xy")))
def test_variables_agree_with_every_way_that_is_walked(wiring: Wiring, assigners: dict[str, str]) -> None:
    """A variable may have a value where some walk brings one, and nowhere else."""
    used = {name: variable for name, variable in assigners.items() if len(wiring.get(name, [])) == 1}
    made = assigning(wiring, used)
    flow = flow_of(made)
    had: dict[str, list[set[str]]] = {}
    for walk in walks(wiring, "A", 7):
        had.setdefault(walk[-1], []).append({used[name] for name in walk[:-1] if name in used})
    for name, seen in had.items():
        state = made.scope.states[name]
        assert flow.possible(state) == frozenset[str]().union(*seen)


def test_an_assignment_goes_with_its_transition() -> None:
    states = {
        "Ask": {
            "Type": "Choice",
            "QueryLanguage": "JSONata",
            "Choices": [{"Condition": "{% true %}", "Next": "Do", "Assign": {"rule": 1}}],
            "Default": "Other",
            "Assign": {"default": 1},
        },
        "Do": {
            "Type": "Task",
            "Resource": "r",
            "Assign": {"done": 1},
            "Next": "End",
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught", "Assign": {"error.$": "$"}}],
        },
        "Other": {"Type": "Succeed"},
        "Caught": {"Type": "Succeed"},
        "End": {"Type": "Succeed"},
    }
    made = machine({"StartAt": "Ask", "States": states})
    flow = flow_of(made)
    assert {name: sorted(flow.possible(state) or ()) for name, state in made.scope.states.items()} == {
        "Ask": [],
        "Do": ["rule"],
        "Other": ["default"],
        "Caught": ["error", "rule"],
        "End": ["done", "rule"],
    }


def nested(config: dict[str, Any] | None, assign: Any = None) -> StateMachine:
    inner = {"StartAt": "In", "States": {"In": {"Type": "Pass", "Assign": assign or {"own": 1}, "End": True}}}
    processor = inner | ({"ProcessorConfig": config} if config is not None else {})
    states = {
        "Init": {"Type": "Pass", "Assign": {"outer": 1}, "Next": "Each"},
        "Each": {"Type": "Map", "ItemProcessor": processor, "Next": "Last"},
        "Last": {"Type": "Pass", "InputPath": "$own", "End": True},
    }
    return machine({"StartAt": "Init", "States": states})


def named(made: StateMachine, name: str) -> State:
    return next(state for state in made.states() if state.name == name)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (None, frozenset({"outer"})),
        ({"Mode": "INLINE"}, frozenset({"outer"})),
        ({"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, frozenset()),
        ({"Mode": "${Mode}"}, None),
    ],
)
def test_inner_scopes_see_outer_variables_unless_distributed(
    config: dict[str, Any], expected: frozenset[str] | None
) -> None:
    made = nested(config)
    flow = flow_of(made)
    assert flow.possible(named(made, "In")) == expected
    assert flow.possible(named(made, "Last")) == frozenset({"outer"})


def test_inner_variables_are_gone_at_the_end_of_their_scope() -> None:
    made = nested(None)
    flow = flow_of(made)
    ((read, (assignment,)),) = flow.without_value(named(made, "Last"))
    assert (read.name, assignment.state.name) == ("own", "In")
    assert flow.barrier(made.scope, (assignment,)) == 'it is assigned only inside "Each" and gone at its end'


@pytest.mark.parametrize(("config", "expected"), [(None, ["outer"]), ({"Mode": "DISTRIBUTED"}, [])])
def test_only_what_may_be_visible_is_shadowed(config: dict[str, Any] | None, expected: list[str]) -> None:
    made = nested(config, {"outer.$": "$"})
    assert [write.name for write, _ in flow_of(made).shadows(named(made, "In"))] == expected


@pytest.mark.parametrize("assign", [{"${name}": 1}, "${Variables}"])
def test_a_hole_among_the_names_leaves_all_open(assign: Any) -> None:
    states = {
        "A": {"Type": "Pass", "Assign": assign, "Next": "B"},
        "B": {"Type": "Pass", "InputPath": "$x", "End": True},
    }
    made = machine({"StartAt": "A", "States": states})
    assert flow_of(made).possible(named(made, "B")) is None
    assert list(flow_of(made).without_value(named(made, "B"))) == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"Type": "Pass", "InputPath": "$a"}, False),
        ({"Type": "Task", "Resource": "${Arn}", "Parameters": {"FunctionName": "${Name}"}}, False),
        ({"Type": "Pass", "Parameters": {"a.$": "${Path}"}}, True),
        ({"Type": "Pass", "Parameters": {"a.$": "States.Format($a"}}, True),
        (jsonata(Output="{% ${x} %}"), True),
        (jsonata(Output="{% $a + %}"), True),
        (jsonata(Output={"a": "${x}"}), False),
        (jsonata(Output="${x}"), True),
    ],
)
def test_texts_that_cannot_be_read_may_hide_reads(state: dict[str, Any], expected: bool) -> None:
    made = machine({"StartAt": "S", "States": {"S": {"End": True, **state}}})
    assert flow_of(made).may_hide_reads is expected
