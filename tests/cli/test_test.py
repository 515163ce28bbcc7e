"""`stepvet test`: discovery, exit status, reports and coverage; and the scenarios that people know."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from stepvet.cli.main import main

FIXTURES = Path(__file__).parents[2] / "fixtures" / "scenarios"
SCENARIOS = sorted(FIXTURES.glob("*/*.stepvet.yaml"))

MACHINE = """
StartAt: Ask
States:
  Ask:
    Type: Task
    Resource: arn:aws:lambda:eu-west-1:123456789012:function:ask
    Next: Enough?
  Enough?:
    Type: Choice
    Choices: [{Variable: $.n, NumericGreaterThan: 9, Next: Plenty}]
    Default: Little
  Plenty: {Type: Succeed}
  Little: {Type: Fail, Error: TooLittle, Cause: not enough}
"""
TEMPLATE = """
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      Definition: {StartAt: A, States: {A: {Type: Succeed}}}
  Other:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: B, States: {B: {Type: Succeed}}}
"""
HEAD = "definition: m.asl.yaml\ncases:\n"
PLENTY = f"{HEAD}  - {{name: plenty, mocks: {{Ask: {{result: {{n: 10}}}}}}, expect: {{output: {{n: 10}}}}}}\n"
LITTLE = f"{HEAD}  - {{name: little, mocks: {{Ask: {{result: {{n: 1}}}}}}}}\n"
NOBODY = f"{HEAD}  - {{name: nobody}}\n"
NO_ANSWER = (
    'no answer for the task "Ask" (arn:aws:lambda:eu-west-1:123456789012:function:ask): '
    'add "Ask": {"result": …} to the mocks'
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.asl.yaml").write_text(MACHINE)
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)


# --- the scenarios that people know


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.parent.name)
def test_scenarios_that_people_know(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "-f", "json", str(path)]) == 0, capsys.readouterr().out
    report = json.loads(capsys.readouterr().out)
    assert report["cases"]
    assert all(case["passed"] for case in report["cases"])
    assert report["coverage"]["states"]["percent"] == 100


KNOWN = {"hello-world", "day-care", "enrolment", "order", "fan-out", "etl", "approval", "endpoint"}


def test_none_is_left_out() -> None:
    assert {path.parent.name for path in SCENARIOS} == KNOWN


def test_nothing_is_wrong_with_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--isolated", "--min-severity", "warning", "-f", "concise", str(FIXTURES)]) == 0
    assert capsys.readouterr().out == ""


# --- status and messages

STATUS = [
    ({"a.stepvet.yaml": PLENTY}, [], 0, ""),
    ({"a.stepvet.yaml": LITTLE}, [], 1, ""),
    (
        {"a.stepvet.yaml": NOBODY},
        [],
        2,
        f"stepvet: a.stepvet.yaml:3:5: {NO_ANSWER}\n",
    ),
    ({"a.stepvet.yaml": PLENTY + "coverage: {states: 75}"}, [], 0, ""),
    ({"a.stepvet.yaml": PLENTY + "coverage: {states: 76}"}, [], 1, ""),
    ({"a.stepvet.yaml": PLENTY + "coverage: {choices: 51}"}, [], 1, ""),
    ({}, [], 0, "stepvet: no scenario file (*.stepvet.yaml) found\n"),
    ({}, ["none"], 2, 'stepvet: "none" can\'t be read: No such file or directory\n'),
    ({"b.yaml": LITTLE, "a.stepvet.yaml": PLENTY}, ["b.yaml"], 1, ""),
    ({"sub/a.stepvet.yml": PLENTY.replace("m.asl", "../m.asl")}, ["sub"], 0, ""),
    ({"node_modules/a.stepvet.yaml": LITTLE, "b.stepvet.yaml": PLENTY}, [], 0, ""),
    ({"a.stepvet.yaml": "cases: 5"}, [], 2, 'stepvet: a.stepvet.yaml:1:8: "cases" must be a list, not the number 5\n'),
    (
        {"a.stepvet.yaml": PLENTY.replace("m.asl.yaml", "none.asl.yaml")},
        [],
        2,
        "stepvet: a.stepvet.yaml:1:13: none.asl.yaml: can't be read: No such file or directory\n",
    ),
    (
        {"a.stepvet.yaml": "definition: template.yaml\ncases: [{}]"},
        [],
        2,
        "stepvet: a.stepvet.yaml:1:13: template.yaml has 2 definitions; choose one: template.yaml#Flow, "
        "template.yaml#Other\n",
    ),
    (
        {"a.stepvet.yaml": "definition: template.yaml#Flwo\ncases: [{}]"},
        [],
        2,
        'stepvet: a.stepvet.yaml:1:13: template.yaml#Flwo: no state machine in it is called "Flwo"; did you mean '
        '"Flow"?\n',
    ),
    ({"a.stepvet.yaml": "definition: template.yaml#Flow\ncases: [{expect: {path: [A]}}]"}, [], 0, ""),
    ({"a.stepvet.yaml": PLENTY}, ["-f", "xml"], 2, "stepvet: no output format is called"),
]


@pytest.mark.parametrize(("files", "arguments", "status", "told"), STATUS)
def test_status(
    files: dict[str, str], arguments: list[str], status: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in files.items():
        write(name, text)
    assert main(["test", *arguments]) == status
    said = capsys.readouterr().err
    assert said == told or (told and said.startswith(told) and said.count("\n") == 1)


def test_a_definition_with_errors_is_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    write("bad.asl.yaml", MACHINE.replace("Default: Little", "Default: Litle"))
    write("a.stepvet.yaml", PLENTY.replace("m.asl", "bad.asl"))
    write("b.stepvet.yaml", PLENTY)
    assert main(["test", "-f", "json"]) == 2
    said = capsys.readouterr()
    assert "bad.asl.yaml:11:14" in said.err and "error[" in said.err
    assert "stepvet: a.stepvet.yaml:1:13: the definition has errors and is not run\n" in said.err
    assert [case["file"] for case in json.loads(said.out)["cases"]] == ["b.stepvet.yaml"], "partial results"


# --- reports

FULL = f"""\
a.stepvet.yaml FE.

