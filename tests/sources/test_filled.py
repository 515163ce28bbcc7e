"""Placeholders whose values are known, filled in for a run."""

from __future__ import annotations

import pytest

from stepvet.sources import Definition, from_text
from stepvet.sources.filled import filled
from stepvet.text.node import String, plain

CASES = [
    ('{"a": "x ${A} y ${B} z"}', {"A": "1", "B": "2"}, {"a": "x 1 y 2 z"}),
    ('{"a": "x ${A} y ${B} z"}', {"B": "2"}, {"a": "x ${A} y 2 z"}),
    ('{"a": ${A}, "b": [${B}, ${C}, ${D}]}', {"A": "5", "B": "true", "C": "-0.5", "D": "05"},
     {"a": 5, "b": [True, -0.5, "05"]}),
    ('{"${A}": "${A}"}', {"A": "k"}, {"k": "k"}),
]  # fmt: skip


def read(text: str, variables: dict[str, str]) -> Definition:
    (definition,) = from_text(f'{{"StartAt": "S", "States": {{}}, "Comment": {text}}}', "a.asl.json", variables)
    assert isinstance(definition, Definition)
    return definition


@pytest.mark.parametrize(("text", "variables", "value"), CASES)
def test_what_is_known_is_filled_in(text: str, variables: dict[str, str], value: object) -> None:
    root = read(text, variables).root
    assert root is not None
    made = plain(filled(root))
    assert isinstance(made, dict)
    assert made["Comment"] == value


def test_placeholders_that_are_left_stand_where_they_are_said_to() -> None:
    root = read('"a ${A} ${B} c"', {"A": "long text"}).root
    assert root is not None
    text = filled(root).get("Comment")  # type: ignore[union-attr]
    assert isinstance(text, String)
    assert [text.value[gap.start : gap.end] for gap in text.holes] == ["${B}"]


def test_a_tree_in_which_nothing_is_known_is_the_tree() -> None:
    root = read('"${A}"', {}).root
    assert root is not None
    assert filled(root) is root
