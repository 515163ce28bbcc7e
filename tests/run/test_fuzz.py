"""Whatever `check` lets through runs to an end, to a missing mock or to a documented limit, and never raises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stepvet
from stepvet.sources import Definition, LoadOptions, load
from stepvet.text.finding import Severity
from stepvet.text.node import plain

PATHS = [
    "$",
    "$.a",
    "$.a.b",
    "$.items",
    "$.items[0]",
    "$.items[*].a",
    "$$.Execution.Input",
    "$$.State.Name",
    "$x",
    "$.n",
]
EXPRESSIONS = [
    "{% $states.input %}",
    "{% $states.input.a %}",
    "{% [1..3] %}",
    "{% $x %}",
    "{% 1/0 %}",
    "{% $count($x) %}",
]
CALLS = [
    "States.Array($.a, 1)",
    "States.Format('{}', $.n)",
    "States.MathAdd($.n, 1)",
    "States.JsonToString($)",
    "States.UUID()",
]
NAMES = ["A", "B", "C", "D"]
GIVEN: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 300) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "items", "n"]), inner, max_size=4)
    ),
    max_leaves=8,
)
paths = st.sampled_from(PATHS)
template: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {}, optional={"a.$": paths, "b.$": st.sampled_from(CALLS), "n": st.integers(-1, 3), "items": st.just([1, {"a": 2}])}
)
tree: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {}, optional={"a": st.sampled_from(EXPRESSIONS), "n": st.integers(-1, 3), "items": st.just([1, {"a": 2}])}
)
errors = st.lists(st.sampled_from(["States.TaskFailed", "States.Timeout", "Boom"]), min_size=1, max_size=2)
retries = st.lists(
    st.fixed_dictionaries({"ErrorEquals": errors}, optional={"MaxAttempts": st.integers(0, 2)}), max_size=2
)


def catches(names: list[str]) -> st.SearchStrategy[Any]:
    made = st.fixed_dictionaries(
        {"ErrorEquals": errors, "Next": st.sampled_from(names)}, optional={"ResultPath": st.sampled_from([None, "$.e"])}
    )
    return st.lists(made, max_size=2)


@st.composite
def scopes(draw: st.DrawFn, prefix: str = "", depth: int = 2) -> dict[str, Any]:
    """A scope whose states are a chain with random detours, so that most of them are reached."""
    names = [prefix + name for name in NAMES[: draw(st.integers(1, 4))]]
    states = {name: draw(state(names, number, depth)) for number, name in enumerate(names)}
    return {"StartAt": names[0], "States": states}


def state(names: list[str], number: int, depth: int) -> st.SearchStrategy[Any]:
    last = number == len(names) - 1
    way: dict[str, Any] = {"End": st.just(True)} if last else {"Next": st.just(names[number + 1])}
    handled = {"Retry": retries, "Catch": catches(names)}
    jsonpath = {"InputPath": paths, "OutputPath": paths, "ResultPath": st.sampled_from(["$", "$.r", "$.a.b", None])}
    made = [
        st.fixed_dictionaries(
            {"Type": st.just("Pass"), **way}, optional={**jsonpath, "Parameters": template, "Assign": template}
        ),
        st.fixed_dictionaries(
            {"Type": st.just("Pass"), "QueryLanguage": st.just("JSONata"), **way}, optional={"Output": tree}
        ),
        st.fixed_dictionaries({"Type": st.just("Wait"), "SecondsPath": paths, **way}),
        st.fixed_dictionaries(
            {"Type": st.just("Task"), "Resource": st.just("arn:aws:lambda:us-east-1:123456789012:function:f"), **way},
            optional={**jsonpath, **handled, "Parameters": template, "TimeoutSeconds": st.integers(1, 9)},
        ),
        st.fixed_dictionaries({"Type": st.just("Fail")}, optional={"ErrorPath": paths, "Cause": st.just("c")}),
        st.just({"Type": "Succeed"}),
    ]
    if not last:
        rule = {"Variable": paths, "IsPresent": st.booleans(), "Next": st.sampled_from(names)}
        choice = {"Type": st.just("Choice"), "Choices": st.lists(st.fixed_dictionaries(rule), min_size=1, max_size=2),
                  "Default": st.just(names[number + 1])}  # fmt: skip
        made.append(st.fixed_dictionaries(choice))
    if depth:
        inner = scopes(names[number] + ".", depth - 1)
        branches = st.lists(scopes(names[number] + ".", 0), min_size=1, max_size=1)
        made += [
            st.fixed_dictionaries(
                {"Type": st.just("Map"), "ItemProcessor": inner, **way}, optional={**handled, "ItemsPath": paths}
            ),
            st.fixed_dictionaries(
                {"Type": st.just("Parallel"), "Branches": branches, **way}, optional={**handled, **jsonpath}
            ),
        ]
    return st.one_of(made)


answers = st.sampled_from(
    [{"result": {"a": 1}}, {"result": [1]}, {"errorOutput": {"error": "Boom"}}, {"result": 1, "seconds": 20}]
)
common = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def clean(machine: dict[str, Any]) -> bool:
    return not any(d.severity is Severity.ERROR for d in stepvet.check(json.dumps(machine)).findings)


@common
@given(scopes(), GIVEN, answers)
def test_every_machine_comes_to_an_end(machine: dict[str, Any], given_: Any, answer: Any) -> None:
    try:
        run = stepvet.run(machine, given_, services=lambda call: _answered(answer), max_events=600)
    except stepvet.InvalidDefinition:
        assert not clean(machine)
        return
    assert run.status in ("SUCCEEDED", "FAILED", "TIMED_OUT")
    assert len(run.history) <= 600
    assert run.history[-1]["type"] == {"SUCCEEDED": "ExecutionSucceeded", "FAILED": "ExecutionFailed",
                                       "TIMED_OUT": "ExecutionTimedOut"}[run.status]  # fmt: skip
    open_states = [e["state"] for e in run.trace if e["event"] == "entered"]
    assert run.statistics.states == len(open_states)


def _answered(answer: dict[str, Any]) -> Any:
    if "errorOutput" in answer:
        raise stepvet.TaskError(answer["errorOutput"]["error"])
    return stepvet.Answer(answer["result"], seconds=float(answer.get("seconds", 0)))


@common
@given(scopes(), GIVEN, st.integers(0, 3))
def test_a_run_is_a_function_of_its_arguments(machine: dict[str, Any], given_: Any, seed: int) -> None:
    try:
        runs = [
            stepvet.run(machine, given_, services=lambda call: {"n": 1}, seed=seed, max_events=300).to_json()
            for _ in "ab"
        ]
    except stepvet.InvalidDefinition:
        return
    assert runs[0] == runs[1]


@common
@given(st.text(max_size=40) | st.sampled_from([*PATHS, *CALLS, *EXPRESSIONS]), GIVEN)
def test_an_expression_gives_a_value_or_one_of_our_errors(text: str, given_: Any) -> None:
    try:
        stepvet.evaluate(text, input=given_, context={"State": {"Name": "S"}}, variables={"x": [1, 2]})
    except (stepvet.EvaluationError, stepvet.InvalidDefinition):
        return


@common
@given(st.dictionaries(st.sampled_from(["Type", "Next", "End", "Resource", "Result", "Choices"]), GIVEN), GIVEN)
def test_a_tested_state_answers_or_is_refused(state_: dict[str, Any], given_: Any) -> None:
    try:
        answer = stepvet.test_state({**state_, "Type": state_.get("Type", "Pass")}, input=given_)
    except (stepvet.InvalidDefinition, stepvet.ValidationError):
        return
    assert answer["status"] in ("SUCCEEDED", "FAILED")


FIXTURES = Path(__file__).parents[2] / "fixtures" / "scenarios"
WHOLE: list[Any] = [
    plain(found.root)
    for found in load([str(FIXTURES)], LoadOptions())
    if isinstance(found, Definition) and found.root is not None
]  # fmt: skip
STRANGE = [None, True, 0, -1, 1.5, "", [], {}, {"a.$": "$.a"}, "States.ALL", *PATHS, *CALLS, *EXPRESSIONS]
SERVED = [*STRANGE, "a,b\n1,2\n", [{"Key": "k"}], {"Payload": {"statusCode": 200}}]


def slots(value: Any) -> list[tuple[Any, Any]]:
    """Each place in a value: what holds it, and its key or index there."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in ((value, key), *slots(value[key]))]


