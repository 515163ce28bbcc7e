"""Changes written as edits: the text with the edits reads as the changed tree, and nothing else in it moves."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from stepvet.sources import from_text
from stepvet.text.edit import applied, edits
from stepvet.text.finding import Add, Change, MoveLast, Remove, RemoveItem, Rename, Rewrite, SetValue
from stepvet.text.json import read_json
from stepvet.text.node import Array, Inside, Node, Object, Route, String, plain, walk
from stepvet.text.source import Source, Span
from stepvet.text.yaml import read_yaml


def tree(text: str, format: str) -> Node:
    root = (read_json if format == "json" else read_yaml)(text).root
    assert root is not None
    return root


def at(root: Node, *route: str | int) -> Any:
    return next(node for found, node in walk(root) if found == route)


def changed(text: str, format: str, make: Any) -> str | None:
    """The text after the changes that `make` gives for its tree."""
    found = edits(make(tree(text, format)), Source("a", text))
    return None if found is None else applied(text, found)


def member(parent: Object, key: str) -> Any:
    return parent.member(key)


JSON = '{\n  "a": {"x": 1, "y": [1, 2, 3]},\n  "b": "two",\n  "c": null\n}\n'
YAML = """\
# the top
a:  # of a
  x: 1
  # above y
  y:
    - 1  # one
    - k: v
      l: |
        text
    - 3
