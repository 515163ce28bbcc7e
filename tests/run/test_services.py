"""Who answers tasks: mappings, lists, callables, errors; what a service is told; what is missing is said."""

from __future__ import annotations

from typing import Any

import pytest
from run.machines import chain, events, one, scope, task

import stepvet


def test_a_single_answer_serves_every_call_and_a_list_is_used_up() -> None:
    machine = chain(("A", {"Type": "Map", "ItemProcessor": scope(T=task())}))
    assert stepvet.run(machine, [1, 2], services={"T": {"result": 0}}).output == [0, 0]
    assert stepvet.run(machine, [1, 2], services={"T": [{"result": 0}, {"result": 1}]}).output == [0, 1]


MISSING: list[Any] = [None, {}, {"Other": {"result": 1}}, {"S": []}, {"S": {"reslt": 1}}]


@pytest.mark.parametrize("services", MISSING)
def test_nothing_is_guessed(services: Any) -> None:
    with pytest.raises(stepvet.MissingMock, match='"S"') as raised:
        stepvet.run(one(task()), {}, services=services)
    assert (raised.value.state, raised.value.resource[:14]) == ("S", "arn:aws:lambda")


def test_a_callable_is_told_where_it_is_called() -> None:
    calls: list[stepvet.TaskCall] = []

    def service(call: stepvet.TaskCall) -> Any:
        calls.append(call)
        return call.arguments

    inner = scope(T=task(Parameters={"n.$": "$"}))
    machine = one({"Type": "Parallel", "Branches": [scope(M={"Type": "Map", "ItemProcessor": inner})]})
    assert stepvet.run(machine, [7], services=service).output == [[{"n": 7}]]
    (call,) = calls
    assert (call.state, call.attempt, call.iteration, call.branch) == ("T", 0, (("M", 0),), (0,))
    assert sorted(call.context) == ["Execution", "Map", "State", "StateMachine"]


@pytest.mark.parametrize(("error", "cause"), [("E", "c"), ("E", None), (None, None), (None, "c")])
def test_a_task_error(error: str | None, cause: str | None) -> None:
    def service(_call: stepvet.TaskCall) -> Any:
        raise stepvet.TaskError(error, cause)

    run = stepvet.run(one(task()), {}, services=service)
    assert (run.status, run.error, run.cause) == ("FAILED", error, cause)


def test_a_service_cannot_change_the_machine_s_data() -> None:
    kept = {"r": [1]}

    def service(call: stepvet.TaskCall) -> Any:
        assert isinstance(call.arguments, dict)
        call.arguments["a"] = "spoilt"
        return kept

    machine = chain(("A", task(ResultPath="$.r")), ("B", {"Type": "Pass"}))
    run = stepvet.run(machine, {"a": 1}, services=service)
    kept["r"].append(2)
    assert run.output == {"a": 1, "r": {"r": [1]}}


def test_a_mapping_may_hold_callables() -> None:
    run = stepvet.run(one(task()), 4, services={"S": lambda call: call.arguments + 1})
    assert run.output == 5


NO_ANSWERS: list[tuple[Any, str]] = [
    (lambda call: {1, 2}, "must be JSON, and this is set"),
    (lambda call: float("nan"), "no number of JSON"),
    (lambda call: deep(5_000), "nested too deeply"),
    (lambda call: b"text", "must be JSON, and this is bytes"),
    (lambda call: stepvet.Answer(object()), "must be JSON"),
    (lambda call: stepvet.Answer(1, seconds=-1), "from 0 up"),
    (lambda call: stepvet.Answer(1, seconds=float("nan")), "from 0 up"),
    ({"S": {"result": {1, 2}}}, "must be JSON"),
    ({"S": {"result": 1, "seconds": "long"}}, "from 0 up"),
    ({"S": {"result": 1, "silence": -1}}, "from 0 up"),
    ({"S": {"errorOutput": "Boom"}}, "an errorOutput is"),
    ({"S": {"errorOutput": {"error": 5}}}, "texts or None"),
    (5, "services must be"),
]


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(("services", "message"), NO_ANSWERS)
def test_what_is_no_answer_is_the_caller_s_fault(services: Any, message: str) -> None:
    with pytest.raises(stepvet.ValidationError, match=message):
        stepvet.run(one(task()), {}, services=services)


def test_an_exception_of_the_user_s_own_goes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        stepvet.run(one(task()), {}, services=lambda call: 1 // 0)


EVENTS = [
    ("arn:aws:lambda:eu-west-1:123456789012:function:f", {}, ["LambdaFunctionScheduled", "LambdaFunctionStarted",
     "LambdaFunctionSucceeded"]),
    ("arn:aws:states:eu-west-1:123456789012:activity:a", {}, ["ActivityScheduled", "ActivityStarted",
     "ActivitySucceeded"]),
    ("arn:aws:states:::lambda:invoke", {"FunctionName": "f"}, ["TaskScheduled", "TaskStarted", "TaskSucceeded"]),
    ("arn:aws:states:::sqs:sendMessage.waitForTaskToken", {"QueueUrl": "q", "MessageBody": "m"},
     ["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"]),
    ("arn:aws:states:::glue:startJobRun.sync", {"JobName": "j"},
     ["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"]),
]  # fmt: skip


@pytest.mark.parametrize(("resource", "parameters", "expected"), EVENTS)
def test_history_of_a_task(resource: str, parameters: dict[str, Any], expected: list[str]) -> None:
    run = stepvet.run(one({**task(Parameters=parameters), "Resource": resource}), {}, services={"S": {"result": {}}})
    assert events(run) == [
        "ExecutionStarted", "TaskStateEntered", *expected, "TaskStateExited", "ExecutionSucceeded",
    ]  # fmt: skip


def test_history_is_linked_and_holds_json_texts() -> None:
    machine = chain(("A", {"Type": "Pass", "Assign": {"x": [1]}}), ("B", {"Type": "Succeed"}))
    history = stepvet.run(machine, {"ü": 1.0}).history
    assert [(e["id"], e["previousEventId"]) for e in history] == [(n, n - 1) for n in range(1, len(history) + 1)]
    assert history[1]["stateEnteredEventDetails"] == {"name": "A", "input": '{"ü":1.0}'}
    assert history[2]["stateExitedEventDetails"] == {
        "name": "A", "output": '{"ü":1.0}', "assignedVariables": {"x": "[1]"},
    }  # fmt: skip


def test_headers_that_cannot_be_sent_fail_before_the_call() -> None:
    parameters = {"ApiEndpoint": "x.execute-api.eu-west-1.amazonaws.com", "Method": "GET", "Headers.$": "$.headers"}
    state = {**task(Parameters=parameters), "Resource": "arn:aws:states:::apigateway:invoke"}
    run = stepvet.run(one(state), {"headers": {"a": "single"}}, services={"S": {"result": 1}})
    assert (run.error, events(run)) == ("States.Runtime", ["ExecutionStarted", "TaskStateEntered", "ExecutionFailed"])
    assert run.cause is not None
    assert run.cause.endswith(
        "could not be used to start the Task: [The value of the field 'Headers' has an invalid format]"
    )
    assert stepvet.run(one(state), {"headers": {"a": ["one"]}}, services={"S": {"result": 1}}).status == "SUCCEEDED"
