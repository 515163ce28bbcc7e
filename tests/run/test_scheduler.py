"""Virtual time: waits, timeouts, heartbeats, what runs beside what, and the limits of an execution."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from run.machines import chain, entered, events, one, scope, task

import stepvet
from stepvet.lint.running import machine_of
from stepvet.run.concrete.domain import Concrete
from stepvet.run.concrete.execution import START
from stepvet.run.concrete.history import History
from stepvet.run.concrete.limits import Limits, limits_of
from stepvet.run.concrete.recorder import Line, Recorder
from stepvet.run.concrete.scheduler import Scheduler
from stepvet.run.move import Env
from stepvet.run.services.service import service_of

WAITS = [
    ({"Seconds": 7}, {}, 7.0),
    ({"SecondsPath": "$.s"}, {"s": 8}, 8.0),
    ({"Timestamp": "2024-01-01T00:01:00Z"}, {}, 60.0),
    ({"TimestampPath": "$.t"}, {"t": "2024-01-01T01:00:30+01:00"}, 30.0),
    ({"Timestamp": "2001-01-01T00:00:00Z"}, {}, 0.0),
]


@pytest.mark.parametrize(("fields", "given", "clock"), WAITS)
def test_waits(fields: dict[str, Any], given: Any, clock: float) -> None:
    run = stepvet.run(one({"Type": "Wait", **fields}), given)
    assert (run.status, run.clock, run.output) == ("SUCCEEDED", clock, given)


def test_a_wait_can_be_too_long() -> None:
    run = stepvet.run(one({"Type": "Wait", "Timestamp": "2099-01-01T00:00:00Z"}), {})
    assert (run.error, run.cause) == (
        "States.Runtime",
        "An error occurred while executing the state 'S' (entered at the event id #2). Wait state delay is too long.",
    )


@pytest.mark.parametrize(
    ("top", "seconds", "kind", "status", "clock"),
    [
        ({"TimeoutSeconds": 10}, 9, "STANDARD", "SUCCEEDED", 9.0),
        ({"TimeoutSeconds": 10}, 11, "STANDARD", "TIMED_OUT", 10.0),
        ({}, 301, "EXPRESS", "TIMED_OUT", 300.0),
        ({}, 40_000_000, "STANDARD", "TIMED_OUT", 31_536_000.0),
    ],
)
def test_an_execution_times_out(top: dict[str, Any], seconds: int, kind: Any, status: str, clock: float) -> None:
    run = stepvet.run(chain(("S", {"Type": "Wait", "Seconds": seconds}), **top), {}, type=kind)
    assert (run.status, run.clock, run.error, run.cause) == (status, clock, None, None)
    assert events(run)[-1] == ("ExecutionSucceeded" if status == "SUCCEEDED" else "ExecutionTimedOut")


def test_an_express_loop_ends_with_its_time() -> None:
    """So many events stand for its time; a limit of the user's own stands for itself."""
    choice = {"Type": "Choice", "Choices": [{"Variable": "$.stop", "IsPresent": True, "Next": "E"}], "Default": "C2"}
    states = {"C": choice, "C2": {**choice, "Default": "C"}, "E": {"Type": "Succeed"}}
    machine = {"StartAt": "C", "States": states}
    assert limits_of("EXPRESS", None) == Limits(300, 250_000, by_time=True)
    assert stepvet.run(machine, {}, type="EXPRESS", max_events=99).error == "States.Runtime"
    parsed, line = machine_of(machine, "EXPRESS", "a.json"), Line(History(99))
    domain = Concrete(START, Random(0), Recorder(), line)
    ended = Scheduler(domain, service_of(None), Limits(300, 99, by_time=True), 300.0).run(parsed.scope, Env(), {})
    assert (ended.timed_out, ended.seconds, len(line.history.events)) == (True, 300.0, 98)


ENTERED = "{% $states.context.State.EnteredTime %}"
LATER: list[tuple[dict[str, Any], str]] = [
    ({"Type": "Wait", "Seconds": 7, "Output": ENTERED}, "JSONata"),
    ({**task(), "Output": ENTERED}, "JSONata"),
    (task(ResultSelector={"t.$": "$$.State.EnteredTime"}, OutputPath="$.t"), "JSONPath"),
]


@pytest.mark.parametrize(("state", "language"), LATER)
def test_a_state_is_entered_once_however_long_it_takes(state: dict[str, Any], language: str) -> None:
    run = stepvet.run(one(state, language), {}, services={"S": {"result": 1, "seconds": 7}})
    assert (run.output, run.clock) == ("2024-01-01T00:00:00.000Z", 7.0)


