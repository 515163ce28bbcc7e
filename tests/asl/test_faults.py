"""Faults as such: every name has its rule, holes hide what they may stand for, nothing raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.fault import Fault
from stepvet.asl.faults import faults
from stepvet.asl.model import MachineType
from stepvet.lint.registry import installed
from stepvet.lint.syntax import RULES as SYNTAX
from stepvet.text.json import read_json
from stepvet.text.node import Hole, Inside, String, index_routes
from stepvet.text.source import Span

ASL = Path(__file__).parents[2] / "linter/stepvet/asl"
SYNTACTIC = {*SYNTAX.values(), "invalid-json", "invalid-yaml"}
NAMES = {rule.name for rule in installed().rules if rule.visits is Fault} - SYNTACTIC


def named_in_code() -> Iterator[str]:
    """Names in the code that makes faults: `rule="…"`, `Fault("…"`, tables of rules."""
    files = [*ASL.glob("checks/*.py"), *ASL.glob("shape*.py"), ASL / "value_faults.py", ASL / "transitions.py"]
    for file in (*files, ASL / "faults.py"):
        yield from re.findall(r'"([a-z]+(?:-[a-z]+)+)"', file.read_text(encoding="utf-8"))


def test_every_fault_has_its_rule() -> None:
    assert set(named_in_code()) - {"aws-sdk"} == NAMES


def found(text: str, machine_type: MachineType = "STANDARD") -> list[Fault]:
    return list(faults(read_json(text).root, machine_type))


def state(body: str, **top: str) -> str:
    head = "".join(f'"{key}": "{value}", ' for key, value in top.items())
    return f'{{{head}"StartAt": "A", "States": {{"A": {{{body}}}}}}}'


FUNCTION = '"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true'
UNKNOWN = [
    '{"StartAt": "${First}", "States": {"A": {"Type": "Pass", "End": true}}}',
    '{"StartAt": "A", "States": {"${Name}": {"Type": "Pass", "Next": "B"}}}',
    '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "${Then}"}, "B": {"Type": "Pass", "End": true}}}',
    '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "${Kind}", "Loud": 1}}}',
    state('"Type": "Pass", "InputPath": "${Path}", "Parameters": {"x.$": "${Path}", "y": "${Path}"}, "End": true'),
    state('"Type": "Pass", "ResultPath": "$.${Path}[*]", "End": true'),
    state('"Type": "Pass", "Output": "{% ${Expression} %}", "End": true', QueryLanguage="JSONata"),
    state('"Type": "Pass", "Output": {"a": "{% a %}"}, "InputPath": "x", "End": true', QueryLanguage="${Language}"),
    state('"Type": "Task", "Resource": "${Function}", "End": true'),
    state('"Type": "Task", "Resource": "arn:${AWS::Partition}:states:::lambda:invoke", "End": true, "${More}": 1'),
    state('"Type": "Task", "Resource": "arn:aws:states:::${Service}:${Action}", "End": true'),
    state('"Type": "Wait", "Timestamp": "${When}", "End": true'),
    state(f'{FUNCTION}, "Retry": [{{"ErrorEquals": ["${{Error}}"], "MaxAttempts": "${{Attempts}}"}}]'),
    state(f'{FUNCTION}, "TimeoutSeconds": ${{Seconds}}'),
    state(f'{FUNCTION}, "Credentials": {{"${{Key}}": "r"}}'),
    state('"Type": "Pass", "Assign": {"${Variable}": 1}, "End": true'),
]


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_filled_in_later_is_not_judged(text: str) -> None:
    assert found(text) == []


def test_a_state_of_an_unknown_type_still_leads_on() -> None:
    text = '{"StartAt": "A", "States": {"A": {"Type": "pass", "Next": "B"}, "B": {"Type": "Succeed"}}}'
    assert [fault.rule for fault in found(text)] == ["unknown-state-type"]


def test_a_transition_to_another_scope_shows_where_the_state_is() -> None:
    inner = '{"StartAt": "I", "States": {"I": {"Type": "Pass", "Next": "A"}}}'
    (fault,) = found(state(f'"Type": "Map", "ItemProcessor": {inner}, "End": true'))
    assert fault.rule == "cross-scope-transition"
    (label,) = fault.labels
    assert isinstance(label.at, String)
    assert label.at.value == "A"


def test_one_missing_end_is_told_once() -> None:
    """AWS gives MISSING_END_STATE, too; our reader needs only the state that doesn't go on."""
    assert [f.rule for f in found(state('"Type": "Pass"')) if not f.hidden] == ["missing-transition"]


def test_children_of_a_distributed_map_can_be_express() -> None:
    resource = "arn:aws:states:::lambda:invoke.waitForTaskToken"
    task = f'"Type": "Task", "Resource": "{resource}", "Parameters": {{"FunctionName": "f"}}'
    config = '"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}'
    inner = f'{{{config}, "StartAt": "I", "States": {{"I": {{{task}, "End": true}}}}}}'
    (fault,) = found(state(f'"Type": "Map", "ItemProcessor": {inner}, "End": true'))
    assert (fault.rule, fault.aws) == ("express-cannot-wait", None)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('"Type": "Wait", "Seconds": "$.n", "End": true', "wrong-type"),
        ('"Type": "Fail", "Error": "$.e"', "forgotten-path"),
        ('"Type": "Wait", "Timestamp": "$.t", "End": true', "invalid-timestamp"),
    ],
)
def test_a_path_in_a_constant_field_is_told_once(body: str, rule: str) -> None:
    shown = [fault for fault in found(state(body)) if not fault.hidden]
    assert [fault.rule for fault in shown] == [rule]


def test_places_are_parts_of_the_tree_or_of_the_text() -> None:
    text = state(
        '"Type": "Pass", "Parameters": {"a.$": "States.Foo($.x)", "b": "$.c"}, "Loud": 1, "ResultPath": "$..x"'
    )
    root = read_json(text).root
    assert root
    routes = index_routes(root)
    for fault in faults(root):
        node: Any = fault.at.node if isinstance(fault.at, Inside) else fault.at
        assert isinstance(fault.at, Span) or id(node) in routes


@given(st.sampled_from(UNKNOWN), st.integers(0, 400), st.integers(0, 40))
def test_broken_texts_are_checked_as_far_as_they_go(text: str, start: int, length: int) -> None:
    root = read_json(text[:start] + text[start + length :]).root
    assert root is None or isinstance(root, Hole) or all(f.rule in NAMES for f in faults(root))
