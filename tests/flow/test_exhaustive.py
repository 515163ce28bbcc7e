"""Choice rules that leave nothing over, told by their form alone."""

from __future__ import annotations

from typing import Any

import pytest
from flow.machines import scope

from stepvet.asl.model import Choice
from stepvet.flow.exhaustive import always_matches


def choice(*rules: dict[str, Any], language: str = "JSONPath") -> Choice:
    choices = [{**rule, "Next": "Done"} for rule in rules]
    state = {"Type": "Choice", "QueryLanguage": language, "Choices": choices}
    found = scope({"Ask": state, "Done": {"Type": "Succeed"}}).states["Ask"]
    assert isinstance(found, Choice)
    return found


ONE = {"Variable": "$.x", "NumericEquals": 1}
JSONPATH = [
    ((), False),
    ((ONE,), False),
    ((ONE, {"Not": ONE}), True),
    ((ONE, {"Not": {"Variable": "$.y", "NumericEquals": 1}}), False),
    (({"And": [ONE, ONE]}, {"Not": {"And": [ONE, ONE]}}), True),
    (({"And": [ONE, {"Not": ONE}]},), False),
    (({"Variable": "$.x", "IsPresent": True}, {"Variable": "$.x", "IsPresent": False}), True),
    (({"Variable": "$.x", "IsPresent": True}, {"Variable": "$.y", "IsPresent": False}), False),
    (({"Variable": "$.x", "BooleanEquals": True}, {"Variable": "$.x", "BooleanEquals": False}), True),
    (({"Variable": "$.x", "NumericLessThan": 3}, {"Variable": "$.x", "NumericGreaterThanEquals": 3}), True),
    (({"Variable": "$.x", "NumericLessThan": 3}, {"Variable": "$.x", "NumericGreaterThanEquals": 4}), False),
    (({"Variable": "$.x", "NumericLessThan": 3}, {"Variable": "$.x", "NumericGreaterThan": 3}), False),
    (({"Variable": "$.x", "StringEquals": "a"}, {"Variable": "$.x", "StringEquals": "b"}), False),
]


@pytest.mark.parametrize(("rules", "expected"), JSONPATH)
def test_jsonpath_rules_that_complement_each_other(rules: tuple[dict[str, Any], ...], expected: bool) -> None:
    assert always_matches(choice(*rules)) is expected


JSONATA = [
    (("{% $states.input.x = 1 %}",), False),
    ((True,), True),
    ((False,), False),
    (("{% true %}",), True),
    (("{% $states.input.x = 1 %}", "{% $not($states.input.x = 1) %}"), True),
    (("{% $states.input.x = 1 %}", "{% $not($states.input.y = 1) %}"), False),
]


@pytest.mark.parametrize(("conditions", "expected"), JSONATA)
def test_jsonata_conditions_that_complement_each_other(conditions: tuple[Any, ...], expected: bool) -> None:
    rules = [{"Condition": condition} for condition in conditions]
    assert always_matches(choice(*rules, language="JSONata")) is expected