TOKEN = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"


@pytest.mark.parametrize(
    ("resource", "limits", "answer", "error", "clock"),
    [
        (None, {"TimeoutSeconds": 5}, {"seconds": 5}, None, 5.0),
        (None, {"TimeoutSeconds": 5}, {"seconds": 6}, "States.Timeout", 5.0),
        (None, {"TimeoutSecondsPath": "$.t"}, {"seconds": 6}, "States.Timeout", 4.0),
        (None, {"TimeoutSeconds": 50, "HeartbeatSeconds": 2}, {"seconds": 9}, None, 9.0),
        (TOKEN, {"HeartbeatSeconds": 2}, {"seconds": 9}, "States.Timeout", 2.0),
        (TOKEN, {"HeartbeatSeconds": 2}, {"seconds": 9, "silence": 1}, None, 9.0),
    ],
)
def test_timeouts_and_heartbeats_of_tasks(
    resource: str | None, limits: dict[str, Any], answer: dict[str, Any], error: str | None, clock: float
) -> None:
    message = {"QueueUrl": "q", "MessageBody": "m"}
    state = {**task(**limits), **({"Resource": resource, "Parameters": message} if resource else {})}
    run = stepvet.run(one(state), {"t": 4}, services={"S": {"result": 1, **answer}})
    assert (run.error, run.cause, run.clock) == (error, None, clock)


@pytest.mark.parametrize("name", ["States.Timeout", "States.HeartbeatTimeout", "States.ALL"])
def test_a_missed_heartbeat_has_two_names(name: str) -> None:
    fields = {"Resource": TOKEN, "Parameters": {"QueueUrl": "q", "MessageBody": "m"}, "HeartbeatSeconds": 2}
    state = task(**fields, Catch=[{"ErrorEquals": [name], "Next": "H"}], Next="H")
    run = stepvet.run(chain(("S", state), ("H", {"Type": "Succeed"})), {}, services={"S": {"result": 1, "seconds": 9}})
    assert run.output == {"Error": "States.Timeout", "Cause": ""}


def test_a_timeout_is_no_missed_heartbeat() -> None:
    state = task(TimeoutSeconds=2, Catch=[{"ErrorEquals": ["States.HeartbeatTimeout"], "Next": "H"}], Next="H")
    run = stepvet.run(chain(("S", state), ("H", {"Type": "Succeed"})), {}, services={"S": {"result": 1, "seconds": 9}})
    assert (run.status, run.error) == ("FAILED", "States.Timeout")


def branches(*seconds: int) -> list[dict[str, Any]]:
    """Branches that wait so long and then fail with their number."""
    return [
        scope(**{f"W{n}": {"Type": "Wait", "Seconds": s}, f"F{n}": {"Type": "Fail", "Error": str(n)}})
        for n, s in enumerate(seconds)
    ]


@pytest.mark.parametrize(("seconds", "error"), [((3, 2, 1), "2"), ((3, 1, 1), "1"), ((0, 0), "0")])
def test_the_first_failure_in_time_wins_then_the_first_branch(seconds: tuple[int, ...], error: str) -> None:
    run = stepvet.run(one({"Type": "Parallel", "Branches": branches(*seconds)}), {})
    assert (run.error, run.clock) == (error, float(min(seconds)))


def test_branches_take_as_long_as_the_longest_and_keep_their_order() -> None:
    made = [scope(**{f"W{n}": {"Type": "Wait", "Seconds": s}, f"P{n}": {"Type": "Pass", "Result": n}})
            for n, s in enumerate((5, 3))]  # fmt: skip
    run = stepvet.run(one({"Type": "Parallel", "Branches": made}), {})
    assert (run.output, run.clock, entered(run)) == ([0, 1], 5.0, ["S", "W0", "W1", "P1", "P0"])


def test_a_retried_parallel_runs_all_branches_again() -> None:
    made = [scope(A=task()), scope(B={"Type": "Pass"})]
    answers = [{"errorOutput": {"error": "Boom"}}, {"result": 1}]
    state = {"Type": "Parallel", "Branches": made, "Retry": [{"ErrorEquals": ["Boom"]}]}
    run = stepvet.run(one(state), 0, services={"A": answers})
    assert (run.output, entered(run).count("B"), run.clock) == ([1, 0], 2, 1.0)


