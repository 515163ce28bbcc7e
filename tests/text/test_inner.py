"""From a string's value back to its characters in the text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.text.inner import char_spans, extract, resolve_at
from stepvet.text.json import read_json
from stepvet.text.node import Array, Inside, Node, Object, String
from stepvet.text.source import Source, Span
from stepvet.text.yaml import read_yaml


def first_string(root: Node | None) -> String:
    match root:
        case String():
            return root
        case Object():
            return first_string(root.members[0].value)
        case Array():
            return first_string(root.items[0])
        case _:
            raise AssertionError(root)


written = [
    # text, part of the value, what is written there
    ('["plain"]', "lai", "lai"),
    ('["a\\nb"]', "\n", "\\n"),
    ('["\\ud83d\\ude00x"]', "😀", "\\ud83d\\ude00"),
    ('["a\\"b"]', 'a"b', 'a\\"b'),
    ("a: plain words", "words", "words"),
    ("a: plain\n  folded\n\n  words", "words", "words"),
    ("a: 'it''s'", "t's", "t''s"),
    ("a: 'one\n  two'", "e t", "e\n  t"),
    ('a: "x\\ty\\u00e9z"', "\té"[1:], "\\u00e9"),
    ('a: "one \\\n  two"', "one two", "one \\\n  two"),
    ("a: |\n  one\n   two\n\n  three\n", "three", "three"),
    ("a: |\n  one\n   two\n", "\n two", "\n   two"),
    ("a: |-\n\n  one\n", "one", "one"),
    ("a: |2\n    one\n   two\n", "  one", "  one"),
    ("a: >\n  one\n  two\n\n  three\n", "two\nthree", "two\n\n  three"),
    ("a: >-\n  one\n    two\n  three\n", "three", "three"),
    ("- |\n  one\n- 2\n", "one", "one"),
    ("a: |+\r\n  one\r\n  two\r\n", "two", "two"),
]


@pytest.mark.parametrize(("text", "part", "there"), written)
def test_part_of_a_string(text: str, part: str, there: str) -> None:
    reading = read_json(text) if text.startswith("[") else read_yaml(text)
    node = first_string(reading.root)
    start = node.value.index(part)
    span = resolve_at(Inside(node, Span(start, start + len(part))), Source("f", text))
    assert text[span.start : span.end] == there


def test_an_alias_is_one_place() -> None:
    text = 'a: &x "one two"\nb: *x\n'
    root = read_yaml(text).root
    assert isinstance(root, Object)
    node = root.get("b")
    assert isinstance(node, String)
    span = resolve_at(Inside(node, Span(0, 3)), Source("f", text))
    assert text[span.start : span.end] == "*x"


texts = st.text(st.sampled_from([*list("ab 1'\"\\\n\té😀:#-{}$"), "\u2028"]), max_size=30)


@given(texts)
def test_every_character_of_json_slices_back(value: str) -> None:
    text = json.dumps([value])
    node = String(Span(1, len(text) - 1), value)
    starts, ends = char_spans(text, node)
    assert len(starts) == len(ends) == len(value)
    for character, start, end in zip(value, starts, ends, strict=True):
        assert json.loads(f'"{text[start:end]}"') == character


words = st.lists(st.text(st.sampled_from("ab1é😀'"), min_size=1, max_size=5), min_size=1, max_size=4).map(" ".join)


@given(st.lists(words | st.just(""), min_size=1, max_size=6), st.sampled_from(["|", ">", "|-", ">-", "|+", ">+"]))
def test_every_character_of_a_block_slices_back(lines: list[str], header: str) -> None:
    text = f"key: {header}\n" + "".join(f"    {line}\n" for line in lines) + "after: 1\n"
    root = read_yaml(text).root
    assert isinstance(root, Object)
    node = root.get("key")
    if not isinstance(node, String):
        return
    for character, start, end in zip(node.value, *char_spans(text, node), strict=True):
        assert text[start:end].strip() == character.strip()


@given(st.lists(words, min_size=1, max_size=5), st.sampled_from(["'", '"', ""]))
def test_every_character_of_a_folded_scalar_slices_back(lines: list[str], quote: str) -> None:
    lines = [line.replace("'", "") or "x" for line in lines]
    text = f"key: {quote}" + "\n   ".join(f"a{line}" for line in lines) + f"{quote}\nafter: 1\n"
    root = read_yaml(text).root
    assert isinstance(root, Object)
    node = root.get("key")
    assert isinstance(node, String)
    for character, start, end in zip(node.value, *char_spans(text, node), strict=True):
        assert text[start:end].strip() == character.strip()


def test_json_inside_yaml_inside_json() -> None:
    inner = json.dumps({"a": "b\nc"})
    outer = json.dumps({"text": inner})
    node = first_string(read_json(outer).root)
    text = extract(Source("f.json", outer), node)
    deep = first_string(read_json(text.text).root)
    part = resolve_at(Inside(deep, Span(2, 3)), text)
    file, span = text.resolve(part)
    assert (file.file, outer[span.start : span.end]) == ("f.json", "c")
