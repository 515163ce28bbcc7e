"""Accepted findings: what each way of accepting covers, and what it says in vain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stepvet.lint import baseline
from stepvet.lint.engine import check
from stepvet.lint.fix import mended, together
from stepvet.lint.registry import installed
from stepvet.lint.report import Report, merged
from stepvet.lint.settings import IgnoreAt, PathPattern, Settings
from stepvet.sources import from_text

ONLY = Settings(select=("missing-target", "next-and-end", "unused-suppression"))


def report(text: str, filename: str = "flows/a.asl.json", settings: Settings = ONLY) -> Report:
    rules = settings.selected(installed())
    return merged([check(definition, settings, rules) for definition in from_text(text, filename)])


def shown(found: Report) -> list[str]:
    """`rule` of each finding in the order of the text, in brackets where it is suppressed."""
    return [f"({d.rule.name})" if d.suppressed else d.rule.name for d in found.diagnostics]


def machine(**comments: str) -> str:
    """Two states that lead nowhere, with comments on the machine (`top`), the first (`a`) and the second (`b`)."""
    said = {where: f'"Comment": "{text}", ' for where, text in comments.items()}
    state = '"{0}": {{{1}"Type": "Pass", "Next": "{0}{0}"}}'
    states = ", ".join(state.format(name.upper(), said.get(name, "")) for name in "ab")
    return f'{{{said.get("top", "")}"StartAt": "A", "States": {{{states}}}}}'


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        ({}, ["missing-target", "missing-target"]),
        ({"a": "stepvet: ignore[missing-target] later"}, ["(missing-target)", "missing-target"]),
        ({"b": "Note. stepvet:ignore[missing-target]"}, ["missing-target", "(missing-target)"]),
        ({"top": "stepvet: ignore[transitions]"}, ["(missing-target)", "(missing-target)"]),
        ({"top": "stepvet: ignore[ALL] all"}, ["(missing-target)", "(missing-target)"]),
        ({"a": "stepvet: ignore[MISSING_TRANSITION_TARGET]"}, ["(missing-target)", "missing-target"]),
        ({"a": "stepvet: ignore[next-and-end]"}, ["unused-suppression", "missing-target", "missing-target"]),
        ({"a": "stepvet: ignore[missing-target, next-and-end] x"},
         ["unused-suppression", "(missing-target)", "missing-target"]),
        ({"a": "stepvet: ignore[mising-target]"}, ["unused-suppression", "missing-target", "missing-target"]),
        ({"a": "stepvet: ignore"}, ["unused-suppression", "missing-target", "missing-target"]),
        ({"a": "stepvet: ignore[end-false]"}, ["missing-target", "missing-target"]),
        ({"a": "about stepvet"}, ["missing-target", "missing-target"]),
    ],
)  # fmt: skip
def test_comment_fields_cover_their_object(comments: dict[str, str], expected: list[str]) -> None:
    assert shown(report(machine(**comments))) == expected


YAML = """\
StartAt: A
States:
  # stepvet: ignore[missing-target] above the state is not above the line
  A:
    Type: Pass
    # stepvet: ignore[missing-target] the next line

    # another comment
    Next: AA
  B:
    Type: Pass
    Next: BB  # stepvet: ignore[missing-target, next-and-end] its line
"""


def test_comments_of_the_text_cover_a_line() -> None:
    found = report(YAML, "a.asl.yaml")
    assert shown(found) == ["unused-suppression", "(missing-target)", "(missing-target)", "unused-suppression"]
    assert [d.suppressed.reason for d in found.diagnostics if d.suppressed] == ["the next line", "its line"]


def test_what_is_said_in_vain_can_be_taken_out() -> None:
    found = report(YAML, "a.asl.yaml").findings
    text = mended(together(found, ("safe",)))["a.asl.yaml"][1]
    expected = YAML.replace("  # stepvet: ignore[missing-target] above the state is not above the line\n", "")
    assert text == expected.replace("[missing-target, next-and-end]", "[missing-target]")
    assert shown(report(text, "a.asl.yaml")) == ["(missing-target)", "(missing-target)"]


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("stepvet: ignore[next-and-end] why", None),
        ("Before. stepvet: ignore[next-and-end] why", "Before."),
        ("stepvet: ignore[next-and-end] why\\nAfter.", "After."),
        ("stepvet: ignore[next-and-end, missing-target] why", "stepvet: ignore[missing-target] why"),
    ],
)
def test_a_comment_keeps_what_else_it_says(comment: str, left: str | None) -> None:
    text = machine(a=comment)
    after = mended(together(report(text).findings, ("safe",)))["flows/a.asl.json"][1]
    assert after == (machine(a=left) if left else machine())


TEMPLATE = """\
Resources:
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Metadata:
      stepvet:
        ignore:
          - {rule: missing-target, at: /States/A, reason: "later"}
          - {rule: "next-and-end, missing-target", at: /States/C}
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/flow
      Definition:
        StartAt: A
        States:
          A: {Type: Pass, Next: AA}
          AB: {Type: Pass, Next: BB}