FAILED a.stepvet.yaml: little
  a.stepvet.yaml:3:5: status: expected "SUCCEEDED", got "FAILED"
  m.asl.yaml:13:3: TooLittle: not enough

FAILED a.stepvet.yaml: nobody
  a.stepvet.yaml:4:5: {NO_ANSWER}

coverage of m.asl.yaml: states 100 %, choices 100 %
1 passed, 1 failed, 1 without an answer
"""

SHORT = """\
a.stepvet.yaml .

FAILED a.stepvet.yaml: coverage of states is 75 %, and 80 % is asked for
coverage of m.asl.yaml: states 75 %, choices 50 %
  m.asl.yaml:13:3: never taken: Little
  m.asl.yaml:11:14: never taken: Enough?: Default
1 passed, 0 failed, 1 below the coverage asked for
"""


def write_three() -> None:
    write("a.stepvet.yaml", f"{LITTLE}  - name: nobody\n{PLENTY[PLENTY.index('  -') :]}coverage: {{states: 80}}\n")


def test_the_full_report(capsys: pytest.CaptureFixture[str]) -> None:
    write_three()
    assert main(["test"]) == 2
    assert capsys.readouterr().out == FULL
    write("a.stepvet.yaml", f"{PLENTY}coverage: {{states: 80}}\n")
    assert main(["test"]) == 1
    assert capsys.readouterr().out == SHORT


def test_a_failed_case_shows_differences_and_where_the_run_failed(capsys: pytest.CaptureFixture[str]) -> None:
    text = PLENTY.replace("output: {n: 10}", "output: {n: 11, m: []}, path: [Ask, Plenty]")
    write("a.stepvet.yaml", text + "  - {name: no number, mocks: {Ask: {result: {}}}}\n")
    assert main(["test"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[3:8] == [
        '  a.stepvet.yaml:3:70: output: expected {"n":11,"m":[]}, got {"n":10}',
        "    /n: expected 11, got 10",
        "    /m: expected [], and there is none",
        '  a.stepvet.yaml:3:92: path: expected ["Ask","Plenty"], got ["Ask","Enough?","Plenty"]',
        '    step 2: expected "Plenty", got "Enough?"',
    ]
    assert any(line.startswith("  m.asl.yaml:10:26: States.Runtime: ") for line in lines), lines


def test_the_json_report(capsys: pytest.CaptureFixture[str]) -> None:
    write_three()
    assert main(["test", "--output-format", "json"]) == 2
    report = json.loads(capsys.readouterr().out)
    assert [(case["file"], case["name"], case["passed"]) for case in report["cases"]] == [
        ("a.stepvet.yaml", "little", False),
        ("a.stepvet.yaml", "nobody", False),
        ("a.stepvet.yaml", "plenty", True),
    ]
    (failure,) = report["cases"][0]["failures"]
    assert (failure["field"], failure["expected"], failure["actual"]) == ("status", "SUCCEEDED", "FAILED")
    assert report["coverage"]["choices"] == {"total": 2, "covered": 2, "percent": 100.0}
    (definition,) = report["coverage"]["definitions"]
    assert definition["definition"] == "m.asl.yaml"
    assert definition["choices"] == {"total": 2, "covered": 2, "percent": 100.0, "missed": [], "missed_at": []}


def test_scenario_files_of_one_definition_cover_it_together(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.stepvet.yaml", f"{PLENTY}coverage: {{choices: 60}}\n")
    write("b/b.stepvet.yaml", LITTLE.replace("m.asl", "../m.asl"))
    assert main(["test", "-f", "json"]) == 1
    coverage = json.loads(capsys.readouterr().out)["coverage"]
    assert [d["definition"] for d in coverage["definitions"]] == ["m.asl.yaml"]
    assert coverage["states"] == {"total": 4, "covered": 4, "percent": 100.0}
    message = "coverage of choices is 50 %, and 60 % is asked for"
    assert coverage["failures"] == [{"file": "a.stepvet.yaml", "message": message}], "each file is held to its own"


def test_the_junit_report(capsys: pytest.CaptureFixture[str]) -> None:
    write_three()
    assert main(["test", "-f", "junit=report.xml", "-f", "junit"]) == 2
    text = Path("report.xml").read_text(encoding="utf-8")
    assert capsys.readouterr().out == text
    root = ElementTree.fromstring(text)
    assert {name: root.get(name) for name in ("tests", "failures", "errors")} == {
        "tests": "3",
        "failures": "1",
        "errors": "1",
    }
    marks = [(case.get("name"), [child.tag for child in case]) for case in root.iter("testcase")]
    assert marks == [("little", ["failure"]), ("nobody", ["error"]), ("plenty", [])]


HOSTILE = "\x1b[31m<b>&]]>\n::error::"


def test_hostile_names_are_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    scenario = {
        "definition": "m.asl.yaml",
        "mocks": {"Ask": {"result": {HOSTILE: HOSTILE}}},
        "cases": [{"name": HOSTILE, "expect": {"output": HOSTILE, "error": HOSTILE}}],
    }
    write("a.stepvet.yaml", json.dumps(scenario))
    assert main(["test", "-f", "full", "-f", "junit=report.xml"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert not any("\x1b" in line or line.startswith("::") for line in lines)
    ElementTree.parse("report.xml")
