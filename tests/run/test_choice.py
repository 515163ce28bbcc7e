"""Choice: order, short circuits, missing variables, what the chosen rule brings along."""

from __future__ import annotations

from typing import Any

import pytest
from run.machines import entered

import stepvet


def choice_only(*rules: dict[str, Any], **fields: Any) -> dict[str, Any]:
    states = {"C": {"Type": "Choice", "Choices": list(rules), **fields}, "Yes": {"Type": "Succeed"}}
    return {"StartAt": "C", "States": states}


def goes(rule: dict[str, Any], given: Any) -> str:
    """`Yes` where the rule holds, else `No`."""
    made = choice_only({**rule, "Next": "Yes"}, Default="No")
    made["States"]["No"] = {"Type": "Succeed"}
    return entered(stepvet.run(made, given))[-1]


IS = {"Variable": "$.a", "IsPresent": True}
EQ = {"Variable": "$.a", "NumericEquals": 1}
CASES = [
    ("equal", EQ, {"a": 1}, "Yes"),
    ("another type is false", EQ, {"a": "1"}, "No"),
    ("Not of another type is true", {"Not": EQ}, {"a": "1"}, "Yes"),
    ("present", IS, {"a": None}, "Yes"),
    ("absent", IS, {}, "No"),
    ("absent is so", {"Variable": "$.a", "IsPresent": False}, {}, "Yes"),
    ("absent below a text", {"Variable": "$.a.b", "IsPresent": False}, {"a": "x"}, "Yes"),
    ("a guard protects what follows", {"And": [IS, EQ]}, {}, "No"),
    ("Or stops at the first that holds", {"Or": [{"Not": IS}, EQ]}, {}, "Yes"),
    ("the operand may be a path", {"Variable": "$.a", "NumericEqualsPath": "$.b"}, {"a": 2, "b": 2.0}, "Yes"),
    ("the whole input", {"Variable": "$", "IsString": True}, "x", "Yes"),
    ("as many tests as one likes", {"And": [IS] * 1_500}, {"a": 1}, "Yes"),
    ("And of one", {"And": [EQ]}, {"a": 2}, "No"),
    ("Or of one", {"Or": [EQ]}, {"a": 1}, "Yes"),
    ("the last of an And decides", {"And": [IS, IS, EQ]}, {"a": 2}, "No"),
    ("the last of an Or decides", {"Or": [EQ, EQ, IS]}, {"a": 2}, "Yes"),
    ("Not of an And", {"Not": {"And": [IS, EQ]}}, {"a": 2}, "Yes"),
    ("a star in the middle", {"Variable": "$.a", "StringMatches": "log-*.txt"}, {"a": "log-\n.txt"}, "Yes"),
    ("a star that is meant", {"Variable": "$.a", "StringMatches": "a\\*"}, {"a": "ab"}, "No"),
    ("a backslash that is meant", {"Variable": "$.a", "StringMatches": "a\\\\*"}, {"a": "a\\b"}, "Yes"),
    ("a dot is a dot", {"Variable": "$.a", "StringMatches": "a.c*"}, {"a": "abc"}, "No"),
    ("the order of UTF-16", {"Variable": "$.a", "StringLessThan": "\uff5e"}, {"a": "\U0001f600"}, "Yes"),
    ("moments, not texts", {"Variable": "$.a", "TimestampEquals": "2024-01-01T01:00:00+01:00"},
     {"a": "2024-01-01T00:00:00.000Z"}, "Yes"),
    ("no zone, no moment", {"Variable": "$.a", "IsTimestamp": False}, {"a": "2024-01-01T00:00:00"}, "Yes"),
    ("true is no number", {"Variable": "$.a", "NumericEquals": 1}, {"a": True}, "No"),
    ("null is present and null", {"And": [IS, {"Variable": "$.a", "IsNull": True}]}, {"a": None}, "Yes"),
    ("the context", {"Variable": "$$.State.Name", "StringEquals": "C"}, {}, "Yes"),
]  # fmt: skip


@pytest.mark.parametrize(("_what", "rule", "given", "last"), CASES, ids=[c[0] for c in CASES])
def test_rules(_what: str, rule: dict[str, Any], given: Any, last: str) -> None:
    assert goes(rule, given) == last


@pytest.mark.parametrize("rule", [EQ, {"Not": EQ}, {"And": [EQ, IS]}, {"Variable": "$.b", "NumericEqualsPath": "$.a"}])
def test_a_missing_variable_is_fatal(rule: dict[str, Any]) -> None:
    run = stepvet.run(choice_only({**rule, "Next": "Yes"}), {"b": 1})
    assert (run.error, entered(run)) == ("States.Runtime", ["C"])


def test_no_rule_and_no_default() -> None:
    run = stepvet.run(choice_only({**EQ, "Next": "Yes"}), {"a": 2})
    assert (run.status, run.error) == ("FAILED", "States.NoChoiceMatched")


def test_a_missing_variable_in_a_later_rule_is_harmless() -> None:
    missing = {"Variable": "$.no", "IsNull": True, "Next": "Yes"}
    assert stepvet.run(choice_only({**EQ, "Next": "Yes"}, missing), {"a": 1}).status == "SUCCEEDED"


def test_only_the_matched_rule_assigns() -> None:
    made = choice_only({**EQ, "Next": "Show", "Assign": {"x": "rule"}}, Default="Show", Assign={"x": "default"})
    made["States"] |= {"Show": {"Type": "Pass", "Parameters": {"x.$": "$x"}, "End": True}}
    del made["States"]["Yes"]
    assert [stepvet.run(made, {"a": n}).output for n in (1, 2)] == [{"x": "rule"}, {"x": "default"}]


def test_a_jsonata_rule_gives_its_own_output() -> None:
    rule = {"Condition": "{% $states.input.a > 1 %}", "Next": "Yes", "Output": "{% $states.input.a %}"}
    made = choice_only(rule, Default="Yes", Output={"small": True}) | {"QueryLanguage": "JSONata"}
    assert [stepvet.run(made, {"a": n}).output for n in (5, 1)] == [5, {"small": True}]
