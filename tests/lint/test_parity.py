"""AWS's verdict: every answer of AWS's that was recorded or measured, as a case with its diagnostics in order.

The cases are in `fixtures/verdicts/aws.jsonl`: a name, a definition (a text, or JSON), the machine type and severity
where they aren't the default, and what AWS says of it. A diagnostic has what is known of it: code, message, location.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.lint.errors import ValidationError
from stepvet.lint.verdict import validate

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "fixtures/verdicts/aws.jsonl").read_text(encoding="utf-8").splitlines()
]
UNLOCATED = {"Workflow has no terminal state", "Definition must be a valid JSON object"}
LITTLE = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}'


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_answers_as_aws_does(case: dict[str, Any]) -> None:
    severity = case.get("severity", "ERROR")
    answer = validate(case["definition"], type=case.get("type", "STANDARD"), severity=severity)
    known = [
        {key: d.get(key) for key in want} for d, want in zip(answer["diagnostics"], case["diagnostics"], strict=True)
    ]
    assert known == case["diagnostics"]
    assert answer["result"] == ("FAIL" if case["diagnostics"] and severity == "ERROR" else "OK")
    assert not answer["truncated"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_response_has_aws_shape(case: dict[str, Any]) -> None:
    answer = validate(case["definition"], type=case.get("type", "STANDARD"), severity="WARNING")
    assert answer.keys() == {"result", "diagnostics", "truncated"}
    for diagnostic in answer["diagnostics"]:
        assert diagnostic["severity"] in ("ERROR", "WARNING")
        assert ("location" in diagnostic) == (diagnostic["message"] not in UNLOCATED)


def test_a_text_and_its_value_are_answered_alike() -> None:
    for case in CASES:
        if not isinstance(case["definition"], str):
            assert validate(json.dumps(case["definition"])) == validate(case["definition"])


def test_a_json_fault_is_the_only_diagnostic_and_has_aws_kind_of_place() -> None:
    answer = validate('{"StartAt": "A",\n "States": {},}')
    (diagnostic,) = answer["diagnostics"]
    assert diagnostic["code"] == "INVALID_JSON_DESCRIPTION"
    assert diagnostic["location"].startswith('[Source: (String)"')
    assert diagnostic["location"].endswith("line: 2, column: 14]")


def test_more_results_than_asked_for_are_cut() -> None:
    states = {f"S{n}": {"Type": "Wait", "Seconds": -1, "Next": "S0"} for n in range(150)}
    machine = {"StartAt": "S0", "States": states | {"End": {"Type": "Succeed"}}}
    for asked, given_ in ((0, 100), (100, 100), (7, 7)):
        answer = validate(machine, max_results=asked)
        assert (len(answer["diagnostics"]), answer["truncated"], answer["result"]) == (given_, True, "FAIL")


def test_warnings_leave_the_result_ok_and_come_only_when_asked_for() -> None:
    machine = {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "$.a", "End": True}}}
    assert validate(machine) == {"result": "OK", "diagnostics": [], "truncated": False}
    assert validate(machine, severity="WARNING")["result"] == "OK"


@pytest.mark.parametrize(
    ("definition", "request_"),
    [
        ("", {}),
        (" " * 1_048_577, {}),
        (LITTLE, {"type": "FAST"}),
        (LITTLE, {"severity": "INFO"}),
        (LITTLE, {"max_results": 101}),
        (LITTLE, {"max_results": -1}),
        ({"StartAt": object()}, {}),
    ],
)
def test_bad_requests_are_refused(definition: Any, request_: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        validate(definition, **request_)


@given(st.text(alphabet='{}[]:,"\\ AstruefalnNexts$%.*0', min_size=1, max_size=60))
def test_any_text_is_answered(text: str) -> None:
    assert validate(text)["result"] in ("OK", "FAIL")


WORDS = (
    "StartAt|States|Type|Next|End|Choices|Variable|IsNull|And|Not|Catch|Retry|ErrorEquals|Branches|ItemProcessor|"
    "QueryLanguage|Output|Parameters|x.$|Assign|Resource|Credentials|A|B"
)
KEYS = st.sampled_from(sorted(WORDS.split("|")))
LEAVES = st.sampled_from(
    [None, True, 0, -1, 1.5, "", "A", "B", "Task", "Choice", "Map", "Parallel", "Pass", "JSONata", "$.a", "{% a %}"]
)
TREES = st.recursive(LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner)))


@given(st.dictionaries(KEYS, TREES))
def test_any_object_is_answered(tree: dict[str, Any]) -> None:
    machine = {"StartAt": "A", "States": {"A": tree, "B": tree}}
    for definition in (tree, machine):
        assert validate(definition, type="EXPRESS", severity="WARNING")["result"] in ("OK", "FAIL")
