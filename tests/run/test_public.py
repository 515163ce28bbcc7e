"""`stepvet.run`, `evaluate` and `test_state` as Python calls them: what they take, what they refuse."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from run.machines import LAMBDA, one, task

import stepvet

PASS = one({"Type": "Pass"})
BAD: list[Any] = ["", "[", "[]", "{}", "null", {"StartAt": "A"}, one({"Type": "Pas"}), one({"Type": "Task"}), {1: {2}}]


@pytest.mark.parametrize("definition", BAD)
def test_a_bad_definition_is_refused(definition: Any) -> None:
    with pytest.raises((stepvet.InvalidDefinition, stepvet.ValidationError)):
        stepvet.run(definition, {})


def test_text_yaml_and_mappings() -> None:
    text = "StartAt: A\nStates:\n  A: {Type: Succeed}\n"
    assert stepvet.run(text, 1, filename="a.asl.yaml").output == stepvet.run(text, 1, filename="A.YML").output == 1
    assert stepvet.run(json.dumps(PASS), 1).output == stepvet.run(PASS, 1).output == 1


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize("given", [{1, 2}, object(), deep(5_000), float("nan"), [float("inf")], b""])
def test_an_input_that_is_no_json_is_refused(given: Any) -> None:
    with pytest.raises(stepvet.ValidationError):
        stepvet.run(PASS, given)


@pytest.mark.parametrize(
    "arguments",
    [
        {"context": [1]},
        {"variables": "x"},
        {"variables": {"x": {1}}},
        {"type": "standard"},
        {"max_events": 0},
        {"max_events": "many"},
    ],
)
def test_arguments_of_a_wrong_shape_are_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(stepvet.ValidationError, match=next(iter(arguments))):
        stepvet.run(PASS, {}, **arguments)


def test_threads_do_not_meet() -> None:
    fields = {"u": "{% $uuid() %}", "r": "{% $random() %}", "t": "{% $now() %}", "s": "{% $sum([1..50]) %}"}
    machine = one({"Type": "Pass", "Output": fields}, "JSONata")
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: json.dumps(stepvet.run(machine, {}, seed=4).to_json()), range(24)))
    assert len(set(runs)) == 1


def test_context_and_variables_may_be_given() -> None:
    state = {"Type": "Pass", "Parameters": {"n.$": "$$.Execution.Name", "t.$": "$$.State.EnteredTime", "x.$": "$x"}}
    context = {"Execution": {"Name": "mine", "StartTime": "2020-02-29T00:00:00Z"}}
    run = stepvet.run(one(state), {}, context=context, variables={"x": [1]})
    assert run.output == {"n": "mine", "t": "2020-02-29T00:00:00.000Z", "x": [1]}


VALUES = [
    ("$.a[0]", 1),
    ("$", {"a": [1, 2]}),
    ("$$.State.Name", "S"),
    ("$x.y", 3),
    ("$.a[*]", [1, 2]),
    ("$.no[*]", []),
    ("States.ArrayLength($.a)", 2),
    ("States.Format('{}{}', $x.y, $$.State.Name)", "3S"),
    ("{% $sum($states.input.a) + $x.y %}", 6),
    ("{% $states.context.State.Name %}", "S"),
]


@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_evaluate(expression: str, value: Any) -> None:
    seen: dict[str, Any] = {"input": {"a": [1, 2]}, "context": {"State": {"Name": "S"}}, "variables": {"x": {"y": 3}}}
    assert stepvet.evaluate(expression, **seen) == value


FAILED = [
    ("$.no", "States.Runtime"),
    ("$$.no", "States.Runtime"),
    ("$no", "States.Runtime"),
    ("States.ArrayGetItem($.a, 9)", "States.IntrinsicFailure"),
    ("{% $states.input.no %}", "States.QueryEvaluationError"),
    ("{% $no() %}", "States.QueryEvaluationError"),
    ("{% $eval('1') %}", "States.QueryEvaluationError"),
]


@pytest.mark.parametrize(("expression", "error"), FAILED)
def test_evaluate_fails_as_a_state_would(expression: str, error: str) -> None:
    with pytest.raises(stepvet.EvaluationError) as raised:
        stepvet.evaluate(expression, input={"a": []})
    assert (raised.value.error, bool(raised.value.cause)) == (error, True)


@pytest.mark.parametrize(
    "expression",
    ["", "a", "States.Nope()", "{% a %}", "{% $ %}", "{% $$ %}", "{% 1 ?? 2 %}", "{% 1 ?: 2 %}", "{% + %}"],
)
def test_evaluate_refuses_what_aws_refuses(expression: str) -> None:
    with pytest.raises(stepvet.InvalidDefinition):
        stepvet.evaluate(expression, input={})


LAMBDA_INVOKE = {
    "Type": "Task",
    "Resource": "arn:aws:states:::lambda:invoke",
    "Parameters": {"FunctionName": "f", "Payload.$": "$.p"},
    "ResultSelector": {"s.$": "$.StatusCode"},
    "ResultPath": "$.r",
    "OutputPath": "$.r",
    "Next": "N",
}
RESULT = {"StatusCode": 200, "Payload": {}}


def test_the_inspection_of_a_task() -> None:
    mock = {"result": json.dumps(RESULT)}
    answer = stepvet.test_state(LAMBDA_INVOKE, input={"p": 1}, mock=mock, inspectionLevel="DEBUG")
    as_text = stepvet.test_state(LAMBDA_INVOKE, input='{"p": 1}', mock=json.dumps(mock), inspectionLevel="DEBUG")
    assert answer == as_text == {
        "status": "SUCCEEDED",
        "output": {"s": 200},
        "nextState": "N",
        "inspectionData": {
            "input": {"p": 1},
            "afterInputPath": {"p": 1},
            "afterParameters": {"FunctionName": "f", "Payload": 1},
            "result": RESULT,
            "afterResultSelector": {"s": 200},
            "afterResultPath": {"p": 1, "r": {"s": 200}},
        },
    }


def retried(count: int, **fields: Any) -> dict[str, Any]:
    retrier = {"ErrorEquals": ["Boom"], "IntervalSeconds": 1, "MaxAttempts": 2, "BackoffRate": 3}
    mock = {"errorOutput": {"error": "Boom", "cause": "loud"}}
    configuration = {"retrierRetryCount": count}
    state = {**task(Retry=[retrier], **fields), "End": True}
    return stepvet.test_state(state, mock=mock, stateConfiguration=configuration, inspectionLevel="TRACE")


def test_a_test_ends_where_a_retry_would_begin() -> None:
    assert [retried(n)["status"] for n in (0, 1, 2)] == ["RETRIABLE", "RETRIABLE", "FAILED"]
    assert retried(1)["inspectionData"]["errorDetails"] == {"retryIndex": 0, "retryBackoffIntervalSeconds": 3}
    assert retried(2)["inspectionData"]["errorDetails"] == {"retryIndex": 0}


def test_a_caught_error() -> None:
    state = {
        **task(Catch=[{"ErrorEquals": ["Other"], "Next": "A"}, {"ErrorEquals": ["States.ALL"], "Next": "B"}]),
        "End": True,
    }
    answer = stepvet.test_state(
        state, mock={"errorOutput": {"error": "Boom", "cause": "loud"}}, inspectionLevel="DEBUG"
    )
    assert (answer["status"], answer["nextState"], answer["error"]) == ("CAUGHT_ERROR", "B", "Boom")
    assert answer["output"] == {"Error": "Boom", "Cause": "loud"}
    assert answer["inspectionData"]["errorDetails"] == {"catchIndex": 1}


def test_variables_and_their_new_values_are_inspected() -> None:
    state = {"Type": "Pass", "Assign": {"y.$": "States.MathAdd($x, 1)"}, "End": True}
    answer = stepvet.test_state(state, variables='{"x": 1}', inspectionLevel="DEBUG")
    assert answer["inspectionData"]["variables"] == {"x": 1, "y": 2}


def test_a_map_s_iterations_may_have_failed() -> None:
    inner = {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": True}},
             "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}}  # fmt: skip
    state = {"Type": "Map", "ItemProcessor": inner, "ToleratedFailureCount": 1, "End": True}
    answers = [
        stepvet.test_state(
            state, input="[1,2,3]", mock={"result": "[1,2,3]"}, stateConfiguration={"mapIterationFailureCount": n}
        )
        for n in (1, 2)
    ]
    assert [a["status"] for a in answers] == ["SUCCEEDED", "FAILED"]
    assert answers[1]["error"] == "States.ExceedToleratedFailureThreshold"


END = {"End": True}
PARALLEL = {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Succeed"}}}], **END}
REFUSED: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({**task(), **END}, {}, "RoleArn must be specified when testing a Task state"),
    ({**task(), **END}, {"roleArn": "r"}, "specify a mock"),
    ({"Type": "Pass", **END}, {"mock": {"result": "{}"}}, "State type 'Pass' is not supported when a mock"),
    ({**task(), **END}, {"mock": {"result": "{}", "errorOutput": {"error": "E"}}}, "only one of the following fields"),
    ({**task(), **END}, {"mock": {"result": "no json"}}, "Mocked result must be valid JSON"),
    ({**task(), **END}, {"mock": {"result": "1"}, "revealSecrets": True}, "does not support RevealSecrets"),
    ({**task(), **END}, {"mock": {"errorOutput": {}}}, "'error' is required"),
    ({**task(), **END}, {"mock": {"errorOutput": None}}, "only one of the following fields"),
    ({**task(), **END}, {"mock": {"errorOutput": {"error": 5}}}, "must be texts"),
    ({**task(), **END}, {"mock": "{"}, "mock must be valid JSON"),
    ({**task(), **END}, {"mock": [1]}, "mock must be a JSON object"),
    ({**task(), **END}, {"mock": {"result": "1", "fieldValidationMode": []}}, "fieldValidationMode"),
    ({**task(), **END}, {"mock": {"result": "NaN"}}, "Mocked result must be valid JSON"),
    ({**task(), **END}, {"mock": {"result": "1"}, "stateConfiguration": "[]"}, "stateConfiguration must be"),
    ({"Type": "Pass", **END}, {"input": float("inf")}, "input: a value must be JSON"),
    ({"Type": "Pass", **END}, {"variables": "[1]"}, "variables must be a JSON object"),
    (PARALLEL, {"mock": {"result": "[1, 2]"}}, "the same number of items"),
    (PARALLEL, {"mock": {"result": "{}"}}, "must be an array"),
    (PARALLEL, {}, "only supported when a mock is specified"),
    ({"Type": "Pass", **END}, {"input": "{"}, "input must be valid JSON"),
    ({"Type": "Pass", **END}, {"inspectionLevel": "ALL"}, "inspectionLevel"),
    ({"Type": "Pass", **END}, {"context": "{}"}, "Context can only be specified"),
    ({**task(), **END}, {"mock": {"result": "1"}, "context": '{"Pet": {}}'}, "Field 'Pet' is not allowed"),
    ({**task(), **END}, {"mock": {"result": "1"}, "context": '{"Execution": {"Id": 1}}'}, "Execution.Id must be"),
    ({**task(), **END}, {"mock": {"result": "1"}, "context": '{"Map": {}}'}, "'Map' field is not supported"),
    ({**task(), **END}, {"mock": {"result": "1"}, "context": '{"Task": {"Token": "t"}}'}, "contains 'Task'"),
    ({**LAMBDA_INVOKE, "Resource": "arn:aws:states:::lambda:invoke"},
     {"mock": {"result": '{"StatusCode": "200"}'}, "input": '{"p": 1}'}, "Field 'StatusCode' must be a number"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "request_", "message"), REFUSED)
def test_refused_requests(state: dict[str, Any], request_: dict[str, Any], message: str) -> None:
    with pytest.raises(stepvet.ValidationError, match=message.replace("[", r"\[")):
        stepvet.test_state(state, **request_)


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        ({"Type": "Parallel", "Branches": [], "End": True}, "Value cannot be empty at /States/StateName/Branches"),
        ({"Type": "Nope", "End": True}, "at /States/StateName/Type"),
        ("no json", "INVALID_JSON"),
    ],
)
def test_refused_definitions(definition: Any, message: str) -> None:
    with pytest.raises(stepvet.InvalidDefinition, match=message):
        stepvet.test_state(definition)


def test_a_state_of_a_whole_machine_is_found_by_its_name() -> None:
    inner = {"StartAt": "In", "States": {"In": {"Type": "Pass", "Result": 1, "End": True}}}
    machine = {"StartAt": "Gone", "States": {"Out": {"Type": "Map", "ItemProcessor": inner, "End": True}}}
    assert stepvet.test_state(machine, stateName="In")["output"] == 1
    with pytest.raises(stepvet.ValidationError, match="does not exist"):
        stepvet.test_state(machine, stateName="Nowhere")


def test_a_lambda_arn_has_no_shape_to_check() -> None:
    state = {"Type": "Task", "Resource": LAMBDA, "End": True}
    assert stepvet.test_state(state, mock={"result": {"any": "thing"}})["output"] == {"any": "thing"}
