"""Fixes on whole definitions: none makes anything worse, all together come to an end, the form of the text stays."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from stepvet.lint.diagnostic import Diagnostic
from stepvet.lint.engine import check
from stepvet.lint.fix import applied, mended, together
from stepvet.lint.registry import installed
from stepvet.lint.report import Report, merged
from stepvet.lint.settings import Settings
from stepvet.sources import from_text
from stepvet.testing import unmarked
from stepvet.text.finding import Severity

EXAMPLES = [
    pytest.param(unmarked(example.text)[0], example.filename, example.type, id=f"{rule.name}-{number}")
    for rule in installed().rules
    for number, example in enumerate(rule.bad)
    if not example.files
]
BOTH = ("safe", "unsafe")


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


IN_JSON = [example for example in EXAMPLES if is_json(str(example.values[0]))]


def report(text: str, filename: str, type: Any) -> Report:
    return merged([check(d, Settings(type=type), installed().rules) for d in from_text(text, filename)])


def alike(found: Report) -> Counter[tuple[str, str]]:
    return Counter((d.rule.name, d.message) for d in found.findings)


def worse(before: Report, after: Report) -> list[str]:
    """Errors that were not there before; a fix may let others be seen that the fault had hidden, but none of syntax."""
    fresh = alike(after) - alike(before)
    return [d.message for d in after.findings if d.rule.group == "syntax" and (d.rule.name, d.message) in fresh]


@pytest.mark.parametrize(("text", "filename", "type"), EXAMPLES)
def test_a_fix_removes_its_finding_and_makes_nothing_worse(text: str, filename: str, type: Any) -> None:
    before = report(text, filename, type)
    for diagnostic in before.findings:
        if diagnostic.repair is None:
            continue
        after = report(applied(text, diagnostic.repair.edits), filename, type)
        assert worse(before, after) == []
        assert alike(after)[_key(diagnostic)] < alike(before)[_key(diagnostic)]
        assert after.count(Severity.ERROR) <= before.count(Severity.ERROR)


def _key(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.rule.name, diagnostic.message


def fixed(text: str, filename: str, type: Any) -> str:
    for _ in range(20):
        repairs = list(together(report(text, filename, type).findings, BOTH))
        if not repairs:
            return text
        text = mended(repairs)[filename][1]
    raise AssertionError("the fixes come to no end")


@pytest.mark.parametrize(("text", "filename", "type"), EXAMPLES)
def test_all_fixes_together_come_to_an_end(text: str, filename: str, type: Any) -> None:
    before, after = (report(t, filename, type) for t in (text, fixed(text, filename, type)))
    assert worse(before, after) == []
    assert after.count(Severity.ERROR) <= before.count(Severity.ERROR)


LAYOUTS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "indented": ("a.asl.json", lambda value: json.dumps(value, indent=2, ensure_ascii=False)),
    "compact": ("a.asl.json", lambda value: json.dumps(value)),
    "block": ("a.asl.yaml", lambda value: yaml.safe_dump(value, sort_keys=False, allow_unicode=True)),
    "flow": ("a.asl.yaml", lambda value: yaml.safe_dump(value, sort_keys=False, default_flow_style=True)),
}


@pytest.mark.parametrize(("text", "filename", "type"), IN_JSON)
def test_fixes_mean_the_same_in_every_layout(text: str, filename: str, type: Any) -> None:
    value = json.loads(text)
    results = {name: yaml.safe_load(fixed(write(value), file, type)) for name, (file, write) in LAYOUTS.items()}
    first = results["indented"]
    assert all(result == first for result in results.values())


PASS = '"A": {"Type": "Pass", "End": true}'
TASK = '"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {"TopicArn": "t", "Message": "m"}'


def machine(state: str, others: str = PASS.replace('"A"', '"Last"')) -> str:
    return f'{{"StartAt": "First", "States": {{"First": {{{state}}}, {others}}}}}'


MENDED = {
    "field": (machine('"Tpye": "Pass", "Next": "Last"'), '"Tpye"', '"Type"'),
    "field of a state": (machine('"Type": "Pass", "Nxet": "Last"'), '"Nxet"', '"Next"'),
    "state": (machine('"Type": "Pass", "Next": "Lats"'), '"Lats"', '"Last"'),
    "start": (machine('"Type": "Pass", "Next": "Last"').replace('At": "First', 'At": "Frist'), '"Frist"', '"First"'),
    "error": (
        machine(f'{TASK}, "Next": "Last", "Retry": [{{"ErrorEquals": ["States.Timout"], "MaxAttempts": 1}}]'),
        "States.Timout",
        "States.Timeout",
    ),
    "last catcher": (
        machine(
            f'{TASK}, "Next": "Last", "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "Last"}}, '
            '{"ErrorEquals": ["States.Timeout"], "Next": "Last"}]'
        ),
        '{"ErrorEquals": ["States.ALL"], "Next": "Last"}, {"ErrorEquals": ["States.Timeout"], "Next": "Last"}',
        '{"ErrorEquals": ["States.Timeout"], "Next": "Last"}, {"ErrorEquals": ["States.ALL"], "Next": "Last"}',
    ),
    "next and end": (machine('"Type": "Pass", "Next": "Last", "End": true'), '"Last", "End": true', '"Last"'),
    "end": (
        machine('"Type": "Pass", "Next": "Last"', '"Last": {"Type": "Pass"}'),
        '"Last": {"Type": "Pass"}',
        '"Last": {"Type": "Pass", "End": true}',
    ),
    "dollar": (
        machine('"Type": "Pass", "Next": "Last", "Parameters": {"id": "$.order.id"}'), '"id": "$', '"id.$": "$',
    ),
    "iterator": (
        machine(f'"Type": "Map", "Next": "Last", "Iterator": {{"StartAt": "A", "States": {{{PASS}}}}}'),
        '"Iterator"',
        '"ItemProcessor"',
    ),
    "map parameters": (
        machine(
            f'"Type": "Map", "Next": "Last", "ItemProcessor": {{"StartAt": "A", "States": {{{PASS}}}}}, '
            '"Parameters": {"a": 1}'
        ),
        '"Parameters"',
        '"ItemSelector"',
    ),
    "suppression": (
        machine('"Type": "Pass", "Comment": "first. stepvet: ignore[missing-target] once", "Next": "Last"'),
        '"first. stepvet: ignore[missing-target] once"',
        '"first."',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "old", "new"), MENDED.values(), ids=MENDED)
def test_what_people_get_wrong_most_can_be_fixed(text: str, old: str, new: str) -> None:
    assert text.count(old) == 1
    assert fixed(text, "a.asl.json", "STANDARD") == text.replace(old, new)


INSIDE = """\
Resources:
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/flow
      DefinitionString: |
        {
          "StartAt": "First",
          "States": {
            "First": {
              "Type": "Pass",
              "Nxet": "Last"
            },
            "Last": {
              "Type": "Pass"
            }
          }
        }
"""


def test_a_definition_in_a_block_of_a_template_is_fixed_in_place() -> None:
    last = '"Last": {\n              "Type": "Pass"'
    mended_last = last + ',\n              "End": true'
    expected = INSIDE.replace('"Nxet"', '"Next"').replace(last, mended_last)
    assert fixed(INSIDE, "template.yaml", "STANDARD") == expected


def test_what_needs_escapes_is_not_fixed() -> None:
    inner = json.dumps(machine('"Type": "Pass", "Nxet": "Last"'))
    text = (
        '{"Resources": {"Flow": {"Type": "AWS::StepFunctions::StateMachine", "Properties": '
        f'{{"RoleArn": "arn:aws:iam::123456789012:role/flow", "DefinitionString": {inner}}}}}}}}}'
    )
    found = report(text, "template.json", "STANDARD").findings
    assert any(d.rule.name == "unknown-field" for d in found)
    assert not any(d.repair for d in found)
