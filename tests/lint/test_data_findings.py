"""A fault and the failure that it causes are one finding, at the fault; an error where no run gets past it."""

from __future__ import annotations

import json

import pytest

import stepvet

EXPRESSIONS = {
    "$foo(1)": [("unknown-jsonata-function", "error")],
    "$uppercase(1, 2)": [("jsonata-arguments", "error")],
    "$states.input.a ? $foo(1) : 2": [("unknown-jsonata-function", "warning")],
    "$nothing.x": [("variable-never-assigned", "error")],
    "$uppercase(1)": [("expression-gives-nothing", "error")],
}
CALLS = {
    "States.ArrayRange(1, 9, 0)": [("wrong-intrinsic-argument", "error")],
    "States.Format('{}{}', $.a)": [("wrong-intrinsic-argument", "error")],
    "States.Format('{}', $.a)": [],
}


def found(definition: dict[str, object]) -> list[tuple[str, str]]:
    report = stepvet.check(json.dumps(definition))
    return [(finding.rule.name, finding.severity.value) for finding in report.findings]


@pytest.mark.parametrize(("expression", "expected"), EXPRESSIONS.items())
def test_an_expression_that_fails_by_a_fault_is_one_finding(expression: str, expected: list[tuple[str, str]]) -> None:
    state = {"Type": "Pass", "Output": f"{{% {expression} %}}", "End": True}
    assert found({"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": state}}) == expected


@pytest.mark.parametrize(("call", "expected"), CALLS.items())
def test_a_call_that_fails_by_a_fault_is_one_finding(call: str, expected: list[tuple[str, str]]) -> None:
    state = {"Type": "Pass", "Parameters": {"x.$": call}, "End": True}
    assert found({"StartAt": "A", "States": {"A": state}}) == expected
