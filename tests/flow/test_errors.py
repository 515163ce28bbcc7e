"""Error flow: what a state can raise, what its catchers take, how names of services are spelt."""

from __future__ import annotations

from typing import Any

import pytest
from flow.machines import machine
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.errors import PREDEFINED, matched_by
from stepvet.asl.model import Handled, StateMachine
from stepvet.flow.errors import ErrorFlow

SQS = "arn:aws:states:::sqs:sendMessage"
LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f"
END = {"End": True}
NAMES = st.sampled_from([*PREDEFINED, "Mine", "Other.Error", "Lambda.Unknown"])


def task(resource: str, **fields: Any) -> dict[str, Any]:
    return {"Type": "Task", "Resource": resource, **(fields or END)}


def parallel(states: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"Type": "Parallel", "Branches": [{"StartAt": next(iter(states)), "States": states}], **END, **fields}


def one(state: dict[str, Any]) -> StateMachine:
    return machine({"StartAt": "S", "States": {"S": state, "Done": {"Type": "Succeed"}}})


def catch(*names: str) -> list[dict[str, Any]]:
    return [{"ErrorEquals": list(names), "Next": "Done"}]


FAIL = {"Type": "Fail", "Error": "Full"}
CAN_MATCH = [
    ("a function raises what it likes", task(LAMBDA), "Mine", True),
    ("a service has its own words", task(SQS), "SQS.SdkClientException", True),
    ("and no others", task(SQS), "Lambda.ServiceException", False),
    ("a callback raises what it likes", task(SQS + ".waitForTaskToken"), "Lambda.ServiceException", True),
    ("so does a child execution", task("arn:aws:states:::states:startExecution.sync"), "Mine", True),
    ("a hole may be anything", task("${Arn}"), "Lambda.ServiceException", True),
    ("every task may time out", task(SQS), "States.Timeout", True),
    ("nothing matches States.Runtime", task(LAMBDA), "States.Runtime", False),
    ("wildcards match something", parallel({"A": FAIL}), "States.ALL", True),
    ("a branch's Fail has its own name", parallel({"A": FAIL}), "Full", True),
    ("and no other", parallel({"A": FAIL}), "Empty", False),
    ("a Fail whose error comes from data", parallel({"A": {"Type": "Fail", "ErrorPath": "$.e"}}), "Empty", True),
    ("a Fail with a hole", parallel({"A": {"Type": "Fail", "Error": "${E}"}}), "Empty", True),
    ("a branch with a function", parallel({"A": task(LAMBDA)}), "Empty", True),
    ("a state that can't be read", parallel({"A": {"Type": "Teleport"}}), "Empty", True),
    ("no Choice, no NoChoiceMatched", parallel({"A": FAIL}), "States.NoChoiceMatched", False),
    ("a Choice", parallel({"A": {"Type": "Choice"}}), "States.NoChoiceMatched", True),
    ("what the inner one catches stays in", parallel({"A": parallel({"B": FAIL}, Catch=catch("Full"))}), "Full", False),
    ("a catch-all keeps everything in", parallel({"A": task(LAMBDA, Catch=catch("States.ALL"))}), "Mine", False),
    (
        "TaskFailed leaves the timeout",
        parallel({"A": task(SQS, Catch=catch("States.TaskFailed"))}),
        "States.Timeout",
        True,
    ),
    ("retriers keep nothing in", parallel({"A": parallel({"B": FAIL}, Retry=catch("Full"))}), "Full", True),
]


@pytest.mark.parametrize(("state", "entry", "expected"), [c[1:] for c in CAN_MATCH], ids=[c[0] for c in CAN_MATCH])
def test_what_a_state_can_raise(state: dict[str, Any], entry: str, expected: bool) -> None:
    made = one(state)
    assert ErrorFlow(made).raised(made.scope.states["S"]).can_match(entry) is expected


@given(st.lists(NAMES, max_size=3), st.sampled_from([task(SQS), task(LAMBDA), parallel({"A": FAIL})]))
def test_what_escapes_was_raised_and_is_not_caught(names: list[str], state: dict[str, Any]) -> None:
    made = one({**state, "Catch": catch(*names)})
    flow, found = ErrorFlow(made), made.scope.states["S"]
    escaping = flow.escaping(found)
    assert escaping.names <= flow.raised(found).names
    assert "States.Runtime" in escaping.names
    assert not any(matched_by(name, names) for name in escaping.names)


HANDLED = [
    (task(SQS), False, False),
    (task(SQS, Retry=[], Catch=[], **END), False, False),
    (task(SQS, Retry=[{"ErrorEquals": ["X"]}], **END), True, False),
    (task(SQS, Catch=catch("X"), **END), True, False),
    (task(SQS, Catch=catch("States.Timeout"), **END), True, True),
    (task(SQS, Catch=catch("States.TaskFailed"), **END), True, False),
    (task(SQS, Catch=catch("States.ALL"), **END), True, True),
    (task(SQS, Catch="${Catch}", **END), True, True),
]


@pytest.mark.parametrize(("state", "handled", "timeout_caught"), HANDLED)
def test_own_and_outer_handlers_count(state: dict[str, Any], handled: bool, timeout_caught: bool) -> None:
    made = one(state)
    found = made.scope.states["S"]
    assert ErrorFlow(made).is_handled(found) is handled
    assert ErrorFlow(made).is_caught(found, "States.Timeout") is timeout_caught
    around = one(parallel({"Inner": state}, Catch=catch("States.ALL")))
    inner = next(s for s in around.states() if s.name == "Inner")
    assert ErrorFlow(around).is_handled(inner)
    assert ErrorFlow(around).is_caught(inner, "States.Timeout")
    assert [outer.name for outer in ErrorFlow(around).around(inner)] == ["S"]


@pytest.mark.parametrize(("fields", "expected"), [({}, False), ({"ToleratedFailurePercentage": 5}, True)])
def test_a_map_that_tolerates_failures_handles_them(fields: dict[str, Any], expected: bool) -> None:
    config = {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}}
    processor = {**config, "StartAt": "Inner", "States": {"Inner": task(SQS)}}
    made = one({"Type": "Map", "ItemProcessor": processor, **END, **fields})
    inner = next(s for s in made.states() if s.name == "Inner")
    assert ErrorFlow(made).is_handled(inner) is expected


def test_a_name_of_the_other_integration_is_respelled() -> None:
    made = one(task("arn:aws:states:::aws-sdk:dynamodb:getItem"))
    found = made.scope.states["S"]
    assert isinstance(found, Handled)
    flow = ErrorFlow(made)
    assert flow.respelled(found, "DynamoDB.RequestLimitExceeded") == "DynamoDb.RequestLimitExceeded"  # type: ignore[arg-type]
    assert flow.respelled(found, "DynamoDb.RequestLimitExceeded") is None  # type: ignore[arg-type]
