"""A definition file that several templates use: what is wrong with it is told once."""

from __future__ import annotations

from stepvet.lint.engine import check
from stepvet.lint.report import merged
from stepvet.lint.settings import Settings
from stepvet.sources import from_text

template = """\
Resources:
  One:
    Type: AWS::Serverless::StateMachine
    %s
    Properties: {DefinitionUri: a.asl.json}
  Two:
    Type: AWS::Serverless::StateMachine
    %s
    Properties: {DefinitionUri: a.asl.json}
"""
ignored = "Metadata: {stepvet: {ignore: [{rule: missing-target, reason: known}]}}"
files = {"a.asl.json": '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}'}


def findings(first: str, second: str) -> list[str]:
    found = from_text(template % (first, second), "template.yaml", files=files)
    report = merged([check(definition, Settings()) for definition in found])
    assert len(report.definitions) == 2
    return [d.rule.name for d in report.findings if d.rule.name == "missing-target"]


def test_a_finding_is_told_once() -> None:
    assert findings("", "") == ["missing-target"]


def test_a_finding_is_suppressed_for_all_or_told() -> None:
    assert findings(ignored, "") == ["missing-target"]
    assert findings("", ignored) == ["missing-target"]
    assert findings(ignored, ignored) == []
