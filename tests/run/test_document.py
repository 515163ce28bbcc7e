"""Files that users write for a run: our reading of their schemas is the standard's, every fault has its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from stepvet.run.document import Document, FileFault, document_of, read_document
from stepvet.run.scenarios import schema as scenario
from stepvet.run.services import schema as mocks
from stepvet.text.node import plain

SCHEMAS = {"scenario": scenario.SCHEMA, "mocks": mocks.SCHEMA, "single": mocks.SINGLE, "config": mocks.CONFIG}


def document(text: str, name: str = "a.yaml") -> Document:
    found = document_of(text, Path(name))
    assert isinstance(found, Document), found
    return found


def message(text: str, schema: dict[str, Any]) -> str | None:
    read = document(text)
    fault = read.check(read.root, schema, "the file")
    return fault.message if fault else None


FAULTS = [
    ("[]", "a.yaml:1:1: the file must be a mapping, not a list"),
    ("a: 1.5", 'a.yaml:1:4: "a" must be a whole number or a list, not the number 1.5'),
    ("a: true", 'a.yaml:1:4: "a" must be a whole number or a list, not true'),
    ("a: [x, {}]", 'a.yaml:1:8: an item of "a" must be a string or null, not a mapping'),
    ("a: []", 'a.yaml:1:4: "a" must not be empty'),
    ("a: 1\nkonds: x", 'a.yaml:2:1: the file has no "konds"; did you mean "kinds"?'),
    ("kinds: x", 'a.yaml:1:1: the file needs "a"'),
    ("a: 1\nkinds: z", 'a.yaml:2:8: "kinds" must be one of x, y'),
    ("a: 1\nkinds: 3", 'a.yaml:2:8: "kinds" must be one of x, y'),
    ("a: 1\nshare: -1", 'a.yaml:2:8: "share" must be at least 0'),
    ("a: 1\nshare: 101", 'a.yaml:2:8: "share" must be at most 100'),
    ("a: 1\none: {}", 'a.yaml:2:6: a choice needs one of "left", "right"'),
    ("a: 1\none: {left: 1, right: 2}", 'a.yaml:2:16: a choice takes only one of "left", "right"'),
    ("a: 1\nnumbered: {x: 1}", 'a.yaml:2:12: "x" is not a number'),
    ("a: 1\nnamed: up", 'a.yaml:2:8: "named" is "up", which is not of the form ^[A-Z]+$'),
]
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "a": {"anyOf": [{"type": "integer"}, {"type": "array", "minItems": 1, "items": {"type": ["string", "null"]}}]},
        "kinds": {"enum": ["x", "y"]},
        "share": {"type": "number", "minimum": 0, "maximum": 100},
        "one": {
            "title": "a choice",
            "type": "object",
            "properties": {"left": {}, "right": {}},
            "oneOf": [{"required": ["left"]}, {"required": ["right"]}],
        },
        "numbered": {"type": "object", "propertyNames": {"pattern": "^[0-9]+$", "title": "a number"}},
        "named": {"type": "string", "pattern": "^[A-Z]+$"},
    },
    "required": ["a"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(("text", "told"), FAULTS)
def test_faults_have_places(text: str, told: str) -> None:
    assert message(text, SCHEMA) == told


BROKEN = [
    (b"", "a.yaml:1:1: the text is empty"),
    (b"a: [", "a.yaml:1:5: "),
    (b"a: 1\na: 2", "a.yaml:2:1: "),
    (b"a: 1\n---\nb: 1", "a.yaml:2:1: a second document, which is not read"),
    (b"a: \xff", "a.yaml: it is not UTF-8 text (byte 0xff at offset 3)"),
    (b"a\0b", "a.yaml: it is binary, not text"),
    (b"a: *b", "a.yaml:1:4: "),
]


@pytest.mark.parametrize(("data", "told"), BROKEN)
def test_a_text_that_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, told: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_bytes(data)
    found = read_document(Path("a.yaml"))
    assert isinstance(found, FileFault)
    assert found.message.startswith(told), found.message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    found = read_document(tmp_path / "none.yaml")
    assert isinstance(found, FileFault)
    assert found.message == f"{tmp_path.as_posix()}/none.yaml: it can't be read: No such file or directory"
    folder = read_document(tmp_path)
    assert isinstance(folder, FileFault)


@pytest.mark.parametrize("text", ["\ufeffa: 1", "a: 2024-05-01", "a: yes", "a: 1_000"])
def test_what_leaves_no_doubt_is_taken(text: str) -> None:
    assert isinstance(plain(document(text).root), dict)


KEYS = sorted(
    {"a", "0", "1-2", "5-x", "definition", "cases", "mocks", "coverage", "type", "name", "input", "expect", "status"}
    | {"path", "error", "cause", "states", "choices", "result", "errorOutput", "python", "seconds", "seed"}
    | {"StateMachines", "TestCases", "MockedResponses", "Return", "Throw", "Error", "Cause", "fieldValidationMode"}
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 102),
    st.sampled_from([0.5, 1.0, "x", "m:f", "SUCCEEDED", "STRICT", "EXPRESS"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=25,
)
LIKELY: dict[str, Any] = {
    "scenario": {"definition": "a.json", "cases": [{"name": "x", "expect": {"status": "FAILED"}, "mocks": {}}]},
    "mocks": {"a": {"result": 1}, "b": [{"errorOutput": {"error": "E"}}, {"python": "m:f"}]},
    "single": {"result": "1"},
    "config": {
        "StateMachines": {"a": {"TestCases": {"c": {"s": "r"}}}},
        "MockedResponses": {"r": {"0": {"Return": 1}}},
    },
}


@st.composite
def documents(draw: st.DrawFn, likely: Any) -> Any:
    """A right document with some of its parts replaced, so that both verdicts come up often."""
    if draw(st.integers(0, 4)) == 0:
        return draw(VALUES)
    if isinstance(likely, dict):
        made = {key: draw(documents(value)) for key, value in likely.items()}
        extra = draw(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=1)) if draw(st.booleans()) else {}
        return {**extra, **made}
    return [draw(documents(item)) for item in likely] if isinstance(likely, list) else likely


@pytest.mark.parametrize("kind", SCHEMAS)
@given(data=st.data())
def test_our_reading_of_the_schemas_is_the_standard_s(kind: str, data: st.DataObject) -> None:
    value = data.draw(documents(LIKELY[kind]))
    read = document(json.dumps(value), "a.json")
    assert (read.check(read.root, SCHEMAS[kind], "it") is None) == Draft202012Validator(SCHEMAS[kind]).is_valid(value)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schemas_are_schemas(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind])
    assert Draft202012Validator(SCHEMAS[kind]).is_valid(LIKELY[kind])


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.stepvet.yaml"
    path.write_bytes(data)
    found = read_document(path)
    if isinstance(found, Document):
        for schema in SCHEMAS.values():
            found.check(found.root, schema, "it")
