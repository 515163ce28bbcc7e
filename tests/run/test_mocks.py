"""Mocks files: what each kind of file answers, and what is said of a wrong one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from run.machines import LAMBDA, chain, entered, one, scope, task

import stepvet
from stepvet.run.document import FileFault
from stepvet.run.services.mocks import SingleMock, read_mocks

INVOKE = "arn:aws:states:::lambda:invoke"
CONFIG = {
    "StateMachines": {
        "Orders": {"TestCases": {"Happy": {"S": "Fine"}, "Slow": {"S": "Busy"}, "Lost": {"S": "Fnie"}}},
        "Refunds": {"TestCases": {"Happy": {"S": "Busy"}}},
    },
    "MockedResponses": {
        "Fine": {"0": {"Return": {"id": 7}}},
        "Busy": {"0-1": {"Throw": {"Error": "Busy", "Cause": "later"}}, "2": {"Return": "at last"}},
        "Backwards": {"2-1": {"Return": 1}},
    },
}
HANDLERS = """
import tables

class NoFunds(Exception):
    pass

def double(event, context):
    print("a word on the way")
    return event * 2

def lookup(event, context):
    return tables.PRICES[event["item"]]

def refuse(event, context):
    raise NoFunds("the card is empty")

def leave(event, context):
    raise SystemExit(3)

def no_json(event, context):
    return {1, 2}

def who(event, context):
    return [context.function_name, context.invoked_function_arn, context.get_remaining_time_in_millis() > 0]

def again(event, context):
    tables.SEEN.append(event)
    return len(tables.SEEN)

number = 7
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "handlers.py").write_text(HANDLERS)
    (tmp_path / "tables.py").write_text("PRICES = {'ink': 3}\nSEEN = []\n")
    (tmp_path / "broken.py").write_text("raise RuntimeError('not today')\n")
    (tmp_path / "leaving.py").write_text("import sys\nsys.exit(1)\n")
    return tmp_path


def read(name: str, text: str, case: str | None = None) -> Any:
    Path(name).write_text(text, encoding="utf-8")
    return read_mocks(Path(name), case)


def answered(mocks: Any, machine: dict[str, Any] | None = None, given: Any = None) -> stepvet.Execution:
    assert not isinstance(mocks, FileFault), mocks
    return stepvet.run(machine or one(task()), given, services=mocks)


OURS = [
    ("S: {result: {id: 7}}", {"id": 7}),
    ("S: {result: null}", None),
    ('S: {result: "{}"}', "{}"),
    ("S: {result: 2024-05-01}", "2024-05-01"),
    ("S: [{result: 1}, {result: 2}]", 1),
    ("S:\n  result: ${name}", "${name}"),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("text", "output"), OURS)
def test_ours(text: str, output: Any) -> None:
    assert answered(read("mocks.yaml", text)).output == output


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "error", "cause"),
    [
        ("S: {errorOutput: {error: Busy, cause: later}}", "Busy", "later"),
        ("S: {errorOutput: {error: Busy}}", "Busy", None),
        ("S: {errorOutput: }", None, None),
        ("S: {result: 1, seconds: 61}", "States.Timeout", None),
    ],
)
def test_ours_that_fail(text: str, error: str | None, cause: str | None) -> None:
    run = answered(read("mocks.yaml", text), one(task(TimeoutSeconds=60)))
    assert (run.status, run.error, run.cause) == ("FAILED", error, cause)


@pytest.mark.usefixtures("folder")
def test_a_list_is_used_up_over_attempts() -> None:
    mocks = read("mocks.yaml", "S: [{errorOutput: {error: Busy}}, {result: 1}]")
    retried = one(task(Retry=[{"ErrorEquals": ["Busy"]}]))
    assert answered(mocks, retried).output == 1
    assert answered(mocks, retried).output == 1, "each run starts from the beginning"
    with pytest.raises(stepvet.MissingMock, match='add one to the list of "S"'):
        answered(read("mocks.yaml", "S: [{errorOutput: {error: Busy}}]"), retried)


