"""Choice comparisons on values: what was recorded at AWS, as a table, and the laws of the operators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.comparison import compare, matches_pattern
from stepvet.asl.operators import OPERATORS
from stepvet.text.node import Json

HOLDS = [
    ("NumericEquals", 0, 0.0),
    ("NumericLessThan", 1, 1.5),
    ("StringEquals", "a", "a"),
    ("StringLessThan", "A", "AB"),
    ("StringLessThan", "\ud83d\ude00", "\uff21"),  # UTF-16: the surrogate comes before the full-width letter
    ("BooleanEquals", False, False),
    ("TimestampEquals", "2024-01-01T01:00:00+01:00", "2024-01-01T00:00:00Z"),
    ("TimestampGreaterThan", "2024-01-01T00:00:00.001Z", "2024-01-01T00:00:00Z"),
    ("StringMatches", "log-2024.txt", "log-*.txt"),
    ("IsNull", None, True),
    ("IsNull", "", False),
    ("IsBoolean", None, False),
    ("IsPresent", None, True),
    ("IsNumeric", True, False),
    ("IsTimestamp", "2024-01-01T00:00:00Z", True),
    ("IsTimestamp", "2024-01-01 00:00:00Z", False),
]
FAILS = [
    ("NumericEquals", "5", 5),
    ("NumericEquals", True, 1),
    ("NumericEquals", None, 0),
    ("NumericLessThan", [], 1),
    ("StringEquals", 5, "5"),
    ("StringEquals", "\t\n", "\t\r\n"),
    ("StringGreaterThan", "A", "A "),
    ("BooleanEquals", 1, True),
    ("BooleanEquals", "", True),
    ("TimestampEquals", "2023-02-24 12:15:56.832957", "2023-02-24T12:15:56Z"),
    ("TimestampEquals", "", "2023-02-24T12:15:56Z"),
    ("StringMatches", 7, "*"),
]

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()


@pytest.mark.parametrize(("operator", "value", "operand"), HOLDS)
def test_holds(operator: str, value: Json, operand: Json) -> None:
    assert compare(OPERATORS[operator], value, operand)


@pytest.mark.parametrize(("operator", "value", "operand"), FAILS)
def test_fails(operator: str, value: Json, operand: Json) -> None:
    assert not compare(OPERATORS[operator], value, operand)


PATTERNS = [
    ("", "*", True),
    ("anything\nat all", "*", True),
    ("abc", "a*c", True),
    ("ab", "a*b*b", False),
    ("aXbXc", "a*b*c", True),
    ("a*", r"a\*", True),
    ("ab", r"a\*", False),
    ("a\\b", r"a\\b", True),
    ("a?c", "a?c", True),
    ("abc", "a?c", False),
    ("aa", "a*aa", False),
]


@pytest.mark.parametrize(("text", "pattern", "holds"), PATTERNS)
def test_patterns(text: str, pattern: str, holds: bool) -> None:
    assert matches_pattern(text, pattern) is holds


def test_a_pattern_of_stars_takes_no_time_that_grows_with_them() -> None:
    assert not matches_pattern("a" * 3_000, "*a" * 1_000 + "b")


@given(SCALARS, SCALARS)
def test_every_comparison_is_a_bool(value: Json, operand: Json) -> None:
    assert all(isinstance(compare(operator, value, operand), bool) for operator in OPERATORS.values())


@given(st.integers() | st.floats(allow_nan=False), st.integers() | st.floats(allow_nan=False))
def test_one_of_three_relations_holds(one: float, other: float) -> None:
    held = [compare(OPERATORS[f"Numeric{r}"], one, other) for r in ("LessThan", "Equals", "GreaterThan")]
    assert held.count(True) == 1


@given(SCALARS)
def test_a_type_test_and_its_opposite_exclude_each_other(value: Json) -> None:
    tests = [o for o in OPERATORS.values() if o.family == "Test"]
    assert all(compare(o, value, True) is not compare(o, value, False) for o in tests)


@given(st.text(alphabet="ab*\\", max_size=12))
def test_a_text_matches_itself_written_as_a_pattern(text: str) -> None:
    assert matches_pattern(text, text.replace("\\", r"\\").replace("*", r"\*"))