def test_a_loop_ends_at_the_limit_of_events() -> None:
    choice = {"Type": "Choice", "Choices": [{"Variable": "$.stop", "IsPresent": True, "Next": "E"}], "Default": "P"}
    machine = {"StartAt": "P", "States": {"P": {"Type": "Pass", "Next": "C"}, "C": choice, "E": {"Type": "Succeed"}}}
    run = stepvet.run(machine, {})
    assert (run.error, run.cause) == (
        "States.Runtime",
        "The execution reached the maximum number of history events (25000).",
    )
    assert len(run.history) == run.statistics.events == 25_000


def test_many_steps_and_deep_nesting_cost_no_stack() -> None:
    state: dict[str, Any] = {"Type": "Pass"}
    given: Any = [1]
    for depth in range(40):
        state = {"Type": "Map", "ItemProcessor": scope(**{f"N{depth}": state})}
        given = [given]
    assert stepvet.run(one(state), given[0]).status == "SUCCEEDED"


def test_a_value_that_nests_without_end_is_a_limit() -> None:
    choice = {"Type": "Choice", "Choices": [{"Variable": "$.stop", "IsPresent": True, "Next": "E"}], "Default": "P"}
    grow = {"Type": "Pass", "Parameters": {"a.$": "$"}, "Next": "C"}
    machine = {"StartAt": "P", "States": {"P": grow, "C": choice, "E": {"Type": "Succeed"}}}
    assert stepvet.run(machine, {}).error in ("States.DataLimitExceeded", "States.Runtime")


def test_a_large_result_can_be_caught_on_a_task_and_not_on_a_pass() -> None:
    large = "x" * 300_000
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "H"}]
    machine = chain(("S", task(Catch=catch, Next="H")), ("H", {"Type": "Succeed"}))
    output = stepvet.run(machine, {}, services={"S": {"result": large}}).output
    assert isinstance(output, dict)
    assert output["Error"] == "States.DataLimitExceeded"
    assert stepvet.run(one({"Type": "Pass", "Result": large}), {}).error == "States.DataLimitExceeded"


def test_variables_have_the_limit_of_payloads() -> None:
    run = stepvet.run(one({"Type": "Pass", "Assign": {"x": "x" * 300_000}}), {})
    assert run.error == "States.DataLimitExceeded"


LARGE = "{% $pad('x', 300000) %}"
NEXT: dict[str, Any] = {"Next": "H"}
TOO_LARGE: list[dict[str, Any]] = [
    {"Type": "Wait", "Seconds": 0, "Output": LARGE},
    {"Type": "Choice", "Choices": [{"Condition": True, "Output": LARGE, **NEXT}]},
    {"Type": "Choice", "Choices": [{"Condition": False, **NEXT}], "Output": LARGE, "Default": "H"},
    task(Arguments={"a": LARGE}),
    task(Catch=[{"ErrorEquals": ["States.ALL"], "Output": LARGE, **NEXT}], **NEXT),
    {"Type": "Parallel", "Arguments": LARGE, "Branches": [scope(B={"Type": "Pass"})]},
]


@pytest.mark.parametrize("state", TOO_LARGE)
def test_no_state_s_output_or_request_is_larger_than_a_payload(state: dict[str, Any]) -> None:
    answer = {"errorOutput": {"error": "Boom"}} if "Catch" in state else {"result": 1}
    machine = chain(("S", state), ("H", {"Type": "Succeed"}), language="JSONata")
    assert stepvet.run(machine, {}, services={"S": answer}).error == "States.DataLimitExceeded"
    succeed = one({"Type": "Succeed", "Output": LARGE}, "JSONata")
    assert stepvet.run(succeed, {}).error == "States.DataLimitExceeded"


@pytest.mark.parametrize(("count", "status"), [(40, "SUCCEEDED"), (41, "FAILED")])
def test_all_variables_have_a_limit_together(count: int, status: str) -> None:
    text = "{% $pad('x', 262100) %}"
    states = [(f"S{n}", {"Type": "Pass", "Assign": {f"v{n}": text}}) for n in range(count)]
    run = stepvet.run(chain(*states, ("E", {"Type": "Succeed"}), language="JSONata"), {})
    assert (run.status, run.error) == (status, None if status == "SUCCEEDED" else "States.DataLimitExceeded")


def test_two_runs_are_the_same() -> None:
    state = {"Type": "Pass", "Parameters": {"u.$": "States.UUID()", "r.$": "States.MathRandom(0, 1000000)",
             "t.$": "$$.State.EnteredTime"}}  # fmt: skip
    runs = [stepvet.run(one(state), {}, seed=seed).to_json() for seed in (3, 3, 4)]
    assert runs[0] == runs[1] != runs[2]
