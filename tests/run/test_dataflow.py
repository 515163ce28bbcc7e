"""What becomes of data in one state: the stages in their order, templates, variables, both query languages."""

from __future__ import annotations

from typing import Any

import pytest
from run.machines import chain, one, scope, task

import stepvet

Case = tuple[str, dict[str, Any], Any, Any]

JSONPATH: list[Case] = [
    ("no field at all", {"Type": "Pass"}, {"a": 1}, {"a": 1}),
    ("InputPath narrows", {"Type": "Pass", "InputPath": "$.a"}, {"a": 1}, 1),
    ("InputPath null", {"Type": "Pass", "InputPath": None}, {"a": 1}, {}),
    ("OutputPath null", {"Type": "Pass", "OutputPath": None}, {"a": 1}, {}),
    ("ResultPath null keeps the raw input", {"Type": "Pass", "Result": 5, "InputPath": "$.a", "ResultPath": None},
     {"a": 1}, {"a": 1}),
    ("ResultPath goes into the raw input", {"Type": "Pass", "InputPath": "$.a", "ResultPath": "$.b.c"},
     {"a": 1}, {"a": 1, "b": {"c": 1}}),
    ("Result wins over Parameters", {"Type": "Pass", "Result": {"r": 1}, "Parameters": {"p": 2}}, {}, {"r": 1}),
    ("Result is not templated", {"Type": "Pass", "Result": {"r.$": "$.a"}}, {"a": 1}, {"r.$": "$.a"}),
    ("templates at every depth", {"Type": "Pass", "Parameters": {"x": {"y.$": "$.a"}, "z": ["$.a", {"w.$": "$"}]}},
     {"a": 1}, {"x": {"y": 1}, "z": ["$.a", {"w": {"a": 1}}]}),
    ("an indefinite path finds nothing", {"Type": "Pass", "Parameters": {"x.$": "$.items[*].v"}}, {}, {"x": []}),
    ("an intrinsic call", {"Type": "Pass", "Parameters": {"x.$": "States.Format('{}-{}', $.a, 'b')"}},
     {"a": 1}, {"x": "1-b"}),
    ("calls in calls", {"Type": "Pass", "Parameters": {"x.$": "States.ArrayLength(States.Array(1, $.a))"}},
     {"a": 1}, {"x": 2}),
    ("Wait has no ResultPath, so InputPath narrows", {"Type": "Wait", "Seconds": 0, "InputPath": "$.a"}, {"a": 1}, 1),
    ("OutputPath after ResultPath", {"Type": "Pass", "Result": 1, "ResultPath": "$.r", "OutputPath": "$.r"}, {}, 1),
]  # fmt: skip
JSONATA: list[Case] = [
    ("no field at all", {"Type": "Pass"}, {"a": 1}, {"a": 1}),
    ("Output is a tree", {"Type": "Pass", "Output": {"x": "{% $states.input.a + 1 %}", "y": ["{%1%}", " {% 2 %}"]}},
     {"a": 1}, {"x": 2, "y": [1, " {% 2 %}"]}),
    ("keys are not evaluated", {"Type": "Pass", "Output": {"{% 1 %}": 1, "a.$": "$.x"}}, {},
     {"{% 1 %}": 1, "a.$": "$.x"}),
    ("undefined members vanish inside", {"Type": "Pass", "Output": '{% {"a": $states.input.b} %}'}, {}, {}),
    ("null is a value", {"Type": "Pass", "Output": "{% $states.input.a %}"}, {"a": None}, None),
]  # fmt: skip


@pytest.mark.parametrize(("_what", "state", "given", "output"), JSONPATH, ids=[c[0] for c in JSONPATH])
def test_jsonpath(_what: str, state: dict[str, Any], given: Any, output: Any) -> None:
    run = stepvet.run(one(state), given)
    assert (run.status, run.output) == ("SUCCEEDED", output)