b: 'it''s'
c: plain  # why
"""

CASES: list[tuple[str, str, Any, str]] = [
    ("rename keeps quotes", JSON, lambda r: [Rename(r.members[1].key, 'n"b')], JSON.replace('"b"', '"n\\"b"')),
    ("set a string", JSON, lambda r: [SetValue(at(r, "b"), "日本")], JSON.replace('"two"', '"日本"')),
    ("set a value", JSON, lambda r: [SetValue(at(r, "a", "x"), [1, {"q": None}])],
     JSON.replace('"x": 1', '"x": [1, {"q": null}]')),
    ("remove the first", JSON, lambda r: [Remove(r, r.members[0])], '{\n  "b": "two",\n  "c": null\n}\n'),
    ("remove the last", JSON, lambda r: [Remove(r, r.members[2])], JSON.replace(',\n  "c": null', "")),
    ("remove several", JSON, lambda r: [Remove(r, r.members[2]), Remove(r, r.members[1])],
     '{\n  "a": {"x": 1, "y": [1, 2, 3]}\n}\n'),
    ("remove all", JSON, lambda r: [Remove(at(r, "a"), m) for m in at(r, "a").members],
     JSON.replace('{"x": 1, "y": [1, 2, 3]}', "{}")),
    ("remove an item", JSON, lambda r: [RemoveItem(at(r, "a", "y"), 1)], JSON.replace("[1, 2, 3]", "[1, 3]")),
    ("add on a new line", JSON, lambda r: [Add(r, "d", {"e": [1]})],
     JSON.replace("null\n", 'null,\n  "d": {\n    "e": [1]\n  }\n')),
    ("add on the line", JSON, lambda r: [Add(at(r, "a"), "z", True)], JSON.replace("3]}", '3], "z": true}')),
    ("replace the last", JSON, lambda r: [Remove(r, r.members[2]), Add(r, "d", 1)],
     JSON.replace('"c": null', '"d": 1')),
    ("move an item", JSON, lambda r: [MoveLast(at(r, "a", "y"), 0)], JSON.replace("[1, 2, 3]", "[2, 3, 1]")),
    ("rewrite", JSON, lambda _: [Rewrite(Span(0, 1), "{ ")], "{ " + JSON[1:]),
    ("rename in YAML", YAML, lambda r: [Rename(r.members[2].key, "yes")], YAML.replace("c: p", '"yes": p')),
    ("single quotes", YAML, lambda r: [SetValue(at(r, "b"), "that's")], YAML.replace("'it''s'", "'that''s'")),
    ("no quotes", YAML, lambda r: [SetValue(at(r, "c"), "States.ALL")], YAML.replace("plain", "States.ALL")),
    ("quotes where needed", YAML, lambda r: [SetValue(at(r, "c"), "a: b")], YAML.replace("plain", '"a: b"')),
    ("first of a block", YAML, lambda r: [Remove(at(r, "a"), at(r, "a").members[0])], YAML.replace("  x: 1\n", "")),
    ("last of a block", YAML, lambda r: [Remove(r, r.members[2])], YAML.replace("c: plain  # why\n", "")),
    ("all of a block", "a:\n  b: 1\nc: 2\n", lambda r: [Remove(at(r, "a"), at(r, "a").members[0])], "a: {}\nc: 2\n"),
    ("first beside a dash", YAML, lambda r: [Remove(at(r, "a", "y", 1), at(r, "a", "y", 1).members[0])],
     YAML.replace("k: v\n      ", "")),
    ("item of a block", YAML, lambda r: [RemoveItem(at(r, "a", "y"), 0)], YAML.replace("    - 1  # one\n", "")),
    ("add to a block", YAML, lambda r: [Add(r, "d", {"e": [1, "x y"]})],
     YAML + "d:\n  e:\n    - 1\n    - x y\n"),
    ("add after a text", YAML, lambda r: [Add(at(r, "a", "y", 1), "m", True)],
     YAML.replace("        text\n", "        text\n      m: true\n")),
    ("move in a block", YAML, lambda r: [MoveLast(at(r, "a", "y"), 1)],
     YAML.replace("    - 3\n", "").replace("    - k: v\n", "    - 3\n    - k: v\n")),
    ("move the first", YAML, lambda r: [MoveLast(at(r, "a", "y"), 0)],
     YAML.replace("    - 1  # one\n", "").replace("    - 3\n", "    - 3\n    - 1  # one\n")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "make", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_change_keeps_the_form_of_the_text(text: str, make: Any, expected: str) -> None:
    format = "json" if text.startswith("{") else "yaml"
    assert changed(text, format, make) == expected


@pytest.mark.parametrize(("text", "make", "expected"), [c[1:] for c in CASES if c[1] == JSON])
def test_line_ends_stay_what_they_are(text: str, make: Any, expected: str) -> None:
    assert changed(text.replace("\n", "\r\n"), "json", make) == expected.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "make"),
    [
        ("a: &x {b: 1}\nc: *x\n", lambda r: [Rename(at(r, "c").members[0].key, "d")]),
        ("a: &x {b: 1}\nc: *x\n", lambda r: [Add(at(r, "c"), "d", 1)]),
        ("a: &x {b: 1}\nc: *x\n", lambda r: [Remove(at(r, "c"), at(r, "c").members[0])]),
        ("a: &x {b: 1}\nc: *x\n", lambda r: [SetValue(at(r, "c", "b"), 2)]),
        ("a: &x\n  b: 1\nc:\n  <<: *x\n", lambda r: [Remove(at(r, "c"), at(r, "c").members[0])]),
        ("a: b\n", lambda r: [Rename(r.members[0].key, "c"), Rename(r.members[0].key, "d")]),
    ],
    ids=["key", "add", "remove", "value", "merge", "twice"],
)
def test_what_cannot_be_written_is_not_guessed(text: str, make: Any) -> None:
    assert changed(text, "yaml", make) is None


@pytest.mark.parametrize(
    ("text", "format", "value", "expected"),
    [
        ('{"a": "x y \\n z"}', "json", 'q"', '{"a": "x q\\" \\n z"}'),
        ("a: x y z\n", "yaml", "q", "a: x q z\n"),
        ("a: |\n  x y z\n  more\n", "yaml", "q'", "a: |\n  x q' z\n  more\n"),
        ("a: 'x y z'\n", "yaml", "q'", "a: 'x q'' z'\n"),
        ("a: x y z\n", "yaml", ": ", None),
    ],
)
def test_a_part_of_a_string(text: str, format: str, value: str, expected: str | None) -> None:
    assert changed(text, format, lambda r: [SetValue(Inside(at(r, "a"), Span(2, 3)), value)]) == expected


words = st.sampled_from(["a", "b c", "yes", "1", "", "it's", 'q"', "日本🎉", "a: b", "# n", "{% $a %}", "$[0]", "\n"])
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
layouts: dict[str, tuple[str, Callable[[Any], str]]] = {
    "compact": ("json", lambda v: json.dumps(v, separators=(",", ":"))),
    "line": ("json", lambda v: json.dumps(v, ensure_ascii=False)),
    "tabs": ("json", lambda v: json.dumps(v, indent="\t")),
    "indented": ("json", lambda v: json.dumps(v, indent=4)),
    "block": ("yaml", lambda v: yaml.safe_dump(v, sort_keys=False, allow_unicode=True)),
    "inset": ("yaml", lambda v: "top:\n" + "".join(f"  {x}\n" for x in yaml.safe_dump(v).splitlines())),
    "flow": ("yaml", lambda v: yaml.safe_dump(v, default_flow_style=True, sort_keys=False)),
}


def possible(root: Node) -> list[tuple[Change, Route, Any]]:
    """Every change that the tree can take, with the route of what it changes and what it does to a plain value."""
    found: list[tuple[Change, Route, Any]] = []
    for route, node in walk(root):
        found.append((SetValue(node, {"n": ["x", 1]}), route, lambda _: {"n": ["x", 1]}))
        found.append((SetValue(node, "no: x"), route, lambda _: "no: x"))
        match node:
            case Object():
                found.append((Add(node, "new", [{"p": "q"}]), route, lambda v: {**v, "new": [{"p": "q"}]}))
                for m in node.members:
                    key = m.key.value
                    found.append((Remove(node, m), route, lambda v, k=key: {a: b for a, b in v.items() if a != k}))
                    renamed = lambda v, k=key: {("on" if a == k else a): b for a, b in v.items()}  # noqa: E731
                    found.append((Rename(m.key, "on"), route, renamed))
            case Array():
                count = len(node.items)
                found += [(RemoveItem(node, i), route, lambda v, i=i: v[:i] + v[i + 1 :]) for i in range(count)]
                moved = range(count - 1)
                found += [(MoveLast(node, i), route, lambda v, i=i: [*v[:i], *v[i + 1 :], v[i]]) for i in moved]
    return found


def replaced(value: Any, route: Route, change: Any) -> Any:
    if not route:
        return change(value)
    whole = copy.deepcopy(value)
    inner = whole
    for step in route[:-1]:
        inner = inner[step]
    inner[route[-1]] = change(inner[route[-1]])
    return whole


@given(st.dictionaries(words, values, min_size=1, max_size=4), st.sampled_from(sorted(layouts)), st.data())
def test_the_text_with_the_edits_reads_as_the_changed_tree(value: Any, layout: str, data: st.DataObject) -> None:
    format, write = layouts[layout]
    text = write(value)
    root = tree(text, format)
    before = plain(root)
    change, route, effect = data.draw(st.sampled_from(possible(root)))
    found = edits([change], Source("a", text))
    assume(found is not None)
    assert found is not None
    assert plain(tree(applied(text, found), format)) == replaced(before, route, effect)


@given(st.dictionaries(words, values, min_size=1, max_size=4), st.sampled_from(sorted(layouts)))
def test_json_and_yaml_without_aliases_can_always_be_written(value: Any, layout: str) -> None:
    format, write = layouts[layout]
    text = write(value)
    assume("? " not in text)  # a key that is marked by a question mark
    assert all(edits([change], Source("a", text)) is not None for change, _, _ in possible(tree(text, format)))


def test_a_string_of_several_places_is_left_alone() -> None:
    node = String(Span(0, 3), "a-b", "joined")
    assert edits([SetValue(node, "c")], Source("a", "a b")) is None


HCL = """\
resource "aws_sfn_state_machine" "flow" {
  definition = jsonencode({
    StartAt = "A"
    States = {
      A = { Type = "Pass", Nxet = "B" }
      B = {
        "Type" = "Pass"
      }
      C = {
        Type = "Pass"
      }
    }
  })
}
"""


def of(root: Node, *route: str) -> Any:
    return at(root, "States", *route)


@pytest.mark.parametrize(
    ("make", "old", "new"),
    [
        (lambda r: [Rename(of(r, "A").members[1].key, "Next")], "Nxet", "Next"),
        (lambda r: [Rename(of(r, "A").members[1].key, "a b")], "Nxet", '"a b"'),
        (lambda r: [SetValue(of(r, "A", "Nxet"), "${x}")], '"B"', '"$${x}"'),
        (lambda r: [Add(of(r, "A"), "End", True)], '"B" }', '"B", End = true }'),
        (lambda r: [Add(of(r, "B"), "End", True)], '"Type" = "Pass"', '"Type" = "Pass"\n        "End" = true'),
        (lambda r: [Add(of(r, "C"), "End", True)], '  Type = "Pass"', '  Type = "Pass"\n        End = true'),
        (lambda r: [Remove(of(r, "A"), of(r, "A").members[1])], ', Nxet = "B"', ""),
    ],
    ids=["rename", "quotes", "escape", "line", "quoted", "bare", "remove"],
)
def test_terraform(make: Any, old: str, new: str) -> None:
    definition = from_text(HCL, "main.tf")[0]
    assert definition.root is not None
    found = edits(make(definition.root), definition.source)
    assert found is not None
    assert applied(HCL, found) == HCL.replace(old, new)