@pytest.mark.usefixtures("folder")
def test_a_single_mock_holds_json_text() -> None:
    assert read("mock.json", '{"result": "{\\"id\\": 7}"}') == SingleMock({"result": {"id": 7}})
    told = {"error": "Busy", "cause": "later"}
    assert read("mock.json", json.dumps({"errorOutput": told})) == SingleMock({"errorOutput": told})


# --- MockConfigFile.json


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("case", "output"),
    [("Slow", "at last"), ("Orders#Slow", "at last"), ("Orders#Happy", {"id": 7}), ("Refunds#Happy", "at last")],
)
def test_test_cases(case: str, output: Any) -> None:
    retried = one(task(Retry=[{"ErrorEquals": ["Busy"], "MaxAttempts": 2}]))
    assert answered(read("MockConfigFile.json", json.dumps(CONFIG), case), retried).output == output


@pytest.mark.usefixtures("folder")
def test_a_call_without_a_number() -> None:
    mocks = read("MockConfigFile.json", json.dumps(CONFIG), "Orders#Happy")
    with pytest.raises(stepvet.MissingMock, match=r"none for call 1 \(calls count from 0\)"):
        answered(mocks, chain(("M", {"Type": "Map", "ItemProcessor": scope(S=task())})), [1, 2])


CONFIG_FAULTS = [
    (None, 'choose a test case with FILE#CASE; there are "Orders#Happy", "Orders#Slow"'),
    ("Hapy", 'no test case is called "Hapy"; there are "Orders#Happy"'),
    ("Happy", 'several test cases are called "Happy"; there are "Orders#Happy"'),
    ("Lost", 'there is no mocked response "Fnie"; did you mean "Fine"?'),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("case", "told"), CONFIG_FAULTS)
def test_a_test_case_that_cannot_be_had(case: str | None, told: str) -> None:
    found = read("MockConfigFile.json", json.dumps(CONFIG, indent=1), case)
    assert isinstance(found, FileFault)
    place, _, message = found.message.partition(": ")
    assert message.startswith(told)
    assert place.startswith("MockConfigFile.json:")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("response", "outcome"),
    [
        ({"0": {"Return": {"id": 7}}}, ("SUCCEEDED", {"id": 7}, None)),
        ({"0-999999999": {"Return": None}}, ("SUCCEEDED", None, None)),
        ({"1": {"Return": 1}, "0": {"Throw": {"Error": "E"}}}, ("FAILED", None, "E")),
        ({"0": {"Throw": {"Error": None, "Cause": None}}}, ("FAILED", None, None)),
    ],
)
def test_one_test_case_needs_no_choice(response: Any, outcome: tuple[Any, ...]) -> None:
    config = {"StateMachines": {"A": {"TestCases": {"B": {"S": "R"}}}}, "MockedResponses": {"R": response}}
    run = answered(read("MockConfigFile.json", json.dumps(config)))
    assert (run.status, run.output, run.error) == outcome


# --- handlers


HANDLED = [
    ("double", LAMBDA, "ab", "abab"),
    ("lookup", LAMBDA, {"item": "ink"}, 3),
    ("who", LAMBDA, {}, ["f", LAMBDA, True]),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("name", "resource", "given", "output"), HANDLED)
def test_handlers(name: str, resource: str, given: Any, output: Any) -> None:
    mocks = read("mocks.yaml", f"S: {{python: handlers:{name}}}")
    assert answered(mocks, one({"Type": "Task", "Resource": resource}), given).output == output


