"""Map: items, selectors, limits; distributed: readers, batches, tolerance, writers, children of their own."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from run.machines import chain, entered, events, one, scope, task

import stepvet

SHOW = {"Type": "Pass"}
INNER = scope(I=SHOW)
DISTRIBUTED = {**INNER, "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}}


def distributed(inner: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    made = DISTRIBUTED if inner is None else {**scope(I=inner), "ProcessorConfig": DISTRIBUTED["ProcessorConfig"]}
    return {"Type": "Map", "ItemProcessor": made, **fields}


def inline(**fields: Any) -> dict[str, Any]:
    return {"Type": "Map", "ItemProcessor": INNER, **fields}


CASES = [
    ("the input itself", inline(), [1, 2], [1, 2]),
    ("no items", inline(), [], []),
    ("ItemsPath", inline(ItemsPath="$.items"), {"items": [1]}, [1]),
    ("a selector sees the Map's input", inline(ItemsPath="$.items", ItemSelector={
        "all.$": "$.n", "i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value"}),
     {"items": ["a"], "n": 7}, [{"all": 7, "i": 0, "v": "a"}]),
    ("the older name of a selector", inline(Parameters={"v.$": "$$.Map.Item.Value"}), [3], [{"v": 3}]),
    ("ResultSelector over all", inline(ResultSelector={"n.$": "$[*].n"}), [{"n": 1}, {"n": 2}], {"n": [1, 2]}),
    ("ResultPath", inline(ItemsPath="$.items", ResultPath="$.out"), {"items": [1]}, {"items": [1], "out": [1]}),
    ("an object's members", distributed(ItemsPath="$.o"), {"o": {"k": 1}}, [{"Key": "k", "Value": 1}]),
    ("batches", distributed(ItemBatcher={"MaxItemsPerBatch": 2, "BatchInput": {"b.$": "$[0]"}}), [1, 2, 3],
     [{"BatchInput": {"b": 1}, "Items": [1, 2]}, {"BatchInput": {"b": 1}, "Items": [3]}]),
    ("batches by size", distributed(ItemBatcher={"MaxInputBytesPerBatch": 12}), ["aaaa", "bbbb"],
     [{"Items": ["aaaa"]}, {"Items": ["bbbb"]}]),
    ("flattened results", distributed(ResultWriter={"WriterConfig": {"Transformation": "FLATTEN",
     "OutputType": "JSON"}}), [[1, 2], [3]], [1, 2, 3]),
]  # fmt: skip


@pytest.mark.parametrize(("_what", "state", "given", "output"), CASES, ids=[c[0] for c in CASES])
def test_results(_what: str, state: dict[str, Any], given: Any, output: Any) -> None:
    run = stepvet.run(one(state), given)
    assert (run.status, run.output, run.cause) == ("SUCCEEDED", output, None)


REFUSED = [
    ("no array", inline(), {"a": 1}, 'Reference path "$" must point to array.'),
    ("a context path loses a sign", inline(ItemsPath="$$.Execution.Input"), {},
     'Reference path "$.Execution.Input" must point to array.'),
    ("MaxConcurrencyPath", inline(ItemsPath="$.i", MaxConcurrencyPath="$.m"), {"i": [], "m": "x"},
     'The MaxConcurrencyPath field refers to value "x" which is not a valid integer: $.m'),
    ("digits as Python alone reads them", inline(ItemsPath="$.i", MaxConcurrencyPath="$.m"), {"i": [], "m": "1_0"},
     'The MaxConcurrencyPath field refers to value "1_0" which is not a valid integer: $.m'),
    ("a negative count", inline(ItemsPath="$.i", ToleratedFailureCountPath="$.m"), {"i": [], "m": -1},
     "ToleratedFailureCount cannot be negative."),
    ("a percentage over 100", inline(ItemsPath="$.i", ToleratedFailurePercentagePath="$.m"), {"i": [], "m": 100.1},
     "ToleratedFailurePercentage must be between 0 and 100."),
]  # fmt: skip


@pytest.mark.parametrize(("_what", "state", "given", "cause"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refused_values(_what: str, state: dict[str, Any], given: Any, cause: str) -> None:
    run = stepvet.run(one(state), given)
    prefix = "An error occurred while executing the state 'S' (entered at the event id #2). "
    assert (run.error, run.cause) == ("States.Runtime", prefix + cause)


def test_jsonata_items_must_be_an_array() -> None:
    run = stepvet.run(one(inline(Items="{% $states.input.a %}"), "JSONata"), {"a": 1})
    assert (run.error, run.cause) == (
        "States.QueryEvaluationError",
        "An error occurred while executing the state 'S' (entered at the event id #2). The JSONata expression "
        "'$states.input.a' specified for the field 'Items' returned an unexpected result type. Expected 'array', but "
        "was 'number' for value: 1",
    )
    assert events(run) == [
        "ExecutionStarted",
        "MapStateEntered",
        "EvaluationFailed",
        "MapStateFailed",
        "ExecutionFailed",
    ]


@pytest.mark.parametrize(("concurrency", "clock"), [(1, 30.0), (2, 20.0), (0, 10.0)])
def test_concurrency(concurrency: int, clock: float) -> None:
    state = {"Type": "Map", "MaxConcurrency": concurrency, "ItemProcessor": scope(W={"Type": "Wait", "Seconds": 10})}
    run = stepvet.run(one(state), [1, 2, 3])
    assert (run.output, run.clock) == ([1, 2, 3], clock)


def test_the_first_failure_stops_the_others() -> None:
    inner = scope(W={"Type": "Wait", "SecondsPath": "$.s"}, F={"Type": "Fail", "ErrorPath": "$.e"})
    run = stepvet.run(one({"Type": "Map", "ItemProcessor": inner}), [{"s": 5, "e": "late"}, {"s": 1, "e": "early"}])
    assert (run.error, run.clock, entered(run).count("F")) == ("early", 1.0, 1)
    assert events(run)[-3:] == ["MapIterationAborted", "MapStateFailed", "ExecutionFailed"]


FAIL_ODD = {"Type": "Choice", "Choices": [{"Variable": "$", "NumericEquals": 1, "Next": "F"}], "Default": "E"}
ODD = {
    "StartAt": "O",
    "States": {"O": FAIL_ODD, "F": {"Type": "Fail", "Error": "Odd"}, "E": {"Type": "Succeed"}},
    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
}


@pytest.mark.parametrize(
    ("fields", "fails"),
    [
        ({}, True),
        ({"ToleratedFailureCount": 1}, True),
        ({"ToleratedFailureCount": 2}, False),
        ({"ToleratedFailurePercentage": 49}, True),
        ({"ToleratedFailurePercentage": 50}, False),
        ({"ToleratedFailureCount": 5, "ToleratedFailurePercentage": 10}, True),
    ],
)
def test_tolerance(fields: dict[str, Any], fails: bool) -> None:
    run = stepvet.run(one({"Type": "Map", "ItemProcessor": ODD, **fields}), [1, 2, 1, 4])
    if fails:
        assert (run.error, run.cause) == (
            "States.ExceedToleratedFailureThreshold",
            "The specified tolerated failure threshold was exceeded",
        )
    else:
        assert run.output == [{"Error": "Odd"}, 2, {"Error": "Odd"}, 4]


def test_children_of_a_distributed_map_are_executions_of_their_own() -> None:
    inner = {"Type": "Pass", "Parameters": {"in.$": "$$.Execution.Input"}}
    machine = chain(("A", {"Type": "Pass", "Assign": {"x": 1}}), ("M", distributed(inner, ItemsPath="$.items")))
    run = stepvet.run(machine, {"items": [1, 2]})
    assert run.output == [{"in": 1}, {"in": 2}]
    assert events(run) == [
        "ExecutionStarted", "PassStateEntered", "PassStateExited", "MapStateEntered", "MapStateStarted",
        "MapRunStarted", "MapRunSucceeded", "MapStateSucceeded", "MapStateExited", "ExecutionSucceeded",
    ]  # fmt: skip
    assert run.statistics.events > len(run.history)


def test_what_a_child_catches_is_not_its_map_s_failure() -> None:
    """Both the Map and the child's task are entered by event 2 of their histories."""
    inner = task(Catch=[{"ErrorEquals": ["States.ALL"], "Next": "E"}], Next="E")
    made = {**scope(I=inner, E={"Type": "Succeed"}), "ProcessorConfig": DISTRIBUTED["ProcessorConfig"]}
    machine = one({"Type": "Map", "ItemProcessor": made})
    run = stepvet.run(machine, [1], services={"I": {"errorOutput": {"error": "Boom"}}})
    assert (events(run)[1], events(run)[-3:]) == (
        "MapStateEntered",
        ["MapStateSucceeded", "MapStateExited", "ExecutionSucceeded"],
    )


