"""What symbolic runs say of small definitions: the failures that they find, and the ones that they must not."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from stepvet.asl.model import StateMachine
from stepvet.asl.parse import parse
from stepvet.run.symbolic.facts_of_data import DataFacts
from stepvet.run.symbolic.knowledge import from_example, from_schema
from stepvet.run.symbolic.requirements import input_schema
from stepvet.text.json import read_json

INVOKE = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}}
POLL = {
    "Type": "Task",
    "Resource": "arn:aws:states:::aws-sdk:transcribe:getTranscriptionJob",
    "Parameters": {"TranscriptionJobName": "j"},
}
STATUS = "$.TranscriptionJob.TranscriptionJobStatus"


def machine(*, language: str | None = None, **states: dict[str, Any]) -> StateMachine:
    names = list(states)
    following = dict(pairwise(names))
    made = {
        name: state
        if state["Type"] in ("Choice", "Succeed", "Fail") or "Next" in state
        else {**state, **({"Next": following[name]} if name in following else {"End": True})}
        for name, state in states.items()
    }
    head = {"QueryLanguage": language} if language else {}
    parsed = parse(read_json(json.dumps({**head, "StartAt": names[0], "States": made})).root)
    assert parsed is not None
    return parsed


def told(facts: DataFacts) -> list[tuple[str, str, bool]]:
    return [(f.kind.value, f.state.name, f.always) for f in facts.failures]


def read(path: str) -> dict[str, Any]:
    return {"Type": "Pass", "Parameters": {"x.$": path}}


FAILING = [
    ({"A": {"Type": "Pass", "Result": {"a": 1}}, "B": read("$.b")}, ("path-never-present", "B", True)),
    ({"A": {**INVOKE}, "B": read("$.id")}, ("lambda-payload-not-unwrapped", "B", True)),
    ({"A": {**POLL}, "B": read("$.Status")}, ("no-such-result-field", "B", True)),
    (
        {"A": {"Type": "Pass", "Result": "x"}, "B": {"Type": "Pass", "ResultPath": "$.y"}},
        ("result-path-into-scalar", "B", True),
    ),
    (
        {"A": {"Type": "Pass", "Result": {"n": "x"}}, "B": {"Type": "Wait", "SecondsPath": "$.n"}},
        ("value-of-wrong-type", "B", True),
    ),
    ({"A": {"Type": "Pass", "OutputPath": None}, "B": read("$.a")}, ("path-never-present", "B", True)),
    ({"A": {"Type": "Pass", "Result": [1]}, "B": read("$[1]")}, ("path-never-present", "B", True)),
    (
        {
            "A": {"Type": "Choice", "Choices": [{"Variable": "$.a", "IsPresent": False, "Next": "B"}], "Default": "C"},
            "B": {**read("$.a"), "Next": "C"},
            "C": {"Type": "Succeed"},
        },
        ("guard-contradicted", "B", True),
    ),
    (
        {
            "A": {**INVOKE, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}], "Next": "C"},
            "B": {**read("$.order"), "Next": "C"},
            "C": {"Type": "Succeed"},
        },
        ("input-replaced-by-error", "B", True),
    ),
    (
        {
            "A": {"Type": "Choice", "Choices": [{"Variable": "$.a", "StringEquals": "x", "Next": "B"}], "Default": "C"},
            "B": {"Type": "Pass", "Result": {"b": 1}, "Next": "C"},
            "C": read("$.a"),
        },
        ("path-never-present", "C", False),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("states", "wanted"), FAILING, ids=lambda value: value[0] if isinstance(value, tuple) else "")
def test_failures_are_found_where_they_are(states: dict[str, Any], wanted: tuple[str, str, bool]) -> None:
    facts = DataFacts(machine(**states))
    assert told(facts) == [wanted]
    assert all(failure.witness.run is not None for failure in facts.failures)


SOUND = [
    {"A": read("$.a.b.c")},
    {"A": read("$.items[*].id"), "B": read("$.x[0]")},
    {"A": {**INVOKE, "ResultPath": "$.r"}, "B": read("$.order"), "C": {"Type": "Succeed"}},
    {"A": {"Type": "Pass", "Result": {"a": "${Hole}"}}, "B": read("$.a.b")},
    {"A": {"Type": "Pass", "InputPath": "$.list"}, "B": read("$[0].id"), "C": read("$.x")},
    {"A": {**POLL, "Parameters": {"TranscriptionJobName.$": "$$.Task.Token"}}, "B": read("$.anything")},
    {"A": {"Type": "Wait", "SecondsPath": "$.delay"}, "B": {"Type": "Wait", "TimestampPath": "$.due"}},
    {
        "A": {"Type": "Map", "ItemsPath": "$.xs", "ItemProcessor": {"StartAt": "I", "States": {
            "I": {"Type": "Choice", "Choices": [{"Variable": "$.k", "StringEquals": "x", "Next": "J"}], "Default": "K"},
            "J": {"Type": "Pass", "Result": {"j": 1}, "End": True},
            "K": {"Type": "Pass", "Result": {"k": 1}, "End": True}}}},
        "B": read("$[1].j"),
    },
]  # fmt: skip


@pytest.mark.parametrize("states", SOUND, ids=range(len(SOUND)))
def test_unknown_data_is_trusted(states: dict[str, Any]) -> None:
    facts = DataFacts(machine(**states))
    assert not any(failure.always for failure in facts.failures)
    if states is not SOUND[4]:
        assert told(facts) == []


def test_a_condition_may_be_read_leniently_and_tested_afterwards() -> None:
    choice = {
        "Type": "Choice",
        "Choices": [
            {"Condition": "{% $states.input.a = 'x' %}", "Next": "B"},
            {"Condition": "{% $exists($states.input.a) %}", "Next": "B"},
        ],
        "Default": "C",
    }
    facts = DataFacts(machine(language="JSONata", A=choice, B={"Type": "Succeed"}, C={"Type": "Succeed"}))
    assert facts.dead_rules == () and facts.dead_defaults == ()


def test_a_row_of_diamonds_is_linear() -> None:
    states: dict[str, Any] = {}
    for n in range(60):
        rule = {"Variable": f"$.f{n}", "BooleanEquals": True, "Next": f"Y{n}"}
        states[f"C{n}"] = {"Type": "Choice", "Choices": [rule], "Default": f"N{n}"}
        states[f"Y{n}"] = {"Type": "Pass", "Result": 1, "ResultPath": f"$.y{n}", "Next": f"C{n + 1}"}
        states[f"N{n}"] = {"Type": "Pass", "Next": f"C{n + 1}"}
    states["C60"] = {"Type": "Succeed"}
    explorer = DataFacts(machine(**states)).explorer
    assert explorer.steps <= 4 * len(states) and not explorer.cuts


def test_a_loop_with_a_counter_comes_to_an_end_without_a_cut() -> None:
    count = {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "Next": "More"}
    more = {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 9, "Next": "Count"}], "Default": "End"}
    start = {"Type": "Pass", "Result": {"n": 0}, "Next": "More"}
    facts = DataFacts(machine(Start=start, More=more, Count=count, End={"Type": "Succeed"}))
    assert not facts.explorer.cuts and facts.dead_rules == () and facts.dead_defaults == ()


def test_final_statuses_that_poll_again() -> None:
    rule = {"Variable": STATUS, "StringEquals": "COMPLETED", "Next": "End"}
    states = {"Ask": {**POLL, "Next": "Done"}, "Done": {"Type": "Choice", "Choices": [rule], "Default": "Ask"}}
    facts = DataFacts(machine(**states, End={"Type": "Succeed"}))
    assert [(s.state.name, s.task.name, s.values) for s in facts.stuck_statuses] == [("Done", "Ask", ("FAILED",))]


def test_schemas_and_examples_close_what_they_describe() -> None:
    schema = {"type": "object", "properties": {"id": {"enum": ["a", "b"]}}, "additionalProperties": False}
    reading = machine(A=read("$.name"))
    assert told(DataFacts(reading, {"": from_schema(schema)})) == [("path-never-present", "A", True)]
    assert told(DataFacts(reading, {"": from_example({"id": 1})})) == []
    assert told(
        DataFacts(machine(A={**INVOKE}, B=read("$.Payload.a.b")), {"A": from_example({"Payload": {"a": 1}})})
    ) == [("path-never-present", "B", True)]


def test_the_input_that_is_required() -> None:
    schema = input_schema(machine(A=read("$.order.id"), B=read("$.x")))
    assert schema["required"] == ["order"] and schema["properties"]["order"]["required"] == ["id"]
