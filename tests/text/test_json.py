"""The JSON reader: what it names, how it goes on, and that it agrees with the standard library."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.text.json import read_json
from stepvet.text.node import Array, Hole, Member, Node, Number, Object, String, plain

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=12,
)
junk = st.lists(
    st.sampled_from(
        [
            '"',
            "'",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\n",
            "  ",
            "\\",
            "\\u12",
            "//",
            "/*",
            "#",
            "${",
            "}",
            "1",
            "-",
            "0x",
            "true",
            '"a"',
            '"b": ',
            "word",
            "\t",
            "\ufeff",
            "\x00",
            "é",
            "😀",
        ]
    ),
    max_size=40,
).map("".join)

faults = [
    ('{"a": 1 "b": 2}', "missing-comma", (7, 7), {"a": 1, "b": 2}),
    ('{"a": 1,}', "trailing-comma", (7, 8), {"a": 1}),
    ('{"a": 1} // end', "comment", (9, 15), {"a": 1}),
    ('{"a": /* one */ 1}', "comment", (6, 15), {"a": 1}),
    ('# top\n{"a": 1}', "comment", (0, 5), {"a": 1}),
    ("{\"a\": 'b'}", "single-quotes", (6, 9), {"a": "b"}),
    ('{"a": b}', "unquoted-text", (6, 7), {"a": "b"}),
    ('{a: "b"}', "unquoted-text", (1, 2), {"a": "b"}),
    ('{"a": True}', "unquoted-text", (6, 10), {"a": True}),
    ('{"a": [1, 2}', "unclosed", (6, 7), {"a": [1, 2]}),
    ('{"a": {"b": 1}', "unclosed", (0, 1), {"a": {"b": 1}}),
    ('{"a": "b, \n"c": 1}', "unclosed-string", (6, 8), {"a": "b", "c": 1}),
    ('{"a": 1, "a": 2}', "duplicate-key", (9, 12), {"a": 2}),
    ('\ufeff{"a": 1}', "byte-order-mark", (0, 1), {"a": 1}),
    ('{"a": "\\ud83d"}', "lone-surrogate", (7, 13), {"a": "\ufffd"}),
    ('{"a": "\\q"}', "bad-escape", (7, 9), {"a": "q"}),
    ('{"a": "x\ty"}', "control-character", (8, 9), {"a": "x\ty"}),
    ('{"a": 012}', "bad-number", (6, 9), {"a": 12}),
    ('{"a": NaN}', "bad-number", (6, 9), {"a": 0}),
    ('{"a": -Infinity}', "bad-number", (6, 15), {"a": 0}),
    ('{"a": }', "missing-value", (1, 4), {"a": ""}),
    ('{"a"}', "missing-value", (1, 4), {"a": ""}),
    ('{"a" 1}', "missing-colon", (4, 4), {"a": 1}),
    ('{"a": 1} {"b": 2}', "extra-text", (9, 17), {"a": 1}),
    ('{"a": 1}}', "stray-bracket", (8, 9), {"a": 1}),
    ('{"a": "b": "c"}', "unexpected-colon", (9, 10), {"a": "b"}),
    ('{"a":\u00a01}', "odd-space", (5, 6), {"a": 1}),
    ("", "empty", (0, 0), None),
]


@pytest.mark.parametrize(("text", "kind", "span", "value"), faults)
def test_fault(text: str, kind: str, span: tuple[int, int], value: object) -> None:
    reading = read_json(text)
    assert [(f.kind, tuple(f.span)) for f in reading.faults] == [(kind, span)]
    assert (plain(reading.root) if reading.root else None) == value


holes = [
    ('{"a": ${X}}', {"a": "${X}"}),
    ('{"a": "${X}"}', {"a": "${X}"}),
    ("{${X}: 1}", {"${X}": 1}),
    ('{"${X}": 1}', {"${X}": 1}),
    ('{"a": "arn:${P}:x"}', {"a": "arn:${P}:x"}),
    ('{"a": 1, ${more}}', {"a": 1, "${more}": "${more}"}),
    ('{"a": ${jsonencode({b = "c"})}}', {"a": '${jsonencode({b = "c"})}'}),
    ("[${a}, ${b}0]", ["${a}", "${b}0"]),
]


@pytest.mark.parametrize(("text", "value"), holes)
def test_holes_are_no_faults(text: str, value: object) -> None:
    reading = read_json(text)
    assert reading.faults == ()
    assert reading.root is not None
    assert plain(reading.root) == value


def test_a_string_that_is_a_placeholder_is_a_hole_with_its_quotes() -> None:
    root = read_json('{"a": "${X}"}').root
    assert isinstance(root, Object)
    hole = root.get("a")
    assert isinstance(hole, Hole)
    assert (tuple(hole.span), hole.text) == ((6, 12), "${X}")


def test_gaps_count_in_the_value() -> None:
    root = read_json('["\\n${X}y"]').root
    assert isinstance(root, Array)
    string = root.items[0]
    assert isinstance(string, String)
    assert [(g.start, g.end, g.text) for g in string.holes] == [(1, 5, "${X}")]


nested = """{
  "States": {
    "A": {
      "Type": "Pass"COMMA
    "B": {
      "Type": "Pass"
    }
  }
}"""


@pytest.mark.parametrize("comma", ["", ","])
def test_the_container_that_lacks_its_end_is_found_by_indentation(comma: str) -> None:
    text = nested.replace("COMMA", comma)
    reading = read_json(text)
    assert [(f.kind, f.message) for f in reading.faults] == [("unclosed", 'the object of "A" is never closed')]
    assert text[reading.faults[0].span.start - 5 :].startswith('"A": {')
    assert reading.root is not None
    assert plain(reading.root) == {"States": {"A": {"Type": "Pass"}, "B": {"Type": "Pass"}}}


def test_too_many_brackets_end_the_reading() -> None:
    text = "[" * 100_000
    reading = read_json(text)
    assert [f.kind for f in reading.faults] == ["too-deep"]


def test_a_duplicate_key_names_the_first() -> None:
    reading = read_json('{"a": 1, "a": 2}')
    assert [tuple(span) for span, _ in reading.faults[0].related] == [(1, 4)]


@given(values, st.sampled_from([None, 2]), st.booleans())
def test_agrees_with_the_standard_library(value: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    reading = read_json(text)
    assert reading.root is not None
    assert reading.faults == ()
    assert has_placeholder(text) or same(plain(reading.root), json.loads(text))


def has_placeholder(text: str) -> bool:
    return "${" in text


def same(one: object, other: object) -> bool:
    return json.dumps(one) == json.dumps(other)


@given(st.text() | junk)
def test_never_raises_and_stays_inside(text: str) -> None:
    reading = read_json(text)
    assert reading.root is not None or reading.faults
    for fault in reading.faults:
        assert 0 <= fault.span.start <= fault.span.end <= len(text)


@given(junk.flatmap(lambda middle: values.map(lambda v: json.dumps({"x": v})[:-1] + ", " + middle + "}")))
def test_no_fault_means_valid_json(text: str) -> None:
    if not read_json(text).faults and "${" not in text:
        json.loads(text, strict=True)


@given(values, st.sampled_from([None, 2]))
def test_every_span_slices_back_to_its_token(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    root = read_json(text).root
    assert root is not None
    for node in nodes(root):
        written = text[node.span.start : node.span.end]
        assert same(json.loads(written), plain(node))


def nodes(node: Node | Member) -> list[Node]:
    match node:
        case Member():
            return [node.key, *nodes(node.value)]
        case Object():
            return [node, *(n for m in node.members for n in nodes(m))]
        case Array():
            return [node, *(n for item in node.items for n in nodes(item))]
        case _:
            return [node]


def test_numbers_keep_their_text() -> None:
    root = read_json("[1.0, 1, 1e5]").root
    assert isinstance(root, Array)
    assert [n.text for n in root.items if isinstance(n, Number)] == ["1.0", "1", "1e5"]