def test_tokens_of_children_differ() -> None:
    fields = {"Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters": {"QueueUrl": "q", "MessageBody": {"t.$": "$$.Task.Token"}}}  # fmt: skip
    tokens: list[Any] = []

    def service(call: stepvet.TaskCall) -> Any:
        tokens.append(json.dumps(call.arguments))
        return 1

    stepvet.run(one(distributed(task(**fields))), [1, 2], services=service)
    assert len(set(tokens)) == 2


def test_children_of_a_distributed_map_see_no_outer_variables() -> None:
    inner = {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $x %}"}
    machine = chain(("A", {"Type": "Pass", "Assign": {"x": 1}}), ("M", distributed(inner)))
    assert stepvet.run(machine, [1]).error == "States.ExceedToleratedFailureThreshold"
    inlined = {"Type": "Map", "ItemProcessor": scope(I=inner)}
    assert stepvet.run(chain(("A", {"Type": "Pass", "Assign": {"x": 1}}), ("M", inlined)), [1]).output == [1]


def reading(config: dict[str, Any], **fields: Any) -> dict[str, Any]:
    reader = {
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": config,
        "Parameters": {"Bucket": "b", "Key.$": "$.key"},
    }
    return one(distributed(ItemReader=reader, **fields))


CSV = {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}
FILES: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("CSV", CSV, "a,b\n1,2\n3\n4,5,6\n", [{"a": "1", "b": "2"}, {"a": "3", "b": ""}, {"a": "4", "b": "5"}]),
    ("CSV with given headers", {**CSV, "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["x"]}, "1,2\n", [{"x": "1"}]),
    ("CSV with another delimiter", {**CSV, "CSVDelimiter": "PIPE"}, 'a|b\n"1|2"|3\n', [{"a": "1|2", "b": "3"}]),
    ("JSON", {"InputType": "JSON"}, "[1, {}]", [1, {}]),
    ("JSON lines", {"InputType": "JSONL"}, '{"a": 1}\n\n2\n', [{"a": 1}, 2]),
    ("lines end with line feeds alone", {"InputType": "JSONL"}, '"a\u2028b\x85c"\r\n2', ["a\u2028b\x85c", 2]),
    ("CSV with a large cell", CSV, f'a,b\n1,{"y" * 200_000}\n', [{"a": "1", "b": "y" * 200_000}]),
    ("bytes, zipped", {"InputType": "JSON"}, gzip.compress(b"[1]"), [1]),
    ("a pointer", {"InputType": "JSON", "ItemsPointer": "/a/b"}, '{"a": {"b": [7]}}', [7]),
    ("a limit", {"InputType": "JSON", "MaxItems": 1}, "[1, 2]", [1]),
    ("no limit", {"InputType": "JSON", "MaxItems": 0}, "[1, 2]", [1, 2]),
    ("items as they are", {"InputType": "PARQUET"}, [{"c": 1}], [{"c": 1}]),
]


@pytest.mark.parametrize(("_what", "config", "body", "items"), FILES, ids=[f[0] for f in FILES])
def test_files(_what: str, config: dict[str, Any], body: Any, items: Any) -> None:
    run = stepvet.run(reading(config), {"key": "k"}, services={"S": {"result": body}})
    assert (run.output, run.cause) == (items, None)


BROKEN: list[tuple[str, dict[str, Any], Any, str]] = [
    ("headers twice", {**CSV}, "a,a\n1,2\n", "CSV headers cannot contain duplicates."),
    ("no array", {"InputType": "JSON"}, '{"a": 1}', "Attempting to map over non-iterable node."),
    ("a pointer to nothing", {"InputType": "JSON", "ItemsPointer": "/x"}, "{}",
     "The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure."),
    ("a number that JSON doesn't have", {"InputType": "JSON"}, "[NaN]",
     "Attempting to parse a file that is no valid JSON."),
    ("less than nothing", {"InputType": "JSON", "MaxItemsPath": "$.n"}, "[]", "field MaxItems must be positive"),
]  # fmt: skip


@pytest.mark.parametrize(("_what", "config", "body", "cause"), BROKEN, ids=[b[0] for b in BROKEN])
def test_files_that_cannot_be_read(_what: str, config: dict[str, Any], body: Any, cause: str) -> None:
    run = stepvet.run(reading(config), {"key": "k", "n": -1}, services={"S": {"result": body}})
    assert (run.error, run.cause) == ("States.ItemReaderFailed", cause)
    assert events(run)[-4:] == ["MapRunStarted", "MapRunFailed", "MapStateFailed", "ExecutionFailed"]


def test_the_service_is_asked_for_the_object_and_for_a_listing() -> None:
    asked: list[Any] = []

    def service(call: stepvet.TaskCall) -> Any:
        asked.append((call.resource.rpartition(":")[2], call.arguments))
        return [{"Key": "a"}, {"Key": "b"}] if call.resource.endswith("V2") else "[1, 2]"

    reader = {"Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": {"Bucket": "b"}}
    assert stepvet.run(one(distributed(ItemReader=reader)), {}, services=service).output == [{"Key": "a"}, {"Key": "b"}]
    flat = {**reader, "ReaderConfig": {"InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN"}}
    assert stepvet.run(one(distributed(ItemReader=flat)), {}, services=service).output == [1, 2, 1, 2]
    assert asked[-1] == ("getObject", {"Bucket": "b", "Key": "b"})


def test_an_inventory_manifest_leads_to_its_files() -> None:
    manifest = json.dumps(
        {"fileSchema": "Bucket, Key", "destinationBucket": "arn:aws:s3:::d", "files": [{"key": "1.csv"}]}
    )
    bodies = {"m.json": manifest, "1.csv": '"b","x"\n"b","y"\n'}

    def service(call: stepvet.TaskCall) -> Any:
        assert isinstance(call.arguments, dict)
        return bodies[str(call.arguments["Key"])]

    run = stepvet.run(reading({"ManifestType": "S3_INVENTORY"}), {"key": "m.json"}, services=service)
    assert run.output == [{"Bucket": "b", "Key": "x"}, {"Bucket": "b", "Key": "y"}]


def test_a_writer_may_tell_all_of_its_children() -> None:
    writer = {"WriterConfig": {"Transformation": "NONE", "OutputType": "JSON"}}
    state = {"Type": "Map", "ItemProcessor": ODD, "ResultWriter": writer, "ToleratedFailureCount": 1, "Label": "odd"}
    output = stepvet.run(one(state), [1, {"a": 2}]).output
    assert isinstance(output, list)
    failed, done = output
    assert isinstance(done, dict)
    assert isinstance(failed, dict)
    assert (failed["Status"], failed["Error"], failed["Input"], "Output" in failed) == ("FAILED", "Odd", "1", False)
    assert (done["Status"], done["Output"], done["Input"]) == ("SUCCEEDED", '{"a":2}', '{"a":2}')
    assert done["StateMachineArn"] == "arn:aws:states:us-east-1:123456789012:stateMachine:StateMachine/odd"
    assert done["ExecutionArn"] == f"arn:aws:states:us-east-1:123456789012:execution:StateMachine/odd:{done['Name']}"
    assert done["StartDate"] == done["StopDate"] == "2024-01-01T00:00:00.000Z"


@pytest.mark.parametrize(("kind", "error", "clock"), [("STANDARD", None, 400.0), ("EXPRESS", "States.Timeout", 300.0)])
def test_children_have_the_time_of_their_type(kind: str, error: str | None, clock: float) -> None:
    config = {"Mode": "DISTRIBUTED", "ExecutionType": kind}
    inner = {**scope(W={"Type": "Wait", "SecondsPath": "$"}), "ProcessorConfig": config}
    run = stepvet.run(one({"Type": "Map", "ItemProcessor": inner, "ToleratedFailureCount": 1}), [300, 400])
    assert (run.output, run.clock) == ([300, {"Error": error} if error else 400], clock)


def test_fewer_than_no_iterations_at_a_time_never_begin() -> None:
    machine = {**one(inline(ItemsPath="$.i", MaxConcurrencyPath="$.m")), "TimeoutSeconds": 9}
    run = stepvet.run(machine, {"i": [], "m": -1})
    assert (run.status, run.clock, entered(run)) == ("TIMED_OUT", 9.0, ["S"])


def test_an_export_leaves_a_pointer() -> None:
    writer = {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "out", "Prefix": "p"}}
    output = stepvet.run(one(distributed(ResultWriter=writer)), [1]).output
    assert isinstance(output, dict)
    assert sorted(output) == ["MapRunArn", "ResultWriterDetails"]
    details = output["ResultWriterDetails"]
    assert isinstance(details, dict)
    assert (details["Bucket"], str(details["Key"])[:2], str(details["Key"])[-14:]) == ("out", "p/", "/manifest.json")