@pytest.mark.parametrize(("_what", "state", "given", "output"), JSONATA, ids=[c[0] for c in JSONATA])
def test_jsonata(_what: str, state: dict[str, Any], given: Any, output: Any) -> None:
    run = stepvet.run(one(state, "JSONata"), given)
    assert (run.status, run.output) == ("SUCCEEDED", output)


AT = "An error occurred while executing the state 'S' (entered at the event id #2). "
FAILURES: list[tuple[str, dict[str, Any], str, Any, str, str]] = [
    ("a template's path", {"Type": "Pass", "Parameters": {"v": {"x.$": "$.no"}}}, "JSONPath", {"a": 1},
     "States.Runtime", AT + "The JSONPath '$.no' specified for the field 'x.$' could not be found "
     "in the input '{\"a\":1}'"),
    ("InputPath", {"Type": "Pass", "InputPath": "$.no"}, "JSONPath", {},
     "States.Runtime", AT + "Invalid path '$.no' : No results for path: $['no']"),
    ("OutputPath, further in", {"Type": "Pass", "OutputPath": "$.no.such"}, "JSONPath", {},
     "States.Runtime", AT + "Invalid path '$.no.such' : Missing property in path $['no']"),
    ("SecondsPath that finds nothing", {"Type": "Wait", "SecondsPath": "$.s"}, "JSONPath", {},
     "States.Runtime", AT + "The SecondsPath parameter does not reference an input value: $.s"),
    ("SecondsPath below zero", {"Type": "Wait", "SecondsPath": "$.s"}, "JSONPath", {"s": -1},
     "States.Runtime", AT + "The SecondsPath parameter references a negative value: $.s == -1"),
    ("SecondsPath above all limits", {"Type": "Wait", "SecondsPath": "$.s"}, "JSONPath", {"s": 100_000_000},
     "States.Runtime", AT + "The SecondsPath parameter references a value greater than 99999999: $.s == 100000000"),
    ("SecondsPath with a fraction", {"Type": "Wait", "SecondsPath": "$.s"}, "JSONPath", {"s": 1.5},
     "States.Runtime", AT + "The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5"),
    ("TimestampPath", {"Type": "Wait", "TimestampPath": "$.t"}, "JSONPath", {"t": "soon"}, "States.Runtime",
     AT + "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: "
     "$.t == soon"),
    ("nothing", {"Type": "Pass", "Output": {"a": "{% $states.input.no %}"}}, "JSONata", {},
     "States.QueryEvaluationError", AT + "The JSONata expression '$states.input.no' specified for the field 'Output/a' "
     "returned nothing (undefined)."),
    ("no function", {"Type": "Pass", "Output": {"a": ["{% $no() %}"]}}, "JSONata", {}, "States.QueryEvaluationError",
     AT + "The JSONata expression '$no()' specified for the field 'Output/a[0]' threw an error during evaluation. "
     "T1006: Attempted to invoke a non-function"),
    ("a function", {"Type": "Pass", "Output": "{% $sum %}"}, "JSONata", {}, "States.QueryEvaluationError",
     AT + "The JSONata expression '$sum' specified for the field 'Output' returned an unsupported result type."),
    ("no boolean", {"Type": "Choice", "Choices": [{"Condition": "{% 1 %}", "Next": "S"}], "Default": "T"}, "JSONata",
     {}, "States.QueryEvaluationError", AT + "The JSONata expression '1' specified for the field "
     "'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("_what", "state", "language", "given", "error", "cause"), FAILURES, ids=[f[0] for f in FAILURES]
)
def test_failures_are_told_as_aws_tells_them(
    _what: str, state: dict[str, Any], language: str, given: Any, error: str, cause: str
) -> None:
    run = stepvet.run(chain(("S", state), ("T", {"Type": "Succeed"}), language=language), given)
    assert (run.status, run.error, run.cause) == ("FAILED", error, cause)
    assert run.failure is not None
    assert run.failure.at is not None


def test_assign_sees_old_values_and_is_seen_by_the_next_state() -> None:
    machine = chain(
        ("A", {"Type": "Pass", "Assign": {"x": 1}}),
        ("B", {"Type": "Pass", "Assign": {"x.$": "States.MathAdd($x, 1)", "y.$": "$x"}, "Parameters": {"now.$": "$x"}}),
        ("C", {"Type": "Pass", "Parameters": {"x.$": "$x", "y.$": "$y", "was.$": "$.now"}}),
    )
    assert stepvet.run(machine, {}).output == {"x": 2, "y": 1, "was": 1}


def test_the_order_of_the_stages_in_one_state() -> None:
    state = {
        "Type": "Pass", "InputPath": "$answer", "ResultPath": "$.theAnswer", "OutputPath": "$answer",
        "Assign": {"answer": "x"},
    }  # fmt: skip
    show = {"Type": "Pass", "Parameters": {"old.$": "$", "new.$": "$answer"}}
    machine = chain(("A", {"Type": "Pass", "Assign": {"answer": 42}}), ("B", state), ("C", show))
    assert stepvet.run(machine, {"theQuestion": "?"}).output == {"old": 42, "new": "x"}


def test_a_task_assigns_its_raw_result() -> None:
    machine = chain(
        ("T", task(ResultSelector={"n.$": "$.number"}, ResultPath="$.r", Assign={"raw.$": "$"})),
        ("P", {"Type": "Pass", "Parameters": {"raw.$": "$raw", "in.$": "$"}}),
    )
    run = stepvet.run(machine, {"a": 1}, services={"T": {"result": {"number": 7, "more": 8}}})
    assert run.output == {"raw": {"number": 7, "more": 8}, "in": {"a": 1, "r": {"n": 7}}}


def test_branches_read_outer_variables_and_keep_their_own() -> None:
    branch = scope(A={"Type": "Pass", "Assign": {"inner.$": "$x"}}, B={"Type": "Pass", "Parameters": {"i.$": "$inner"}})
    machine = chain(
        ("S", {"Type": "Pass", "Assign": {"x": 5}}),
        ("P", {"Type": "Parallel", "Branches": [branch]}),
        ("E", {"Type": "Pass", "Parameters": {"gone.$": "$inner"}}),
    )
    run = stepvet.run(machine, {})
    assert (run.error, run.trace[-1]["state"]) == ("States.Runtime", "E")


def test_a_mixed_machine_keeps_each_language_to_its_states() -> None:
    machine = chain(
        ("A", {"Type": "Pass", "QueryLanguage": "JSONata", "Output": {"n": "{% 1 + 1 %}"}, "Assign": {"v": "{% 3 %}"}}),
        ("B", {"Type": "Pass", "Parameters": {"n.$": "$.n", "v.$": "$v", "text": "{% 1 %}"}}),
    )
    assert stepvet.run(machine, {}).output == {"n": 2, "v": 3, "text": "{% 1 %}"}


def test_the_input_is_left_alone() -> None:
    given = {"a": {"b": 1}}
    stepvet.run(one({"Type": "Pass", "Result": 1, "ResultPath": "$.a.b"}), given)
    assert given == {"a": {"b": 1}}


def test_the_whole_context_object_of_a_pass() -> None:
    context = stepvet.run(one({"Type": "Pass", "InputPath": "$$"}), {"a": 1}).output
    assert isinstance(context, dict)
    assert {k: sorted(v) for k, v in context.items()} == {
        "Execution": ["Id", "Input", "Name", "RedriveCount", "RoleArn", "StartTime"],
        "State": ["EnteredTime", "Name"],
        "StateMachine": ["Id", "Name"],
    }


def test_a_token_is_there_where_somebody_else_ends_the_task() -> None:
    waiting = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
    asked: list[Any] = []
    for resource in (waiting, "arn:aws:states:::lambda:invoke"):
        fields = {"FunctionName": "f"} if resource.endswith("invoke") else {"QueueUrl": "q", "MessageBody": "m"}
        machine = one({"Type": "Task", "Resource": resource, "Parameters": {**fields}})
        stepvet.run(machine, {}, services=lambda call: asked.append("Task" in call.context))
    assert asked == [True, False]
