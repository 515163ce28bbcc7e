"""The YAML reader: the tree, its places, its faults, and what two versions of YAML read differently."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stepvet.text.node import Array, Bool, Hole, Node, Null, Number, Object, String, plain
from stepvet.text.reading import Reading
from stepvet.text.yaml import read_yaml


def value(reading: Reading) -> object:
    return plain(reading.root) if reading.root is not None else None


trees = [
    ("a: 1\nb: [x, 'y', \"z\"]\n", {"a": 1, "b": ["x", "y", "z"]}),
    ("a:\n- 1\n-\n  - 2\n", {"a": [1, [2]]}),
    ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", {"a": "x\ny\n", "b": "x y"}),
    ("a: true\nb: null\nc: ~\nd:\ne: 1.5\nf: 0x10\ng: 1e3\n", {"a": True, "b": None, "c": None, "d": None, "e": 1.5}
     | {"f": 16, "g": 1000.0}),
    ("a: yes\nb: 'true'\nc: !!str 1\nd: !!int '1'\n", {"a": "yes", "b": "true", "c": "1", "d": 1}),
    ("1: a\ntrue: b\n", {"1": "a", "true": "b"}),
    ("a: &x {k: 1}\nb: *x\n", {"a": {"k": 1}, "b": {"k": 1}}),
    ("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\n", {"a": {"k": 1, "l": 2}, "b": {"k": 1, "l": 3}}),
    ("a: &x {k: 1}\nb: &y {k: 2, m: 3}\nc: {<<: [*x, *y]}\n", {"a": {"k": 1}, "b": {"k": 2, "m": 3}}
     | {"c": {"k": 1, "m": 3}}),
    ("--- \na: 1\n...\n", {"a": 1}),
    ("\ufeffa: é😀\n", {"a": "é😀"}),
    ("a: ${X}\nb: x-${Y}\n${Z}: 1\n", {"a": "${X}", "b": "x-${Y}", "${Z}": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), trees)
def test_tree(text: str, expected: object) -> None:
    assert value(read_yaml(text)) == expected


@pytest.mark.parametrize(("text", "expected"), trees)
def test_tree_without_the_fast_parser(text: str, expected: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert value(read_yaml(text)) == expected


faults = [
    ("a: 1\na: 2\n", "duplicate-key", "a"),
    ("a: {% $x %}\n", "unquoted-jsonata", "{% $x %}"),
    ("a:\n\tb: 1\n", "tab-indentation", "\t"),
    ("a: b: c\n", "unexpected-colon", ":"),
    ("a: @x\n", "reserved-character", "@"),
    ("a: [1, 2\n", "missing-comma", ""),
    ('a: "x\n', "unclosed-string", ""),
    ("a:\n  b: 1\n c: 2\n", "bad-indentation", "c"),
    ("a: *x\n", "undefined-alias", "*x"),
    ("a: &x [*x]\n", "recursive-alias", "*x"),
    ("? [a]\n: 1\n", "complex-key", "[a]"),
    ("a: 1\n---\nb: 2\n", "several-documents", "---"),
    ("a: \x01\n", "bad-character", "\x01"),
    ("\ufeffa: 1\n", "byte-order-mark", "\ufeff"),
    ("<<: 1\n", "bad-merge", "1"),
    ("", "empty", ""),
]


@pytest.mark.parametrize(("text", "kind", "part"), faults)
def test_fault(text: str, kind: str, part: str) -> None:
    reading = read_yaml(text)
    assert [(f.kind, text[f.span.start : f.span.end]) for f in reading.faults] == [(kind, part)]


@pytest.mark.parametrize("text", ["Yes", "on", "No", "OFF", "0o14", "012", "1:30", "1_000", "2020-01-01", "1e5"])
def test_ambiguous(text: str) -> None:
    for whole in (f"a: {text}\n", f"{text}: 1\n"):
        assert [f.kind for f in read_yaml(whole).faults] == ["ambiguous-scalar"]
    assert read_yaml(f"a: '{text}'\n").faults == ()


@pytest.mark.parametrize("text", ["true", "null", "10", "0", "-1.5", "1.5e+3", "Next", "y", "n", "a:b", "$.x", "1.0"])
def test_not_ambiguous(text: str) -> None:
    assert read_yaml(f"a: {text}\n").faults == ()


def test_tags_are_kept() -> None:
    reading = read_yaml("a: !Sub '${X}'\nb: !GetAtt F.Arn\nc: !If [x, 1, 2]\n")
    assert isinstance(reading.root, Object)
    tags = [reading.tags.get(id(m.value)) for m in reading.root.members]
    assert tags == ["!Sub", "!GetAtt", "!If"]
    assert isinstance(reading.root.get("a"), String)


def test_comments() -> None:
    text = "# one\na: 'x # no'  # two\nb: |\n  # no\n# three\n"
    assert [(c.text, text[c.span.start]) for c in read_yaml(text).comments] == [
        ("one", "#"),
        ("two", "#"),
        ("three", "#"),
    ]


spans = [
    ("a:\n  b: 1\n\n\n# end\nc: 2\n", "a", "b: 1"),
    ("a:\n  - 1\n  - 2\n\nc: 2\n", "a", "- 1\n  - 2"),
    ("a: &x !T  {b: 1}  # c\n", "a", "{b: 1}"),
    ("a: !Sub |\n  x\n  y\n\n\nb: 1\n", "a", "|\n  x\n  y"),
    ("a: 'x'   \n", "a", "'x'"),
    ("é😀: 1\na: x y \n", "a", "x y"),
    ("\ufeffa: x\n", "a", "x"),
    ("a: 1\r\nb:\r\n  c: 2\r\n", "b", "c: 2"),
]


@pytest.mark.parametrize(("text", "key", "expected"), spans)
def test_spans(text: str, key: str, expected: str) -> None:
    root = read_yaml(text).root
    assert isinstance(root, Object)
    node = root.get(key)
    assert node is not None
    assert text[node.span.start : node.span.end] == expected


def test_an_alias_has_its_own_place() -> None:
    text = "a: &x {k: [1]}\nb: *x\n"
    root = read_yaml(text).root
    assert isinstance(root, Object)
    node = root.get("b")
    assert isinstance(node, Object)
    assert text[node.span.start : node.span.end] == text[slice(*node.members[0].value.span)] == "*x"


def test_aliases_that_explode_are_cut() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    assert [f.kind for f in read_yaml("\n".join(lines)).faults] == ["too-many-aliases"]


@pytest.mark.parametrize("text", ["[" * 100_000, "".join(" " * i + "- \n" for i in range(400)), "{a: " * 10_000])
def test_depth_is_limited(text: str) -> None:
    assert [f.kind for f in read_yaml(text).faults] == ["too-deep"]


def test_a_text_that_breaks_off_has_what_was_read() -> None:
    root = read_yaml("a: 1\nb:\n  c: 2\n  d: {% x %}\n").root
    assert isinstance(root, Object)
    assert root.is_open
    inner = root.get("b")
    assert isinstance(inner, Object)
    assert isinstance(inner.get("c"), Number)
    assert inner.is_open


characters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u2028\u2029\x85\ufffe\uffff")
scalars = st.none() | st.booleans() | st.integers() | st.text(characters, max_size=12)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(characters, max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(values, st.sampled_from([None, True, False]))
def test_reads_back_what_was_written(tree: object, flow: bool | None) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    reading = read_yaml(text)
    assert value(reading) == tree or "${" in text


junk = st.lists(
    st.sampled_from(
        [*"abc:-?#&*!|>'\"{}[],%@`", "\n", "  ", "\t", "a: ", "- ", "<<: *a", "&a ", "*a", "!Sub ", "---\n"]
    ),
    max_size=30,
).map("".join)


@given(st.text() | junk)
def test_never_raises_and_stays_inside(text: str) -> None:
    reading = read_yaml(text)
    assert reading.root is not None or reading.faults
    for span in (
        [f.span for f in reading.faults] + [c.span for c in reading.comments] + [n.span for n in nodes(reading.root)]
    ):
        assert 0 <= span.start <= span.end <= len(text)


def nodes(node: Node | None) -> list[Node]:
    match node:
        case Object():
            return [node, *(n for m in node.members for n in (m.key, *nodes(m.value)))]
        case Array():
            return [node, *(n for item in node.items for n in nodes(item))]
        case Bool() | Null() | Number() | String() | Hole():
            return [node]
        case None:
            return []
