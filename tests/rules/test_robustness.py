"""No rule raises, whatever becomes of a definition: every example, with any of its values replaced by odd ones."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from stepvet.lint.engine import check
from stepvet.lint.registry import installed
from stepvet.lint.settings import Settings
from stepvet.sources import from_text
from stepvet.testing import unmarked


def _definitions() -> Iterator[Any]:
    for rule in installed().rules:
        for example in (*rule.bad, *rule.good):
            try:
                yield json.loads(unmarked(example.text)[0])
            except ValueError:  # examples of broken text, and of YAML
                continue


SEEDS = list(_definitions())
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**400, "", "x", "$", "$x", "$$.a", "${h}", "a${h}b", "{% $x %}", "{% $x( %}",
    "States.ALL", "States.Format('{}', $a)", "$.a[?(@.b == 1)][0]", [], {}, [None], [{}], {"${k}": 1}, "\ud800",
)  # fmt: skip
FIELDS = ("Next", "End", "Catch", "Retry", "Assign", "Choices", "Type", "Parameters", "Resource", "States")


def _slots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a tree: its container and its key."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _slots(value[key])


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    value = copy.deepcopy(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        slots = list(_slots(value))
        if not slots:
            break
        container, key = slots[draw(st.integers(0, len(slots) - 1))]
        if isinstance(container, dict) and draw(st.booleans()):
            container[draw(st.sampled_from(FIELDS))] = container.pop(key)
        else:
            container[key] = copy.deepcopy(draw(st.sampled_from(ODD)))
    return value


@given(damaged())
@settings(max_examples=300, deadline=None)
def test_no_rule_raises(value: Any) -> None:
    for definition in from_text(json.dumps(value), "damaged.asl.json"):
        assert check(definition, Settings()).notices == ()