@pytest.mark.usefixtures("folder")
def test_invoke_gets_its_payload_and_wraps_the_value() -> None:
    mocks = read("mocks.yaml", "S: {python: handlers:double}")
    asked = {"Type": "Task", "Resource": INVOKE, "Parameters": {"FunctionName": "f", "Payload": [1]}}
    output: Any = answered(mocks, one(asked)).output
    assert (output["Payload"], output["StatusCode"], output["ExecutedVersion"]) == ([1, 1], 200, "$LATEST")
    assert set(output) == {"ExecutedVersion", "Payload", "SdkHttpMetadata", "SdkResponseMetadata", "StatusCode"}
    waiting = {**asked, "Resource": f"{INVOKE}.waitForTaskToken"}
    assert answered(mocks, one(waiting)).output == [1, 1], "what is sent with the token comes as it is"


@pytest.mark.usefixtures("folder")
def test_what_a_handler_prints_is_no_result(capsys: pytest.CaptureFixture[str]) -> None:
    answered(read("mocks.yaml", "S: {python: handlers:double}"), given="a")
    assert capsys.readouterr() == ("", "a word on the way\n")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("refuse", "NoFunds", "the card is empty"),
        ("lookup", "TypeError", None),
        ("leave", "Runtime.ExitError", "3"),
        ("no_json", "Runtime.MarshalError", "Unable to marshal response: Object of type set is not JSON serializable"),
    ],
)
def test_a_handler_that_fails(name: str, error: str, message: str | None) -> None:
    run = answered(read("mocks.yaml", f"S: {{python: handlers:{name}}}"), given=[])
    assert (run.status, run.error) == ("FAILED", error)
    cause = json.loads(run.cause or "")
    assert list(cause) == ["errorMessage", "errorType", "requestId", "stackTrace"]
    assert cause["errorType"] == error
    assert message is None or cause["errorMessage"] == message


def test_handlers_of_two_folders_have_nothing_to_do_with_each_other(folder: Path) -> None:
    """Each folder has its own `handlers` and its own `tables`, which keeps what it holds."""
    for name, price in (("one", 1), ("two", 2)):
        (folder / name).mkdir()
        (folder / name / "handlers.py").write_text(HANDLERS)
        (folder / name / "tables.py").write_text(f"PRICES = {{'ink': {price}}}\nSEEN = [0] * {price}\n")
    text = "S: {python: handlers:again}\nT: {python: handlers:lookup}"
    mocks = [read(f"{name}/mocks.yaml", text) for name in ("one", "two")]
    machine = chain(("S", task(ResultPath="$.seen")), ("T", task(ResultPath="$.price")))
    outputs = [answered(held, machine, {"item": "ink"}).output for held in mocks for _ in range(2)]
    assert [(o["seen"], o["price"]) for o in outputs if isinstance(o, dict)] == [(2, 1), (3, 1), (3, 2), (4, 2)]


@pytest.mark.usefixtures("folder")
def test_the_context_is_the_same_in_every_run() -> None:
    mocks = read("mocks.yaml", "S: {python: handlers:refuse}")
    assert answered(mocks).cause == answered(mocks).cause


# --- wrong files


