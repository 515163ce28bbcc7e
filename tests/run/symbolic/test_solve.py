"""The solver against brute force: what it finds is right, and where it finds nothing there is nothing."""

from __future__ import annotations

from itertools import chain, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepvet.run.symbolic.facts import Fact, equal_to, meets_all, of_kind
from stepvet.run.symbolic.solve import Answer, possible_kinds, solve

TEXTS = ["", "a", "ab", "b", "done", "ab-1", "2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"]
NUMBERS = [-2, -1, 0, 0.5, 1, 1.5, 2, 3, 7]
letters = ["".join(p) for n in range(4) for p in product("abd-", repeat=n)]
UNIVERSE: list[Any] = [*TEXTS, *letters, *NUMBERS, True, False, None, {}, [], *(n / 4 for n in range(-12, 32))]

orders = ["LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals", "Equals"]
facts = st.one_of(
    st.builds(Fact, st.sampled_from([f"Numeric{o}" for o in orders]), st.sampled_from(NUMBERS), st.booleans()),
    st.builds(Fact, st.sampled_from([f"String{o}" for o in orders]), st.sampled_from(TEXTS), st.booleans()),
    st.builds(Fact, st.sampled_from([f"Timestamp{o}" for o in orders]), st.sampled_from(TEXTS[-2:]), st.booleans()),
    st.builds(Fact, st.just("StringMatches"), st.sampled_from(["a*", "*b", "*", "a*b", "x"]), st.booleans()),
    st.builds(Fact, st.sampled_from(["IsString", "IsNumeric", "IsNull", "IsBoolean"]), st.booleans(), st.booleans()),
    st.builds(equal_to, st.sampled_from([*TEXTS, *NUMBERS, True, None]), st.booleans()),
    st.sampled_from([of_kind("string"), of_kind("number", "null"), Fact("whole", None), Fact("true", None)]),
)


@given(st.lists(facts, max_size=5).map(tuple))
@settings(max_examples=400, deadline=None)
def test_what_is_found_meets_the_facts_and_nothing_is_missed(told: tuple[Fact, ...]) -> None:
    found = solve(told)
    if isinstance(found, Answer):
        known = [value for value in UNIVERSE if meets_all(value, told)]
        assert found is Answer.UNDECIDED or not known
    else:
        assert meets_all(found, told)


@given(st.lists(facts, max_size=4).map(tuple))
@settings(max_examples=200, deadline=None)
def test_kinds_that_are_excluded_hold_no_value(told: tuple[Fact, ...]) -> None:
    kinds = possible_kinds(told)
    known = {type(value) for value in UNIVERSE if meets_all(value, told)}
    names = {str: "string", int: "number", float: "number", bool: "boolean", dict: "object", list: "array"}
    assert {names.get(kind, "null") for kind in known} <= kinds


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ((Fact("StringEquals", "new"),), "new"),
        ((Fact("NumericGreaterThan", 3), Fact("NumericLessThan", 4)), 3.5),
        ((Fact("NumericGreaterThan", 3), Fact("NumericLessThan", 3)), Answer.NONE),
        ((Fact("StringLessThan", ""),), Answer.NONE),
        ((Fact("StringEquals", "a"), Fact("StringEquals", "b")), Answer.NONE),
        ((Fact("IsString", True), Fact("IsNumeric", True)), Answer.NONE),
        ((Fact("StringMatches", "a*"), Fact("StringMatches", "ab*", False)), "a"),
        ((Fact("BooleanEquals", True, False), of_kind("boolean")), False),
    ],
    ids=str,
)
def test_known_answers(told: tuple[Fact, ...], wanted: Any) -> None:
    assert solve(told) == wanted


def test_an_enumeration_bounds_the_texts() -> None:
    told = tuple(Fact("StringEquals", value, False) for value in ("QUEUED", "RUNNING"))
    assert solve(told, frozenset(("string",)), ("QUEUED", "RUNNING", "DONE")) == "DONE"
    every = tuple(chain(told, [Fact("StringEquals", "DONE", False)]))
    assert solve(every, frozenset(("string",)), ("QUEUED", "RUNNING", "DONE")) is Answer.NONE


def test_facts_about_a_boolean_and_about_a_number_are_two() -> None:
    assert Fact("BooleanEquals", False) != Fact("BooleanEquals", 0)
    assert solve((Fact("BooleanEquals", 0),)) is Answer.NONE
    assert solve((Fact("BooleanEquals", False),)) is False
