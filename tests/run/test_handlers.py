"""Retry and Catch: who matches, how often, after how long, and what a catcher hands on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from run.machines import chain, entered, events, one, scope, task

import stepvet
from stepvet.asl.model import Retrier
from stepvet.run.states.handlers import delay
from stepvet.text.json import read_json
from stepvet.text.node import Object

ERROR = {"errorOutput": {"error": "Boom", "cause": "loud"}}
ALL = {"ErrorEquals": ["States.ALL"]}


def fails(*retriers: dict[str, Any], mock: Any = ERROR, **fields: Any) -> stepvet.Execution:
    return stepvet.run(one(task(Retry=list(retriers), **fields)), {}, services={"S": mock})


RETRIES = [
    ("the defaults: three, after 1, 2 and 4 s", [ALL], 4, 7.0),
    ("never", [{**ALL, "MaxAttempts": 0}], 1, 0.0),
    ("a fixed pause", [{**ALL, "MaxAttempts": 2, "IntervalSeconds": 5, "BackoffRate": 1}], 3, 10.0),
    ("a longest pause", [{**ALL, "MaxAttempts": 3, "IntervalSeconds": 4, "MaxDelaySeconds": 6}], 4, 16.0),
    ("another name", [{"ErrorEquals": ["Bang"]}], 1, 0.0),
    ("the first that matches, not the next when it is used up",
     [{"ErrorEquals": ["Boom"], "MaxAttempts": 1}, {**ALL, "MaxAttempts": 5}], 2, 1.0),
    ("names exempted first", [{"ErrorEquals": ["Boom"], "MaxAttempts": 0}, {**ALL}], 1, 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("_what", "retriers", "attempts", "seconds"), RETRIES, ids=[r[0] for r in RETRIES])
def test_retries(_what: str, retriers: list[dict[str, Any]], attempts: int, seconds: float) -> None:
    run = fails(*retriers)
    assert (events(run).count("LambdaFunctionScheduled"), run.clock) == (attempts, seconds)
    assert (run.status, run.error, run.cause) == ("FAILED", "Boom", "loud")
    assert entered(run) == ["S"]


def test_each_retrier_counts_for_itself_and_each_visit_anew() -> None:
    boom, bang = ERROR, {"errorOutput": {"error": "Bang", "cause": None}}
    retriers = [{"ErrorEquals": ["Boom"], "MaxAttempts": 1}, {"ErrorEquals": ["Bang"], "MaxAttempts": 1}]
    run = fails(*retriers, mock=[boom, bang, {"result": 1}])
    assert (run.output, run.clock) == (1, 2.0)


def test_the_context_counts_retries() -> None:
    seen: list[Any] = []

    def service(call: stepvet.TaskCall) -> Any:
        state = call.context["State"]
        assert isinstance(state, dict)
        seen.append((call.attempt, state["RetryCount"], call.arguments))
        raise stepvet.TaskError("Boom")

    state = task(Parameters={"n.$": "$$.State.RetryCount"}, Retry=[{**ALL, "MaxAttempts": 2}])
    stepvet.run(one(state), {}, services=service)
    assert seen == [(0, 0, {"n": 0}), (1, 1, {"n": 1}), (2, 2, {"n": 2})]


def test_jitter_depends_on_the_seed_alone_and_only_shortens() -> None:
    state = one(task(Retry=[{**ALL, "IntervalSeconds": 10, "JitterStrategy": "FULL"}]))
    clocks = [stepvet.run(state, {}, services={"S": ERROR}, seed=seed).clock for seed in (1, 1, 2)]
    assert clocks[0] == clocks[1] != clocks[2]
    assert max(clocks) <= 70


def test_a_runtime_error_is_neither_retried_nor_caught() -> None:
    handled = {"ErrorEquals": ["States.Runtime"]}
    state = task(OutputPath="$.no", Retry=[handled], Catch=[{**handled, "Next": "H"}], Next="H")
    run = stepvet.run(chain(("S", state), ("H", {"Type": "Succeed"})), {}, services={"S": {"result": {}}})
    assert (run.error, entered(run)) == ("States.Runtime", ["S"])


def caught(catcher: dict[str, Any], given: Any = None, *, error: Any = ERROR, **fields: Any) -> stepvet.Execution:
    state = task(Catch=[{**ALL, **catcher, "Next": "H"}], Next="H", **fields)
    machine = chain(("S", state), ("H", {"Type": "Succeed"}), language=fields.pop("language", "JSONPath"))
    return stepvet.run(machine, {"a": 1} if given is None else given, services={"S": error})


OUTPUT = {"Error": "Boom", "Cause": "loud"}
CAUGHT = [
    ("the error output replaces the input", {}, {}, OUTPUT),
    ("beside the raw input", {"ResultPath": "$.e"}, {"InputPath": "$.a"}, {"a": 1, "e": OUTPUT}),
    ("not at all", {"ResultPath": None}, {}, {"a": 1}),
    ("OutputPath isn't applied", {}, {"OutputPath": "$.no"}, OUTPUT),
]


@pytest.mark.parametrize(("_what", "catcher", "fields", "output"), CAUGHT, ids=[c[0] for c in CAUGHT])
def test_what_a_catcher_hands_on(_what: str, catcher: dict[str, Any], fields: dict[str, Any], output: Any) -> None:
    run = caught(catcher, **fields)
    assert (run.status, run.output, entered(run)) == ("SUCCEEDED", output, ["S", "H"])


def test_a_missing_cause_is_an_empty_text() -> None:
    assert caught({}, error={"errorOutput": {"error": "Boom"}}).output == {"Error": "Boom", "Cause": ""}


def test_a_jsonata_catcher() -> None:
    catch = {**ALL, "Next": "H", "Output": {"e": "{% $states.errorOutput.Error %}", "i": "{% $states.input %}"},
             "Assign": {"seen": "{% $states.errorOutput.Cause %}"}}  # fmt: skip
    show = {"Type": "Pass", "Output": {"before": "{% $states.input %}", "seen": "{% $seen %}"}}
    machine = chain(("S", task(Catch=[catch], Next="H")), ("H", show), language="JSONata")
    run = stepvet.run(machine, 5, services={"S": ERROR})
    assert run.output == {"before": {"e": "Boom", "i": 5}, "seen": "loud"}


def test_a_catcher_that_fails_itself_ends_the_run() -> None:
    run = caught({"ResultPath": "$.e"}, given=5)
    assert (run.status, run.error) == ("FAILED", "States.ResultPathMatchFailure")


def test_the_error_of_a_branch_keeps_its_name() -> None:
    bad = scope(F={"Type": "Fail", "Error": "Inner", "Cause": "why"})
    state = {"Type": "Parallel", "Branches": [bad], "Catch": [{"ErrorEquals": ["Inner"], "Next": "H"}], "Next": "H"}
    run = stepvet.run(chain(("P", state), ("H", {"Type": "Succeed"})), {})
    assert run.output == {"Error": "Inner", "Cause": "why"}
    assert "ParallelStateFailed" in events(run)


def test_a_fail_without_texts() -> None:
    run = stepvet.run(one({"Type": "Fail"}), {})
    assert (run.status, run.error, run.cause, entered(run)) == ("FAILED", None, None, ["S"])


def test_task_failed_is_a_wildcard_for_all_but_timeouts() -> None:
    catch = [{"ErrorEquals": ["States.TaskFailed"], "Next": "H"}]
    machine = chain(("S", task(TimeoutSeconds=5, Catch=catch, Next="H")), ("H", {"Type": "Succeed"}))
    slow = {"result": 1, "seconds": 6}
    assert stepvet.run(machine, {}, services={"S": ERROR}).status == "SUCCEEDED"
    assert stepvet.run(machine, {}, services={"S": slow}).error == "States.Timeout"


@given(st.integers(0, 99_999_999), st.floats(1, 1e9), st.integers(0, 400), st.integers(1, 31_622_400))
def test_a_pause_is_never_longer_than_the_longest(interval: int, rate: float, retries: int, longest: int) -> None:
    text = f'{{"IntervalSeconds": {interval}, "BackoffRate": {rate!r}, "MaxDelaySeconds": {longest}}}'
    node = read_json(text).root
    assert isinstance(node, Object)
    values = {name: node.get(key) for name, key in (("interval_seconds", "IntervalSeconds"),
              ("backoff_rate", "BackoffRate"), ("max_delay_seconds", "MaxDelaySeconds"))}  # fmt: skip
    assert 0 <= delay(Retrier(node=node, **values), retries) <= longest  # type: ignore[arg-type]


def test_of_thousands_of_handlers_the_last_one_is_reached() -> None:
    others = [{"ErrorEquals": [f"Other{number}"]} for number in range(2_000)]
    catchers = [{**other, "Next": "T"} for other in others]
    state = task(Retry=others, Catch=[*catchers, {**ALL, "Next": "T"}])
    machine = chain(("S", state), ("T", {"Type": "Succeed"}))
    assert stepvet.run(machine, {}, services={"S": ERROR}).status == "SUCCEEDED"
