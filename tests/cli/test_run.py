"""`stepvet run` and `stepvet eval`: what they print, where, and how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stepvet.cli.main import main

BROKEN = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}'
GREETING = """\
{
  "StartAt": "Greet",
  "States": {
    "Greet": {"Type": "Pass", "Result": "hello", "ResultPath": "$.text", "Next": "Polite?"},
    "Polite?": {
      "Type": "Choice",
      "Choices": [{"Variable": "$.polite", "BooleanEquals": true, "Next": "Bow"}],
      "Default": "Rude"
    },
    "Bow": {"Type": "Wait", "Seconds": 3, "End": true},
    "Rude": {"Type": "Fail", "Cause": "nobody bows"}
  }
}
"""
ETL = """\
{
  "StartAt": "Plan",
  "States": {
    "Plan": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:plan",
      "Retry": [{"ErrorEquals": ["Busy"]}],
      "End": true
    }
  }
}
"""
CONFIG = {
    "StateMachines": {"etl": {"TestCases": {"BusyOnce": {"Plan": "Busy"}}}},
    "MockedResponses": {"Busy": {"0": {"Throw": {"Error": "Busy", "Cause": "later"}}, "1": {"Return": {"day": 1}}}},
}
LOOSE = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}, "B": {"Type": "Succeed"}}}'
POLITE, RUDE = '{"polite": true}', '{"polite": false}'


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("greeting", GREETING), ("etl", ETL), ("broken", BROKEN)):
        Path(f"{name}.asl.json").write_text(text, encoding="utf-8")
    Path("MockConfigFile.json").write_text(json.dumps(CONFIG), encoding="utf-8")


def program(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    out, err = capsys.readouterr()
    return status, out, err


def test_a_run_that_succeeds(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = program(capsys, "run", "greeting.asl.json", "--input", POLITE)
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "SUCCEEDED",
        "{",
        '  "polite": true,',
        '  "text": "hello"',
        "}",
        "",
        "3 states, 8 events, 3 transitions, largest payload 30 bytes, 3 s virtual time",
    ]


def test_a_run_that_fails_says_where(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = program(capsys, "run", "greeting.asl.json", "--input", RUDE)
    assert (status, out.splitlines()[:2]) == (1, ["FAILED  greeting.asl.json:11:5", "cause: nobody bows"])


def test_a_trace_shows_every_stage(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = program(capsys, "run", "greeting.asl.json", "--trace", "--input", RUDE)
    assert out.splitlines()[:9] == [
        "Greet (Pass)",
        '  input: {"polite": false}',
        '  InputPath: {"polite": false}',
        '  Parameters: {"polite": false}',
        '  result: "hello"',
        '  ResultPath: {"polite": false, "text": "hello"}',
        '  OutputPath: {"polite": false, "text": "hello"}',
        '  output: {"polite": false, "text": "hello"}',
        "  → Polite?",
    ]


def test_json_has_all_of_an_execution(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = program(capsys, "run", "greeting.asl.json", "--input", POLITE, "-f", "json")
    shown = json.loads(out)
    assert (status, sorted(shown)) == (
        0,
        ["cause", "clock", "error", "history", "output", "statistics", "status", "trace"],
    )
    assert shown["statistics"]["events"] == len(shown["history"]) == 8


def test_input_from_a_file_and_mocks_of_step_functions_local(capsys: pytest.CaptureFixture[str]) -> None:
    Path("input.json").write_text('{"day": "x"}', encoding="utf-8")
    words = ["run", "etl.asl.json", "--input", "input.json", "--mocks", "MockConfigFile.json#BusyOnce"]
    status, out, _ = program(capsys, *words)
    assert (status, out.splitlines()[0], '"day": 1' in out, "1 s virtual" in out) == (0, "SUCCEEDED", True, True)


def test_a_missing_mock_ends_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = program(capsys, "run", "etl.asl.json")
    assert (status, out) == (2, "")
    assert 'no answer for the task "Plan"' in err
    assert 'add "Plan": {"result": …} to the mocks' in err


def test_a_definition_with_errors_is_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = program(capsys, "run", "broken.asl.json")
    assert (status, out) == (2, "")
    assert "error[" in err
    assert "the definition has errors and is not run" in err


def test_what_the_settings_let_pass_is_run(capsys: pytest.CaptureFixture[str]) -> None:
    Path("loose.asl.json").write_text(LOOSE, encoding="utf-8")
    Path("loose.stepvet.yaml").write_text("definition: loose.asl.json\ncases: [{name: it ends}]\n", encoding="utf-8")
    commands = (["run", "loose.asl.json"], ["test", "loose.stepvet.yaml"], ["paths", "loose.asl.json"])
    assert [program(capsys, *words)[0] for words in commands] == [2, 2, 2]
    for text in ('ignore = ["unreferenced-state"]', '[severity]\nunreferenced-state = "info"'):
        Path("stepvet.toml").write_text(text, encoding="utf-8")
        assert [program(capsys, *words)[0] for words in commands] == [0, 0, 0]
    assert [program(capsys, *words, "--isolated")[0] for words in commands] == [2, 2, 2]
    Path("stepvet.toml").write_text("ignore = [", encoding="utf-8")
    assert [program(capsys, *words)[0] for words in commands] == [2, 2, 2]


def test_variables_of_the_settings_fill_placeholders(capsys: pytest.CaptureFixture[str]) -> None:
    text = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "${Who}", "End": true}}}'
    Path("who.asl.json").write_text(text, encoding="utf-8")
    Path("stepvet.toml").write_text('[variables]\nWho = "me"', encoding="utf-8")
    assert program(capsys, "run", "who.asl.json")[1].splitlines()[1] == '"me"'
    assert program(capsys, "run", "who.asl.json", "--var", "Who=you")[1].splitlines()[1] == '"you"'


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere.asl.json"], "nowhere.asl.json"),
        (["greeting.asl.json", "--input", "{"], "--input"),
        (["greeting.asl.json", "--context", "[]"], "--context takes a JSON object"),
        (["greeting.asl.json", "--mocks", "nowhere.yaml"], "nowhere.yaml"),
        (["greeting.asl.json", "--var", "x"], "--var takes NAME=VALUE"),
        (["greeting.asl.json", "--state", "Nobody"], "does not exist"),
    ],
)
def test_wrong_usage_is_one_line_and_2(capsys: pytest.CaptureFixture[str], words: list[str], message: str) -> None:
    status, out, err = program(capsys, "run", *words)
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_one_state_as_test_state_does(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", "greeting.asl.json", "--state", "Polite?", "--input", RUDE]
    status, out, _ = program(capsys, *words)
    assert (status, out.splitlines()[0]) == (0, "SUCCEEDED  → Rude")
    _, out, _ = program(capsys, *words, "-f", "json", "--inspection-level", "DEBUG")
    answer: dict[str, Any] = json.loads(out)
    assert (answer["nextState"], answer["inspectionData"]["input"]) == ("Rude", {"polite": False})


def test_an_input_that_is_a_text_stays_one(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", "greeting.asl.json", "--state", "Bow", "--input", '"hello"']
    assert program(capsys, *words) == (0, 'SUCCEEDED\n"hello"\n', "")


def test_one_state_after_retries(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mock.json").write_text(json.dumps({"errorOutput": {"error": "Busy", "cause": "later"}}), encoding="utf-8")
    words = ["run", "etl.asl.json", "--state", "Plan", "--mocks", "mock.json", "--state-configuration"]
    told = [program(capsys, *words, f'{{"retrierRetryCount": {n}}}')[1].splitlines()[0] for n in (2, 3)]
    assert told == ["RETRIABLE", "FAILED"]
    assert program(capsys, *words, "[]")[0] == program(capsys, *words, '{"retrierRetryCount": -1}')[0] == 2


def test_a_mock_for_one_state(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mock.json").write_text(json.dumps({"errorOutput": {"error": "Busy", "cause": "later"}}))
    status, out, _ = program(capsys, "run", "etl.asl.json", "--state", "Plan", "--mocks", "mock.json")
    assert (status, out.splitlines()[0]) == (1, "RETRIABLE")
    status, out, _ = program(
        capsys, "run", "etl.asl.json", "--state", "Plan", "--mocks", "MockConfigFile.json#BusyOnce"
    )
    assert (status, out.splitlines()[:2]) == (1, ["RETRIABLE", "error: Busy"])


def test_eval(capsys: pytest.CaptureFixture[str]) -> None:
    assert program(capsys, "eval", "$.a", "--input", '{"a": [1]}') == (0, "[\n  1\n]\n", "")
    status, out, _ = program(capsys, "eval", "{% $x + 1 %}", "--variables", '{"x": 1}', "-f", "json")
    assert (status, json.loads(out)) == (0, {"result": 2})


def test_eval_shows_where_a_path_stops(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = program(capsys, "eval", "$.a.b.c", "--input", '{"a": {"b": 1}}')
    assert status == 1
    assert out.splitlines()[1:] == ['  $ = {"a": {"b": 1}}', "  $['a'] = {\"b\": 1}", "  $['a']['b'] = 1"]


def test_eval_shows_where_an_argument_stops(capsys: pytest.CaptureFixture[str]) -> None:
    call = "States.Format('{}{}', $.a, States.JsonToString($x.b.c))"
    status, out, _ = program(capsys, "eval", call, "--input", '{"a": 1}', "--variables", '{"x": {"b": 2}}')
    assert (status, out.splitlines()[1:]) == (1, ['  $x = {"b": 2}', "  $x['b'] = 2"])


def test_eval_says_what_failed_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = program(capsys, "eval", "States.ArrayGetItem($, 3)", "--input", "[]", "-f", "json")
    assert (status, sorted(json.loads(out))) == (1, ["cause", "error"])
    status, out, _ = program(capsys, "eval", "{% bare %}", "-f", "json")
    assert (status, json.loads(out)["error"]) == (1, "InvalidDefinition")