WRONG = [
    ("", "mocks.yaml:1:1: the text is empty"),
    ("[]", "mocks.yaml:1:1: mocks must be a mapping, not a list"),
    ("S: 7", 'mocks.yaml:1:4: "S" must be a mapping or a list, not the number 7'),
    ("S: {}", 'mocks.yaml:1:4: an answer needs one of "result", "errorOutput", "python"'),
    ("S:\n  - result: 1\n  - 5", 'mocks.yaml:3:5: an item of "S" must be a mapping, not the number 5'),
    ("S: {reslut: 1}", 'mocks.yaml:1:5: an answer has no "reslut"; did you mean "result"?'),
    ("S: {result: 1, python: a:b}", 'mocks.yaml:1:16: an answer takes only one of "result", "errorOutput", "python"'),
    ("S: {errorOutput: {error: 5}}", 'mocks.yaml:1:26: "error" must be a string or null, not the number 5'),
    ("S: {errorOutput: {eror: x}}", 'mocks.yaml:1:19: an errorOutput has no "eror"; did you mean "error"?'),
    ("S: {result: 1, seconds: -1}", 'mocks.yaml:1:25: "seconds" must be at least 0'),
    ("S: {python: 7}", 'mocks.yaml:1:13: "python" must be a string, not the number 7'),
    ("S: {python: handlers}", 'mocks.yaml:1:13: "python" is "handlers", which is not of the form module:function'),
    ("S: {python: none:f}", "mocks.yaml:1:13: \"none\" can't be imported: ModuleNotFoundError: No module named 'none'"),
    ("S: {python: broken:f}", 'mocks.yaml:1:13: "broken" can\'t be imported: RuntimeError: not today'),
    ("S: {python: leaving:f}", 'mocks.yaml:1:13: "leaving" can\'t be imported: SystemExit: 1'),
    ("S: {python: handlers:none}", 'mocks.yaml:1:13: "handlers" has no function "none"'),
    ("S: {python: handlers:number}", 'mocks.yaml:1:13: "handlers" has no function "number"'),
    ("S: {result: 1}\nS: {result: 2}", "mocks.yaml:2:1: "),
    ("S: {result: [}", "mocks.yaml:1:14: "),
    ("S: &a [*a]", "mocks.yaml:1:8: "),
    ("result: [1", "mocks.yaml:1:11: "),
    ('{"result": "{"}', "mocks.yaml:1:12: the result of a TestState mock must be JSON text"),
    ("StateMachines: {}\nMockedResponses: []", 'mocks.yaml:2:18: "MockedResponses" must be a mapping, not a list'),
    (
        "StateMachines: {A: {TestCases: {B: {S: R}}}}\nMockedResponses: {R: {x: {Return: 1}}}",
        'mocks.yaml:2:23: "x" is not a number or a range of numbers',
    ),
    (
        "StateMachines: {A: {TestCases: {B: {S: R}}}}\nMockedResponses: {R: {2-1: {Return: 1}}}",
        'mocks.yaml:2:23: "2-1" runs backwards',
    ),
    (
        "StateMachines: {A: {TestCases: {B: {S: R}}}}\nMockedResponses: {R: {'0': {Retrun: 1}}}",
        'mocks.yaml:2:29: a response has no "Retrun"; did you mean "Return"?',
    ),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("text", "told"), WRONG)
def test_a_wrong_file_is_told_in_one_line_with_its_place(text: str, told: str) -> None:
    found = read("mocks.yaml", text)
    assert isinstance(found, FileFault), found
    assert found.message.startswith(told), found.message
    assert "\n" not in found.message


@pytest.mark.usefixtures("folder")
def test_a_case_of_a_file_that_has_none() -> None:
    found = read("mocks.yaml", "S: {result: 1}", "Happy")
    assert found == FileFault('mocks.yaml:1:1: there is no test case "Happy", as this is no MockConfigFile')


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["0", "a:b", "result"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*CONFIG, "TestCases", "result", "errorOutput", "S", "0", "Return"]), inner)
    ),
    max_leaves=20,
)


@given(JSON, st.none() | st.just("S"))
def test_no_file_raises(tmp_path_factory: pytest.TempPathFactory, value: Any, case: str | None) -> None:
    path = tmp_path_factory.getbasetemp() / "mocks.json"
    path.write_text(json.dumps(value))
    found = read_mocks(path, case)
    if isinstance(found, FileFault):
        assert found.message.startswith(path.as_posix())


@pytest.mark.usefixtures("folder")
def test_a_task_without_an_answer_is_named() -> None:
    machine = chain(("S", task()), ("T", task()))
    with pytest.raises(stepvet.MissingMock, match=r'"T".*add "T": {"result": …} to the mocks') as raised:
        answered(read("mocks.yaml", "S: {result: 1}"), machine)
    assert (raised.value.state, raised.value.resource) == ("T", LAMBDA)
    assert entered(answered(read("mocks.yaml", "S: {result: 1}\nT: {result: 2}"), machine)) == ["S", "T"]
