"""Virtual time: waits, timeouts, heartbeats, what runs beside what, and the limits of an execution."""

from __future__ import annotations

from typing import Any

import pytest
from run.machines import chain, entered, events, one, scope, task

import stepvet

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


def test_two_runs_are_the_same() -> None:
    state = {"Type": "Pass", "Parameters": {"u.$": "States.UUID()", "r.$": "States.MathRandom(0, 1000000)",
             "t.$": "$$.State.EnteredTime"}}  # fmt: skip
    runs = [stepvet.run(one(state), {}, seed=seed).to_json() for seed in (3, 3, 4)]
    assert runs[0] == runs[1] != runs[2]