def test_a_missing_file_can_be_caught() -> None:
    made = reading(CSV, Catch=[{"ErrorEquals": ["States.ItemReaderFailed"], "Next": "H"}], Next="H")
    made["States"]["S"].pop("End", None)
    made["States"]["H"] = {"Type": "Succeed"}
    gone = {"errorOutput": {"error": "States.ItemReaderFailed", "cause": "no such key"}}
    run = stepvet.run(made, {"key": "k"}, services={"S": gone})
    assert run.output == {"Error": "States.ItemReaderFailed", "Cause": "no such key"}


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([], "its list of answers in the mocks is empty"),
        ([{"result": 1}], "its one answer in the mocks is used up"),
        ([{"result": 1}] * 2, "its 2 answers in the mocks are used up"),
    ],
)
def test_a_list_of_answers_that_is_too_short_says_how_short(answers: list[dict[str, int]], told: str) -> None:
    state = {"Type": "Map", "ItemProcessor": scope(T=task())}
    with pytest.raises(stepvet.MissingMock, match=f'{told}; add one to the list of "T"'):
        stepvet.run(one(state), [1, 2, 3], services={"T": answers})


def test_mocks_are_used_up_over_iterations() -> None:
    state = {"Type": "Map", "ItemProcessor": scope(T=task())}
    answers = [{"result": n} for n in "abc"]
    assert stepvet.run(one(state), [1, 2, 3], services={"T": answers}).output == ["a", "b", "c"]
    with pytest.raises(stepvet.MissingMock, match="used up"):
        stepvet.run(one(state), [1, 2, 3, 4], services={"T": answers})
