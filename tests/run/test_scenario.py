"""Scenario files: what is read, what passes and what fails, and what is said of a wrong one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from run.machines import chain, task

from stepvet.asl.model import StateMachine
from stepvet.asl.parse import parse
from stepvet.run.document import FileFault
from stepvet.run.scenarios.coverage import coverage_of
from stepvet.run.scenarios.scenario import Result, Scenario, read_scenario, run_case, unknown_state
from stepvet.text.json import read_json
from stepvet.text.node import Node, String

MACHINE = chain(
    ("Ask", task(Retry=[{"ErrorEquals": ["Busy"]}], Catch=[{"ErrorEquals": ["States.ALL"], "Next": "Give up"}])),
    ("Enough?", {
        "Type": "Choice",
        "Choices": [
            {"Variable": "$.n", "NumericGreaterThan": 9, "Next": "Plenty"},
            {"Variable": "$.n", "NumericGreaterThan": 0, "Next": "Some"},
        ],
        "Default": "None",
    }),
    ("Plenty", {"Type": "Succeed"}),
    ("Some", {"Type": "Pass", "End": True}),
    ("None", {"Type": "Fail", "Error": "None"}),
    ("Give up", {"Type": "Fail", "Error": "GaveUp"}),
)  # fmt: skip


def machine(definition: dict[str, Any] = MACHINE) -> StateMachine:
    root = read_json(json.dumps(definition)).root
    assert root is not None
    made = parse(root, "STANDARD")
    assert made is not None
    return made


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mocks.yaml").write_text("Ask: {result: {n: 20}}\n")
    (tmp_path / "broken.yaml").write_text("Ask: {reslt: 1}\n")
    (tmp_path / "single.json").write_text('{"result": "1"}')
    (tmp_path / "handlers.py").write_text("def ask(event, context):\n    return {'n': event['n']}\n")
    machines = {"M": {"TestCases": {"One": {"Ask": "R"}}}}
    config = {"StateMachines": machines, "MockedResponses": {"R": {"0": {"Return": 1}}}}
    (tmp_path / "config.json").write_text(json.dumps(config))
    return tmp_path


def read(text: str) -> Scenario | FileFault:
    Path("a.stepvet.yaml").write_text(text, encoding="utf-8")
    return read_scenario(Path("a.stepvet.yaml"))


def cases(text: str) -> list[Result]:
    scenario = read(f"definition: m.asl.json\n{text}")
    assert isinstance(scenario, Scenario), scenario
    return [run_case(machine(), case) for case in scenario.cases]


PASSING = [
    "mocks: mocks.yaml\ncases: [{}]",
    "mocks: mocks.yaml\ncases: [{mocks: {Ask: {result: {n: 1}}}, expect: {path: [Ask, Enough?, Some]}}]",
    "mocks: {Ask: {result: {n: 0}}}\ncases: [{expect: {error: None}}]",
    "cases: [{mocks: {Ask: {python: handlers:ask}}, input: {n: 5}, expect: {output: {n: 5}}}]",
    "cases: [{mocks: mocks.yaml}]",
    "cases: [{mocks: {Ask: {errorOutput: {error: X}}}, expect: {status: FAILED, error: GaveUp}}]",
    "cases: [{mocks: {Ask: [{errorOutput: {error: Busy}}, {result: {n: 1}}]}, expect: {clock: 1}}]",
]


@pytest.mark.parametrize("text", PASSING)
def test_cases_that_pass(text: str) -> None:
    assert all(result.passed for result in cases(text)), cases(text)


FAILING = [
    ("mocks: mocks.yaml\ncases: [{expect: {status: FAILED}}]", ["status"]),
    ("mocks: mocks.yaml\ncases: [{expect: {output: {n: 2}, path: [Ask]}}]", ["output", "path"]),
    ("cases: [{mocks: {Ask: {result: {}}}}]", ["status"]),
    ("cases: [{mocks: config.json#One, expect: {status: SUCCEEDED}}]", ["status"]),
]


@pytest.mark.parametrize(("text", "fields"), FAILING)
def test_cases_that_fail(text: str, fields: list[str]) -> None:
    (result,) = cases(text)
    assert [mismatch.field for mismatch in result.mismatches] == fields
    assert not result.passed


def test_a_case_without_an_answer() -> None:
    (result,) = cases("cases: [{name: nobody}]")
    assert result.missing is not None and 'add "Ask": {"result": …} to the mocks' in result.missing
    assert not result.passed


def test_what_a_case_has_where_nothing_is_said() -> None:
    scenario = read("definition: m.asl.json\ncases:\n  - {}\n  - {name: b, expect: {status: FAILED,\n    error: E}}\n")
    assert isinstance(scenario, Scenario)
    first, second = scenario.cases
    assert (first.name, first.given, first.seed, first.expect) == ("case 1", {}, 0, {})
    assert first.places == {"": "a.stepvet.yaml:3:5"}
    assert second.places == {"": "a.stepvet.yaml:4:5", "status": "a.stepvet.yaml:4:32", "error": "a.stepvet.yaml:5:12"}
    assert (scenario.type, scenario.coverage) == (None, {})


WRONG = [
    ("", "1:1: the text is empty"),
    ("cases: [{}]", '1:1: the scenario needs "definition"'),
    ("definition: m\ncases: []", '2:8: "cases" must not be empty'),
    ("definition: '-'\ncases: [{}]", '1:13: "definition" is "-", which is not of the form FILE or FILE#RESOURCE'),
    ("definition: 5\ncases: [{}]", '1:13: "definition" must be a string, not the number 5'),
    ("definition: m\ncases: [{nmae: x}]", '2:10: a case has no "nmae"; did you mean "name"?'),
    ("definition: m\ncases: [{name: 5}]", '2:16: "name" must be a string, not the number 5'),
    ("definition: m\ncases: [{seed: x}]", '2:16: "seed" must be a whole number, not a string'),
    ("definition: m\ncases: [{context: []}]", '2:19: "context" must be a mapping, not a list'),
    ("definition: m\ncases: [{expect: {status: DONE}}]", '2:27: "status" must be one of SUCCEEDED, FAILED, TIMED_OUT'),
    ("definition: m\ncases: [{expect: {path: Ask}}]", '2:25: "path" must be a list, not a string'),
    ("definition: m\ncases: [{expect: {path: [1]}}]", '2:26: an item of "path" must be a string, not the number 1'),
    ("definition: m\ncases: [{expect: {otuput: 1}}]", '2:19: an expectation has no "otuput"; did you mean "output"?'),
    ("definition: m\ncases: [{}]\ncoverage: {states: 120}", '3:20: "states" must be at most 100'),
    ("definition: m\ncases: [{}]\ncoverage: {stats: 1}", '3:12: "coverage" has no "stats"; did you mean "states"?'),
    ("definition: m\ncases: [{}]\ntype: FAST", '3:7: "type" must be one of STANDARD, EXPRESS'),
    ("definition: m\ncases: [{}]\nmocks: none.yaml", '3:8: there is no mocks file "none.yaml"'),
    ("definition: m\ncases: [{}]\nmocks: single.json", "3:8: mocks are a mapping from state names to answers"),
    ("definition: m\ncases: [{}]\nmocks: {A: {resutl: 1}}", '3:13: an answer has no "resutl"; did you mean "result"?'),
    ("definition: m\ncases: [{mocks: {A: {python: handlers:no}}}]", '2:30: "handlers" has no function "no"'),
    ("definition: m\ncases: [{mocks: [1]}]", '2:17: "mocks" must be a string or a mapping, not a list'),
    ("definition: m\ndefinition: n\ncases: [{}]", "2:1: "),
    ("definition: m\n\tcases: x", "2:"),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_a_wrong_file_is_told_in_one_line_with_its_place(text: str, told: str) -> None:
    found = read(text)
    assert isinstance(found, FileFault), found
    assert found.message.startswith(f"a.stepvet.yaml:{told}"), found.message
    assert "\n" not in found.message


def test_a_fault_of_a_mocks_file_is_told_there() -> None:
    found = read("definition: m\ncases: [{mocks: broken.yaml}]")
    assert found == FileFault('broken.yaml:1:7: an answer has no "reslt"; did you mean "result"?')


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mocks: {Aks: {result: 1}}\ncases: [{}]", 'a.stepvet.yaml:2:9: no state is called "Aks"; did you mean "Ask"?'),
        ("cases: [{mocks: {Other: {result: 1}}}]", 'a.stepvet.yaml:2:18: no state is called "Other"'),
        ("mocks: mocks.yaml\ncases: [{mocks: {Ask: {result: 1}}}]", None),
    ],
)
def test_mocks_for_states_that_are_not_there(text: str, told: str | None) -> None:
    scenario = read(f"definition: m\n{text}")
    assert isinstance(scenario, Scenario)
    fault = unknown_state(scenario, machine())
    assert (fault.message if fault else None) == told


ANSWERS = "|".join(["definition", "cases", "mocks", "expect", "path", "coverage", "Ask", "python", "result"])


@given(st.text(st.sampled_from(":{}[]-, \n\"'&*#ab1"), max_size=60) | st.from_regex(f"(({ANSWERS}): ?[\\[{{x]?\n?)+"))
def test_no_file_raises(text: str) -> None:
    found = read(text)
    assert isinstance(found, Scenario) or found.message.startswith("a.stepvet.yaml:")


# --- coverage

ALL = ["Ask", "Enough?", "Plenty", "Some", "None", "Give up"]
COVERED: list[tuple[list[str], dict[str, list[str]]]] = [
    ([], {"states": ALL, "choices": ["Enough?: rule 1", "Enough?: rule 2", "Enough?: Default"]}),
    (["{result: {n: 20}}"], {"states": ALL[3:], "choices": ["Enough?: rule 2", "Enough?: Default"]}),
    (["{result: {n: 1}}", "{result: {n: 0}}"], {"states": ["Plenty", "Give up"], "choices": ["Enough?: rule 1"]}),
    (["{errorOutput: {error: X}}"], {"catchers": [], "retriers": ["Ask: retrier 1"]}),
    (["[{errorOutput: {error: Busy}}, {result: {n: 1}}]"], {"catchers": ["Ask: catcher 1"], "retriers": []}),
]


def place(node: Node) -> str:
    """A state's place is its name here."""
    return node.value if isinstance(node, String) else "inside"


@pytest.mark.parametrize(("answers", "missed"), COVERED)
def test_coverage(answers: list[str], missed: dict[str, list[str]]) -> None:
    rows = ", ".join(f"{{mocks: {{Ask: {answer}}}}}" for answer in answers)
    executions = [result.execution for result in cases(f"cases: [{rows}]")] if answers else []
    coverage = coverage_of(machine(), [execution for execution in executions if execution is not None], place)
    assert {kind: [unit.name for unit in coverage.missed(kind)] for kind in missed} == missed
    assert [unit.place for unit in coverage.missed("states")] == [u.name for u in coverage.missed("states")]
    for kind, names in missed.items():
        assert coverage.percent(kind) == pytest.approx(100 - 100 * len(names) / coverage.total(kind), abs=0.1)


def test_nothing_to_cover_is_covered() -> None:
    coverage = coverage_of(machine(chain(("A", {"Type": "Pass"}))), [], place)
    assert (coverage.percent("states"), coverage.percent("choices")) == (0, 100)
