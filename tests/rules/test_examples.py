"""Every example of every rule is a test: its marked lines, its silence, and what its fix makes of it."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import pytest

from stepvet.lint.registry import installed
from stepvet.lint.rule import Example, Rule
from stepvet.testing import complaints, unmarked

CASES = [
    pytest.param(rule, example, id=f"{rule.name}-{kind}-{number}")
    for rule in installed().rules
    for kind, examples in (("bad", rule.bad), ("good", rule.good))
    for number, example in enumerate(examples)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule[Any], example: Example) -> None:
    assert list(complaints(rule, example)) == []


@pytest.mark.parametrize("rule", installed().rules, ids=lambda rule: rule.name)
def test_every_rule_shows_what_it_reports_and_what_not(rule: Rule[Any]) -> None:
    assert rule.bad and all(unmarked(example.text)[1] for example in rule.bad)
    assert rule.good and not any(unmarked(example.text)[1] for example in rule.good)


@pytest.mark.parametrize("rule", installed().rules, ids=lambda rule: rule.name)
def test_a_rule_is_named_like_its_file_and_function(rule: Rule[Any]) -> None:
    module = inspect.getmodule(rule.check)
    assert module is not None
    assert module.__name__ == f"stepvet_rules.{rule.group}.{rule.name.replace('-', '_')}"
    assert rule.check.__name__ == rule.name.replace("-", "_")


@pytest.mark.parametrize("group", installed().groups)
def test_a_group_says_what_it_is_about(group: str) -> None:
    assert importlib.import_module(f"stepvet_rules.{group}").__doc__


@pytest.mark.parametrize("rule", installed().rules, ids=lambda rule: rule.name)
def test_a_page_has_a_summary_a_reason_and_evidence(rule: Rule[Any]) -> None:
    paragraphs = rule.page.split("\n\n")
    assert len(paragraphs) >= 2, "a first sentence, then why it matters"
    assert len(rule.summary) <= 120
    assert paragraphs[-1].startswith("Evidence: ")
