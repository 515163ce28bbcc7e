"""The reader of JSONPath: what is a path, what it is made of, where its parts stand."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.paths.path import Path, PathError, Root, parse_path, reference_fault
from stepvet.asl.paths.tree import quoted


def path_of(text: str) -> Path:
    path = parse_path(text)
    assert isinstance(path, Path), path
    return path


def error_of(text: str) -> PathError:
    error = parse_path(text)
    assert isinstance(error, PathError), error
    return error


SPELLINGS = {
    "$": "$",
    "$$": "$$",
    "$order": "$order",
    "$.order.lines": "$['order']['lines']",
    "$$.Map.Item.Value": "$$['Map']['Item']['Value']",
    "$order.lines[0].price": "$order['lines'][0]['price']",
    "$['two words'].x": "$['two words']['x']",
    '$["double"]': "$['double']",
    "$[ 'a' , 'b' ]": "$['a','b']",
    "$.lines[-1]": "$['lines'][-1]",
    "$.lines[007]": "$['lines'][7]",
    "$.lines[0, 2]": "$['lines'][0,2]",
    "$.lines[1:4]": "$['lines'][1:4]",
    "$.lines[2:]": "$['lines'][2:]",
    "$.lines[:-3]": "$['lines'][:-3]",
    "$.lines[*].id": "$['lines'][*]['id']",
    "$.lines.*": "$['lines'][*]",
    "$..id": "$..['id']",
    "$..[0]": "$..[0]",
    "$..*": "$..[*]",
    # spellings that AWS takes and stricter readers don't
    "$.[0].id": "$[0]['id']",
    "$.lines.['a','b']": "$['lines']['a','b']",
    "$.delivery-date": "$['delivery-date']",
    "$.größe.名前": "$['größe']['名前']",
    "$.1st": "$['1st']",
    "$.@type.$ref": "$['@type']['$ref']",
    "$.urn:a/b": "$['urn:a/b']",
    "$.x ": "$['x']",
    # backslashes in names take the next sign's meaning away
    r"$.a\.b": "$['a.b']",
    r"$.\p\lain": "$['plain']",
    r"$.\[0\]\(": "$['[0](']",
    r"$.\uD83D\uDE00": "$['😀']",
    r"$['it\'s']": r"$['it\'s']",
    r"$['tab\there']": "$['tab\there']",
    # a hole is part of a name
    "$.${Stage}.x": "$['${Stage}']['x']",
    "$.a-${AWS::Region}-b": "$['a-${AWS::Region}-b']",
    "$.a[${Index}]": "$['a']['${Index}']",
    # filters
    "$.l[?(@.n > 1)]": "$['l'][?(@['n'] > 1)]",
    "$.[?(@.n>1)].x": "$[?(@['n'] > 1)]['x']",
    "$.l[ ?( @.n == 'x' ) ]": "$['l'][?(@['n'] == 'x')]",
    "$.l[?(@.a && @.b || !@.c)]": "$['l'][?(@['a'] && @['b'] || !@['c'])]",
    "$.l[?(@.a && (@.b || @.c))]": "$['l'][?(@['a'] && (@['b'] || @['c']))]",
    "$.l[?(!(@.a == 1))]": "$['l'][?(!(@['a'] == 1))]",
    "$.l[?(@.a=~/x\\/y/i)]": "$['l'][?(@['a'] =~ /x\\/y/i)]",
    "$.l[?(/x/ =~ @)]": "$['l'][?(/x/ =~ @)]",
    "$.l[?(@.a IN ['x', \"y\", 2])]": "$['l'][?(@['a'] in ['x', 'y', 2])]",
    "$.l[?(@.a == {'k': [1]})]": "$['l'][?(@['a'] == {'k': [1]})]",
    "$.l[?(@.a size 2)]": "$['l'][?(@['a'] size 2)]",
    "$.l[?(@.a == $.b)]": "$['l'][?(@['a'] == $['b'])]",
    "$.l[?(@.a == -1.5e3)]": "$['l'][?(@['a'] == -1.5e3)]",
    "$.l[?(@.a.length() > 3)]": "$['l'][?(@['a'].length() > 3)]",
    "$.l[?(@['(]'] == ')]')]": "$['l'][?(@['(]'] == ')]')]",
    "$.l[?(@.a == Failure)]": "$['l'][?(@['a'] == 'Failure')]",
    "$.l[?(@.a == 2024-01-31)]": "$['l'][?(@['a'] == '2024-01-31')]",
    "$.l[?(@.a[?(@.b)])]": "$['l'][?(@['a'][?(@['b'])])]",
    # functions
    "$.l.length()": "$['l'].length()",
    "$.sum($.a, 1)": "$.sum($['a'], 1)",
}


@pytest.mark.parametrize(("text", "canonical"), SPELLINGS.items())
def test_spelling_has_one_canonical_form(text: str, canonical: str) -> None:
    assert str(path_of(text)) == canonical
    assert path_of(canonical) == path_of(text)


REFUSED = {
    "": ('a path starts with "$"', ""),
    "order": ('a path starts with "$"', "order"),
    "@.x": ('a path starts with "$"', "@.x"),
    " $.x": ('a path starts with "$"', " $.x"),
    "$.": ("a path can't end with a dot", "."),
    "$.a.b.": ("a path can't end with a dot", "."),
    "$..": ("a path can't end with dots", ".."),
    "$...a": ("a path can't end with dots", ".."),
    "$(a)": ('"(" can\'t follow "$"; a dot, a bracket or a name can', "$("),
    "$.two words": ("a name with a blank in it must stand in brackets and quotes", " words"),
    "$.a[b]": ("in brackets stands a name in quotes, a number, * or a filter", "[b]"),
    "$.a[]": ("in brackets stands a name in quotes, a number, * or a filter", "[]"),
    "$.a[0": ("the bracket is not closed", "[0"),
    "$['a": ("the string has no closing '", "'a"),
    "$['a',]": ("a name in quotes is missing after the comma", "['a',]"),
    "$['a' 'b']": ("the bracket is not closed", "['a' '"),
    "$[0 1]": ("the indexes in brackets must be whole numbers with commas between", "[0 1]"),
    "$[1-]": ("the indexes in brackets must be whole numbers with commas between", "[1-]"),
    "$[99999999999]": ("the index is larger than 2147483647", "[99999999999]"),
    "$[:]": ("a slice is written [first:last] with one of them at least", "[:]"),
    "$[::2]": ("a slice is written [first:last] with one of them at least", "[::2]"),
    "$.a[(@.length-1)]": ("script expressions are not supported", "[(@.length-1)]"),
    "$.a[?@.b]": ("a filter is written [?(…)]", "[?@"),
    "$.a[?()]": ("a path, a string, a number or another constant is missing here", ")"),
    "$.a[?('x')]": ("a constant alone is no test; compare it with something", "'x'"),
    "$.a[?(@.b like 'x')]": ('"like" is no operator of filters', "like"),
    "$.a[?(@.b == 'x']": ("the filter is not closed, or something in it can't be read", "[?(@.b == 'x']"),
    "$.a[?(@.b =~ /x)]": ("the regular expression has no closing /", "/x)]"),
    "$.a[?(@.b in ['x')]": ("the list is not closed", "['x')"),
    "$.a[?(@.b in [@.c])]": ("a list in a filter holds constants only", "@"),
    "$.a[?((@.b)]": ("the filter is not closed, or something in it can't be read", "[?((@.b)]"),
    "$.f(": ("a path, a string, a number or another constant is missing here", ""),
    "$.a" + "[?(@" * 50: ("nested more than 40 deep", None),
    "$[?(" + "!" * 50: ("nested more than 40 deep", None),
    "$[?(@.a == " + "9" * 500 + ")]": ("the number is too long", "9" * 500),
}


@pytest.mark.parametrize(("text", "fault"), REFUSED.items())
def test_refused_text_says_why_and_where(text: str, fault: tuple[str, str | None]) -> None:
    error = error_of(text)
    message, place = fault
    assert error.message == message
    assert place is None or text[error.start : error.end] == place


def test_what_starts_otherwise_is_refused_in_the_words_of_aws() -> None:
    assert error_of("order.id").reason == "Reference path didn't start with '$'"
    assert error_of("$.").reason == ""


DEFINITE = ["$", "$.a", "$$.a.b[0]", "$x['y']", "$['a','b']", "$.a['b','c']", "$.a[-1]", "$.a.length()"]
INDEFINITE = ["$.*", "$[*].a", "$..a", "$[0,1]", "$[1:]", "$[?(@.a)]", "$['a','b'].c", "$[?(@.a)][0]", "$..a.length()"]


@pytest.mark.parametrize("text", DEFINITE)
def test_path_to_one_node_is_definite(text: str) -> None:
    assert path_of(text).definite


@pytest.mark.parametrize("text", INDEFINITE)
def test_path_to_any_number_of_nodes_is_indefinite(text: str) -> None:
    assert not path_of(text).definite


REFERENCE_FAULTS = {
    "$.a['b','c']": ("several names can't be in a Reference Path", "['b','c']"),
    "$.a[0,1].b": ("several indexes can't be in a Reference Path", "[0,1]"),
    "$.a[1:]": ("a slice can't be in a Reference Path", "[1:]"),
    "$.a[*].b": ("a wildcard can't be in a Reference Path", "[*]"),
    "$.a.*": ("a wildcard can't be in a Reference Path", ".*"),
    "$..a": ("a deep scan can't be in a Reference Path", "..a"),
    "$.a[?(@.b)]": ("a filter can't be in a Reference Path", "[?(@.b)]"),
    "$.a.length()": ("a function can't be in a Reference Path", ".length()"),
}


@pytest.mark.parametrize(("text", "fault"), REFERENCE_FAULTS.items())
def test_reference_path_names_one_place(text: str, fault: tuple[str, str]) -> None:
    path = path_of(text)
    error = reference_fault(path)
    assert error is not None
    assert (error.message, text[error.start : error.end]) == fault


@pytest.mark.parametrize("text", ["$", "$.a", "$['a b'].c[0]", "$$.a", "$x.y", "$.a-b", r"$.a\.b\[\["])
def test_reference_path_of_names_and_indexes(text: str) -> None:
    assert reference_fault(path_of(text)) is None


NOTED = {
    "$[?(@.a == open)]": "open",
    "$[?(@.a == ${Status})]": "${Status}",
    "$.a[0]b": "b",
    "$.a[": "[",
    "$.a[1:5:2]": "[1:5:2]",
    "$.a,b": ".a,b",
}


@pytest.mark.parametrize(("text", "place"), NOTED.items())
def test_odd_spelling_is_noted_at_its_place(text: str, place: str) -> None:
    (note,) = path_of(text).warnings
    assert text[note.start : note.end] == place


@pytest.mark.parametrize("text", ["$.a", "$[?(@.a == 'open')]", "$.${A,B}", r"$.a\,b", "$.[0]"])
def test_ordinary_spelling_is_not_noted(text: str) -> None:
    assert path_of(text).warnings == ()


def test_variable_and_roots() -> None:
    assert [(path_of(t).root, path_of(t).variable) for t in ("$.a", "$$.a", "$été.a")] == [
        (Root.DOCUMENT, None),
        (Root.CONTEXT, None),
        (Root.VARIABLE, "été"),
    ]


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
SIGNS = "$ $$ @ . .. [ ] ( ) * ? : , ' \" \\ / [0] ['a'] .a .b-c [?(@.x==1)] [1:] length() && || ! == in ${P} é -1"
TOKENS = st.sampled_from([*SIGNS.split(), " ", "\n"])


@given(st.one_of(st.text(), st.lists(TOKENS, max_size=12).map("".join), st.lists(TOKENS, max_size=12).map("$".join)))
def test_any_text_is_a_path_or_an_error_inside_of_it(text: str) -> None:
    result = parse_path(text)
    assert 0 <= result.start <= result.end <= len(text)
    if isinstance(result, Path):
        again = parse_path(str(result))
        assert again == result, str(result)
        assert all(0 <= part.start <= part.end <= len(text) for part in parts(result))


def parts(value: Any) -> Iterator[Any]:
    """Everything in a path that has a place."""
    if dataclasses.is_dataclass(value):
        yield value
        for item in dataclasses.fields(value):
            yield from parts(getattr(value, item.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item)


SEGMENTS = st.one_of(
    NAMES.map(lambda name: f"[{quoted(name)}]"),
    st.integers(-99, 99).map("[{}]".format),
    st.sampled_from(
        ["[*]", ".*", "..x", "[0,1]", "[1:]", "['p','q']", ".name", ".[0]", "[?(@.a > 1 && !@.b)]", ".size()"]
    ),
)


@given(st.sampled_from(["$", "$$", "$v"]), st.lists(SEGMENTS, max_size=6))
def test_places_slice_back_to_the_segments(root: str, segments: list[str]) -> None:
    path = path_of(root + "".join(segments))
    assert [path.text[s.start : s.end] for s in path.segments] == segments


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_quoted_name_is_read_back(names: list[str]) -> None:
    path = path_of("$" + "".join(f"[{quoted(name)}]" for name in names))
    assert [getattr(segment, "name", None) for segment in path.segments] == names
