"""Reading and writing by paths: what is found, what is missing and why, and what stays untouched."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonpath_ng.parser import JsonPathParser

from stepvet.asl.intrinsics.call import Call, parse_intrinsic
from stepvet.asl.jsonpath import IntrinsicFailure, Missing, Why, WriteFailure, evaluate_call, read, write
from stepvet.asl.paths.path import Name, Path, parse_path
from stepvet.asl.paths.tree import quoted

SHOP = {
    "name": "corner",
    "open": None,
    "shelf": [
        {"sku": "a-1", "price": 5, "tags": ["new", "red"], "box": {"w": 1, "h": 2}},
        {"sku": "b-2", "price": 7.5, "tags": [], "note": "it's\\here"},
        {"sku": "c-3", "price": "7", "box": {"w": 3}},
    ],
    "grid": [[1, 2], [3, 4], [5]],
    "two words": {"x.y": 1},
    "limit": 6,
}
CONTEXT = {"State": {"Name": "Count"}, "Map": {"Item": {"Value": [4, 5]}}}
VARIABLES = {"order": {"lines": [{"id": 1}, {"id": 2}]}, "limit": 7}


def path_of(text: str) -> Path:
    path = parse_path(text)
    assert isinstance(path, Path), path
    return path


def found(text: str, document: Any = SHOP) -> Any:
    return read(path_of(text), document, CONTEXT, VARIABLES)


READINGS: dict[str, Any] = {
    "$.name": "corner",
    "$.open": None,
    "$['two words']['x.y']": 1,
    "$.shelf[-1].sku": "c-3",
    "$.grid[1][0]": 3,
    "$$.State.Name": "Count",
    "$order.lines[1].id": 2,
    "$limit": 7,
    "$.shelf[0]['sku','none','price']": {"sku": "a-1", "price": 5},
    # indefinite: always an array
    "$.shelf[*].sku": ["a-1", "b-2", "c-3"],
    "$order.lines[*].id": [1, 2],
    "$$.Map.Item.Value[0,1]": [4, 5],
    "$.shelf[*].box.h": [2],
    "$.shelf[*]['box'].*": [1, 2, 3],
    "$.grid[*][0]": [1, 3, 5],
    "$.grid[*][1]": [2, 4],
    "$.grid[0,2]": [[1, 2], [5]],
    "$.grid[7,0]": [[1, 2]],
    "$.grid[1:]": [[3, 4], [5]],
    "$.grid[:-1]": [[1, 2], [3, 4]],
    "$.grid[-2:9][0]": [3, 5],
    "$.shelf[*]['sku','price']": [
        {"sku": "a-1", "price": 5},
        {"sku": "b-2", "price": 7.5},
        {"sku": "c-3", "price": "7"},
    ],
    "$['limit','name'].x": [],
    "$.shelf[0]['box','none'].w": [1],
    "$.name.*": [],
    # deep scans
    "$..w": [1, 3],
    "$..tags[0]": ["new"],
    "$..[2]": [SHOP["shelf"][2], [5]],  # type: ignore[index]
    "$..box.w": [1, 3],
    "$..['w','h']": [{"w": 1, "h": 2}],
    "$.shelf[0]..*": ["a-1", 5, ["new", "red"], {"w": 1, "h": 2}, "new", "red", 1, 2],
    "$..[?(@.h)]": [{"w": 1, "h": 2}],
    "$..['none']": [],
    # filters
    "$.shelf[?(@.box)].sku": ["a-1", "c-3"],
    "$.shelf[?(!@.box)].sku": ["b-2"],
    "$.shelf[?(@.tags[*])].sku": ["a-1"],
    "$.shelf[?(@..h)].sku": ["a-1"],
    "$.shelf[?(@.price < 7)].sku": ["a-1"],
    "$.shelf[?(@.price >= 5)].sku": ["a-1", "b-2"],
    "$.shelf[?(@.price <= '7')].sku": ["c-3"],
    "$.shelf[?(@.price == '7')].sku": ["c-3"],
    "$.shelf[?(@.price == 7)].sku": [],
    "$.shelf[?(@.price == 5.0)].sku": ["a-1"],
    "$.shelf[?(@.price < $.limit)].sku": ["a-1"],
    "$.shelf[?(@.none == null)].sku": [],
    "$.shelf[?(@.none != 1)].sku": ["a-1", "b-2", "c-3"],
    "$.shelf[?(@.sku == b-2)].sku": ["b-2"],
    "$.shelf[?(@.sku =~ /[ab]-.*/)].sku": ["a-1", "b-2"],
    "$.shelf[?(@.sku =~ /B-\\d/i)].sku": ["b-2"],
    "$.shelf[?(@.sku =~ /[ab]/)].sku": [],
    "$.shelf[?(/c.*/ =~ @.sku)].sku": ["c-3"],
    "$.shelf[?(@.tags =~ /n.*/)].sku": ["a-1"],
    "$.shelf[?(@.sku =~ /\\p{Lower}-\\d\\z/)].sku": ["a-1", "b-2", "c-3"],
    "$.shelf[?(@.sku =~ /(/)].sku": [],
    "$.shelf[?(@.sku in ['a-1', 'x'])].sku": ["a-1"],
    "$.shelf[?(@.sku nin ['a-1', 'x'])].sku": ["b-2", "c-3"],
    "$.shelf[?('red' in @.tags)].sku": ["a-1"],
    "$.shelf[?(@.tags contains 'red')].sku": ["a-1"],
    "$.shelf[?(@.sku contains '-2')].sku": ["b-2"],
    "$.shelf[?(@.tags empty true)].sku": ["b-2"],
    "$.shelf[?(@.tags size 2)].sku": ["a-1"],
    "$.shelf[?(@.tags all ['red'])].sku": ["a-1"],
    "$.shelf[?(@.tags subsetof ['red', 'new', 'x'])].sku": ["a-1", "b-2"],
    "$.shelf[?(@.tags anyof ['red', 'x'])].sku": ["a-1"],
    "$.shelf[?(@.tags noneof ['red', 'x'])].sku": ["b-2", "c-3"],
    "$.shelf[?(@.note == 'it\\'s\\\\here')].sku": ["b-2"],
    "$.shelf[?(@.box == {'w': 3})].sku": ["c-3"],
    "$.shelf[?(@.box.w == 1 || @.price == 7.5 && @.note)].sku": ["a-1", "b-2"],
    "$.shelf[?((@.box.w == 1 || @.price == 7.5) && @.note)].sku": ["b-2"],
    "$.grid[*][?(@ > 2)]": [3, 4, 5],
    "$.grid[?(@[1] == 4)]": [[3, 4]],
    "$['two words'][?(@['x.y'] == 1)]": [{"x.y": 1}],
    "$.shelf[?(@.price == 5)][0]": [],
    "$.shelf[?(@.tags.length() == 2)].sku": ["a-1"],
    # functions
    "$.shelf.length()": 3,
    "$.grid[0].sum()": 3.0,
    "$.grid[0].max()": 2.0,
    "$.grid.last()": [5],
    "$.grid[*].length()": [2, 2, 1],
    "$..grid.length()": 3,
    "$.shelf[1].keys()": ["sku", "price", "tags", "note"],
}


@pytest.mark.parametrize(("text", "value"), READINGS.items())
def test_reading(text: str, value: Any) -> None:
    assert found(text) == value


NO_ITEMS = [
    "$[*]",
    "$.items[*]",
    "$.items[1:]",
    "$.items[:1]",
    "$.item.items[*]",
    "$.item.items[1:5].value",
    "$.a[?(@.b)]",
]


@pytest.mark.parametrize("text", NO_ITEMS)
def test_indefinite_path_into_nothing_is_empty(text: str) -> None:
    assert found(text, {}) == []


MISSING: dict[str, tuple[Why, str]] = {
    "$.none": (Why.NO_NODE, "No results for path: $['none']"),
    "$.no.such.path": (Why.NO_PROPERTY, "Missing property in path $['no']"),
    "$.shelf[0].box.d.x": (Why.NO_PROPERTY, "Missing property in path $['shelf'][0]['box']['d']"),
    "$.shelf[9].sku": (Why.NO_NODE, "No results for path: $['shelf'][9]['sku']"),
    "$$.State.RetryCount": (Why.NO_NODE, "No results for path: $['State']['RetryCount']"),
    "$unknown.x": (Why.NO_VARIABLE, "the variable $unknown is not assigned"),
    "$.shelf.sku": (
        Why.WRONG_KIND,
        "Expected to find an object with property ['sku'] in path $['shelf'] but found",
    ),
    "$.limit['a','b']": (
        Why.WRONG_KIND,
        "Expected to find an object with property ['a','b'] in path $['limit'] but found 6",
    ),
    "$.limit[0]": (Why.WRONG_KIND, "Filter: [0] can only be applied to arrays. Current context is: 6"),
    "$.open[0]": (Why.WRONG_KIND, "The path $['open'] is null"),
    "$[1:5]": (Why.WRONG_KIND, "Filter: [1:5] can only be applied to arrays. Current context is: {"),
    "$.name[0,1]": (Why.WRONG_KIND, 'Filter: [0,1] can only be applied to arrays. Current context is: "corner"'),
    "$.name[?(@.x)]": (Why.WRONG_KIND, 'Filter: [?] can not be applied to primitives. Current context is: "corner"'),
    "$.name.nothing()": (Why.FUNCTION, "Function with name: nothing does not exist."),
    "$.name.sum()": (Why.FUNCTION, "Aggregation function attempted to calculate value using empty array"),
}


@pytest.mark.parametrize(("text", "expected"), MISSING.items())
def test_missing_says_why(text: str, expected: tuple[Why, str]) -> None:
    missing = found(text)
    assert isinstance(missing, Missing)
    assert missing.why is expected[0]
    assert missing.reason.startswith(expected[1])


def test_missing_names_the_segment_that_failed() -> None:
    missing = found("$.shelf[0].none.x")
    assert isinstance(missing, Missing)
    assert isinstance(missing.segment, Name)
    assert missing.segment.name == "none"


def test_dollar_in_a_filter_is_where_the_path_starts() -> None:
    assert found("$order.lines[?(@.id == $.lines[1].id)]") == [{"id": 2}]
    assert found("$order.lines[?(@.id == $$.Map.Item.Value[0])]") == []


def nested(depth: int) -> Any:
    value: Any = {"w": 1}
    for _ in range(depth):
        value = [value]
    return value


def test_deep_documents_break_nothing() -> None:
    deep = nested(5000)
    assert found("$..w", deep) == [1]
    assert found("$..[?(@.w)]", deep) == [{"w": 1}]
    missing = found("$[?(@ == @)]", deep)
    assert missing == [] or isinstance(missing, Missing)


NAMES = st.text(max_size=3)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.text(max_size=3))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=10
)
STEPS = st.lists(NAMES | st.integers(-3, 3), max_size=4)


def spelt(steps: list[str | int]) -> str:
    return "$" + "".join(f"[{quoted(step)}]" if isinstance(step, str) else f"[{step}]" for step in steps)


@given(VALUES, STEPS)
def test_definite_reading_is_a_plain_walk(document: Any, steps: list[str | int]) -> None:
    node, there = document, True
    for step in steps:
        fits = isinstance(node, dict) if isinstance(step, str) else isinstance(node, list)
        try:
            node = node[step] if fits else [][0]
        except LookupError:
            there = False
            break
    value = read(path_of(spelt(steps)), document)
    assert isinstance(value, Missing) is not there
    assert not there or value is node


SCANS = st.lists(
    st.sampled_from([".a", ".b", "[0]", "[-1]", "[1:]", "[:1]", "[*]", "..a", "..b", "..[0]", "..*"]),
    min_size=1,
    max_size=4,
).map("".join)
LETTERED = st.recursive(
    st.integers(0, 9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
)


@given(LETTERED, SCANS)
def test_reading_agrees_with_another_reader_where_both_must(document: Any, steps: str) -> None:
    path = path_of("$" + steps)
    value = read(path, document)
    assume(not (isinstance(value, Missing) and value.why is Why.WRONG_KIND))
    other = [match.value for match in JsonPathParser().parse(path.text).find(document)]
    if isinstance(value, Missing):
        assert other == []
    else:
        assert sorted(map(repr, [value] if path.definite else value)) == sorted(map(repr, other))


TEXTS = st.one_of(
    SCANS, st.sampled_from(["[?(@.a == 1)]", "['a','b']", ".length()", "[0,1]", "[?(@..a)].b", "..['a','b']"])
)


@given(VALUES | LETTERED, st.lists(TEXTS, max_size=3).map("".join))
def test_reading_changes_nothing_and_never_raises(document: Any, steps: str) -> None:
    before = copy.deepcopy(document)
    value = read(path_of("$" + steps), document)
    assert document == before
    assert path_of("$" + steps).definite or isinstance(value, list | Missing | int | float | None)


WRITINGS: list[tuple[str, Any, Any]] = [
    ("$", {"a": 1}, "new"),
    ("$.b", {"a": 1}, {"a": 1, "b": "new"}),
    ("$.b.c.d", {"a": 1}, {"a": 1, "b": {"c": {"d": "new"}}}),
    ("$.a", {"a": [1]}, {"a": "new"}),
    ("$.a.b", {"a": {"c": 1}}, {"a": {"c": 1, "b": "new"}}),
    ("$.a[1]", {"a": [1, 2]}, {"a": [1, "new"]}),
    ("$.a[0].b", {"a": [{}, 2]}, {"a": [{"b": "new"}, 2]}),
    ("$[0]", [1, 2], ["new", 2]),
]


@pytest.mark.parametrize(("text", "document", "result"), WRITINGS)
def test_writing(text: str, document: Any, result: Any) -> None:
    before = copy.deepcopy(document)
    assert write(path_of(text), document, "new") == result
    assert document == before


UNWRITABLE: list[tuple[str, Any, str]] = [
    ("$.a", 5, "nothing can be written at ['a'] of 5"),
    ("$.a", [5], "nothing can be written at ['a'] of an array of 1 elements"),
    ("$.a.b", {"a": None}, "nothing can be written at ['b'] of null"),
    ("$.a.b", {"a": "x" * 60}, f"nothing can be written at ['b'] of \"{'x' * 39}…"),
    ("$.a[1]", {"a": [5]}, "nothing can be written at [1] of an array of 1 elements"),
    ("$.b[0]", {"a": [5]}, "nothing can be written at [0] of an object"),
    ("$.a[*]", {"a": [5]}, "[*] can't be in a Reference Path"),
    ("$$.a", {"a": [5]}, "$$.a doesn't lead into the input"),
]


@pytest.mark.parametrize(("text", "document", "cause"), UNWRITABLE)
def test_unwritable(text: str, document: Any, cause: str) -> None:
    before = copy.deepcopy(document)
    failure = write(path_of(text), document, "new")
    assert isinstance(failure, WriteFailure)
    assert failure.cause == cause
    assert document == before


@given(VALUES, STEPS, st.lists(NAMES, min_size=1, max_size=2))
def test_what_is_written_is_read_and_all_else_stays(document: Any, steps: list[str | int], aside: list[str]) -> None:
    path, before = path_of(spelt(steps)), copy.deepcopy(document)
    result = write(path, document, "written")
    assert document == before
    if isinstance(result, WriteFailure):
        return
    assert read(path, result) == "written"
    assume(isinstance(document, dict) and steps and aside[0] != steps[0])
    other = path_of(spelt([*aside]))
    assert isinstance(read(other, document), Missing) or read(other, result) == read(other, document)


def called(text: str) -> Any:
    call = parse_intrinsic(text)
    assert isinstance(call, Call), call
    return evaluate_call(call, SHOP, CONTEXT, VARIABLES, Random(0))


CALLS: dict[str, Any] = {
    "States.Format('{} has {} \\{\\}', $.name, States.ArrayLength($.shelf))": "corner has 3 {}",
    "States.Format($.name)": "corner",
    "States.Array($$.State.Name, $limit, 'x', 1.5, true, null)": ["Count", 7, "x", 1.5, True, None],
    "States.ArrayGetItem($.shelf[?(@.sku == 'b-2')].price, 0)": 7.5,
    "States.ArrayLength($..w)": 2,
    "States.MathAdd(States.ArrayLength(States.StringSplit($.name, 'r')), -1)": 1,
}


@pytest.mark.parametrize(("text", "value"), CALLS.items())
def test_call_with_paths(text: str, value: Any) -> None:
    assert called(text) == value


def test_call_fails_with_its_first_bad_argument() -> None:
    missing = called("States.Array($.name, States.Array($.none), States.ArrayLength('x'))")
    assert isinstance(missing, Missing)
    assert missing.path.text == "$.none"
    assert called("States.Array(States.ArrayLength($.name))") == IntrinsicFailure(
        "States.ArrayLength needs an array as argument 1, and got a string"
    )