@st.composite
def twisted(draw: st.DrawFn) -> Any:
    """A machine that works, with some of its parts replaced, left out or put elsewhere."""
    machine = json.loads(json.dumps(draw(st.sampled_from(WHOLE))))
    for _ in range(draw(st.integers(1, 3))):
        places = slots(machine)
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        other, name = draw(st.sampled_from(places))
        match draw(st.sampled_from(["replace", "leave out", "put elsewhere"])):
            case "leave out" if isinstance(holder, dict):
                del holder[key]
            case "put elsewhere":
                holder[key] = json.loads(json.dumps(other[name]))
            case _:
                holder[key] = json.loads(json.dumps(draw(st.sampled_from(STRANGE))))
    return machine


@settings(common, max_examples=400)
@given(twisted(), GIVEN, st.lists(st.sampled_from(SERVED), min_size=1, max_size=4), st.sampled_from([0, 1, 10**9]))
def test_a_twisted_machine_is_refused_or_comes_to_an_end(machine: Any, given_: Any, told: list[Any], pace: int) -> None:
    def service(call: stepvet.TaskCall) -> Any:
        answer = told[(call.attempt + len(call.state)) % len(told)]
        if answer is None:
            raise stepvet.TaskError(call.state, None)
        return stepvet.Answer(answer, seconds=pace)

    try:
        run = stepvet.run(machine, given_, services=service, max_events=400)
    except stepvet.InvalidDefinition:
        assert not clean(machine)
        return
    assert (run.status == "FAILED") is (run.history[-1]["type"] == "ExecutionFailed")
    assert len(run.history) <= 400
    assert json.loads(json.dumps(run.to_json())) == run.to_json()