"""


def test_metadata_covers_the_place_that_it_names() -> None:
    found = report(TEMPLATE, "template.yaml")
    assert shown(found) == ["unused-suppression", "unused-suppression", "(missing-target)", "missing-target"]
    assert {d.place.start.line for d in found.diagnostics if d.rule.name == "unused-suppression"} == {8}
    text = TEMPLATE
    for _ in range(2):
        text = mended(together(report(text, "template.yaml").findings, ("safe",)))["template.yaml"][1]
    assert text == TEMPLATE.replace('          - {rule: "next-and-end, missing-target", at: /States/C}\n', "")


def places(**given: Any) -> Settings:
    entry = {"file": "a.asl.json", "rules": ("missing-target",), "reason": "known", **given}
    return replace(ONLY, ignore_at=(IgnoreAt(**entry),), today=date(2030, 1, 1))


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (places(), ["(missing-target)", "(missing-target)"]),
        (places(at="/States/A"), ["(missing-target)", "missing-target"]),
        (places(at="/States/A/Next"), ["(missing-target)", "missing-target"]),
        (places(at="/States/A/Ne"), ["missing-target", "missing-target"]),
        (places(state="B"), ["missing-target", "(missing-target)"]),
        (places(state="B", at="/States/A"), ["missing-target", "missing-target"]),
        (places(file="flows/*"), ["(missing-target)", "(missing-target)"]),
        (places(file="other/*"), ["missing-target", "missing-target"]),
        (places(rules=("next-and-end",)), ["missing-target", "missing-target"]),
        (places(expires="2030-01-02"), ["(missing-target)", "(missing-target)"]),
        (places(expires="2030-01-01"), ["missing-target", "missing-target"]),
        (replace(ONLY, per_file_ignores=(PathPattern("flows", ("transitions",)),)), []),
        (replace(ONLY, per_file_ignores=(PathPattern("*.yaml", ("ALL",)),)), ["missing-target", "missing-target"]),
    ],
)
def test_settings_accept_files_and_places(settings: Settings, expected: list[str]) -> None:
    assert shown(report(machine(), settings=settings)) == expected


def test_patterns_count_from_the_settings_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "flows").mkdir()
    monkeypatch.chdir(tmp_path / "flows")
    settings = replace(places(file="flows/a.asl.json"), root=tmp_path)
    assert shown(report(machine(), "a.asl.json", settings)) == ["(missing-target)", "(missing-target)"]


def test_a_baseline_counts() -> None:
    twice = report(machine().replace("BB", "AA").replace('"B":', '"B":'))
    first = twice.diagnostics[0]
    known = baseline.of([first])
    assert [d.suppressed is not None for d in baseline.applied(known, twice.diagnostics)] == [True, False]
    same = [first, first]
    assert [d.suppressed is not None for d in baseline.applied(known, same)] == [True, False]
    assert [d.suppressed is not None for d in baseline.applied(baseline.of(same), same)] == [True, True]


def test_a_baseline_is_written_and_read() -> None:
    known = baseline.of(report(machine()).diagnostics)
    assert baseline.read(baseline.written(known)) == known
    assert len(baseline.written(known).splitlines()) == 4
    assert baseline.written(baseline.of([])) == '{"version": 1, "findings": []}\n'


def test_pruning_leaves_what_is_still_found() -> None:
    found = report(machine()).diagnostics
    doubled = baseline.of([*found, *found])
    assert baseline.pruned(doubled, found[:1], lambda _: True) == baseline.of(found[:1])
    assert baseline.pruned(doubled, found[:1], lambda _: False) == doubled


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [{}]}', "[" * 100_000]
)
def test_what_is_no_baseline(text: str) -> None:
    with pytest.raises(baseline.BaselineError, match=r"it is not a baseline|version 2 is not known"):
        baseline.read(text)


def test_lines_do_not_matter_to_a_baseline() -> None:
    known = baseline.of(report(machine()).diagnostics)
    moved = report("\n\n" + machine()).diagnostics
    assert all(d.suppressed for d in baseline.applied(known, moved))
