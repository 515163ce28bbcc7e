"""Files that a user writes for a run, read with places: the tree of a YAML or JSON text, checked against its schema.

The schema is the table and this is its interpreter, for the keywords that those schemas have. What is
wrong is told in our words at its place, one fault a file.

Invariant: never raises, whatever the bytes are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stepvet.sources.decode import Undecodable, decode
from stepvet.sources.disk import bytes_of
from stepvet.sources.reading import format_of, read
from stepvet.text.near import nearest
from stepvet.text.node import Array, Bool, Hole, Node, Null, Number, Object, String, type_names
from stepvet.text.source import Source, Span

Schema = dict[str, Any]

_HARMLESS = frozenset({"ambiguous-scalar", "byte-order-mark", "encoding"})
"""Kinds of syntax faults that leave no doubt of what is meant."""


@dataclass(frozen=True, slots=True)
class FileFault:
    """Why a file can't be used: one line, which begins with the file and the place."""

    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its tree. `path` is the file's, for what it names in its folder."""

    path: Path
    source: Source
    root: Node

    @property
    def folder(self) -> Path:
        return self.path.parent

    def place(self, node: Node) -> str:
        """`file:line:column`."""
        position = self.source.position(node.span.start)
        return f"{self.source.file}:{position.line}:{position.column}"

    def fault(self, node: Node, message: str) -> FileFault:
        return FileFault(f"{self.place(node)}: {message}")

    def check(self, node: Node, schema: Schema, called: str) -> FileFault | None:
        """The first thing at or below the node that the schema refuses."""
        found = next(_faults(node, {**schema, "title": called}, schema.get("$defs", {}), called), None)
        return None if found is None else self.fault(*found)


def read_document(path: Path) -> Document | FileFault:
    """The tree of a file, whose name says if it is JSON or YAML."""
    name = path.as_posix()
    try:
        decoded = decode(bytes_of(path))
    except (OSError, ValueError) as error:
        return FileFault(f"{name}: it can't be read: {getattr(error, 'strerror', None) or error}")
    if isinstance(decoded, Undecodable):
        return FileFault(f"{name}: {decoded.reason}")
    return document_of(decoded.text, path)


def document_of(text: str, path: Path) -> Document | FileFault:
    """The tree of a text that is to be read as this file."""
    reading = read(text, format_of(path.name, text))
    broken = next((fault for fault in reading.faults if fault.kind not in _HARMLESS), None)
    document = Document(path, Source(path.as_posix(), text), reading.root or Null(Span(0, 0)))
    if broken is not None:
        return document.fault(Null(broken.span), broken.message)
    return document


Found = Iterator[tuple[Node, str]]
_TYPES = {
    "object": "a mapping", "array": "a list", "string": "a string", "number": "a number", "integer": "a whole number",
    "boolean": "a boolean", "null": "null",
}  # fmt: skip


def _faults(node: Node, given: Schema, defs: Schema, called: str) -> Found:
    schema = _resolved(given, defs)
    types = _types(schema, defs)
    if types and not any(_is(node, name) for name in types):
        yield node, f"{called} must be {' or '.join(_TYPES[name] for name in types)}, not {_kind(node)}"
        return
    for keyword, check in _SCALARS.items():
        if keyword in schema and (fault := check(node, schema[keyword])):
            yield node, f"{called} {fault}"
    for part in schema.get("anyOf", ()):
        if any(_is(node, name) for name in _types(part, defs)):
            yield from _faults(node, part, defs, called)
            return
    if isinstance(node, Object):
        yield from _member_faults(node, schema, defs, schema.get("title", called))
    elif isinstance(node, Array):
        yield from _item_faults(node, schema, defs, called)


def _member_faults(node: Object, schema: Schema, defs: Schema, called: str) -> Found:
    known: Schema = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    names = schema.get("propertyNames", {})
    for member in node.members:
        key = member.key.value
        if key in known:
            yield from _faults(member.value, known[key], defs, f'"{key}"')
        elif others is False:
            yield member.key, f'{called} has no "{key}"{_near(key, known)}'
        elif "pattern" in names and not re.search(names["pattern"], key):
            yield member.key, f'"{key}" is not {names["title"]}'
        elif isinstance(others, dict):
            yield from _faults(member.value, others, defs, f'"{key}"')
    for name in schema.get("required", ()):
        if node.member(name) is None:
            yield node, f'{called} needs "{name}"'
    yield from _choice_faults(node, [part["required"][0] for part in schema.get("oneOf", ())], called)


def _choice_faults(node: Object, names: list[str], called: str) -> Found:
    """One of these members, and no second one."""
    there = [member.key for member in node.members if member.key.value in names]
    words = ", ".join(f'"{name}"' for name in names)
    if names and not there:
        yield node, f"{called} needs one of {words}"
    elif len(there) > 1:
        yield there[1], f"{called} takes only one of {words}"


def _item_faults(node: Array, schema: Schema, defs: Schema, called: str) -> Found:
    if len(node.items) < schema.get("minItems", 0):
        yield node, f"{called} must not be empty"
    for item in node.items if "items" in schema else ():
        yield from _faults(item, schema["items"], defs, f"an item of {called}")


def _resolved(schema: Schema, defs: Schema) -> Schema:
    while "$ref" in schema:
        schema = defs[schema["$ref"].rpartition("/")[2]]
    return schema


def _types(given: Schema, defs: Schema) -> list[str]:
    """The types that a schema takes; none stands for all."""
    schema = _resolved(given, defs)
    if "anyOf" in schema:
        return [name for part in schema["anyOf"] for name in _types(part, defs)]
    told = schema.get("type", [])
    return [told] if isinstance(told, str) else list(told)


def _is(node: Node, name: str) -> bool:
    """A placeholder is a text like any other here: nothing fills it in."""
    match name:
        case "number":
            return isinstance(node, Number)
        case "integer":
            return isinstance(node, Number) and float(node.value).is_integer()
        case "string":
            return isinstance(node, String | Hole)
        case _:
            return node.kind == name


def _kind(node: Node) -> str:
    match node:
        case Object():
            return "a mapping"
        case Array():
            return "a list"
        case Number():
            return f"the number {node.text}"
        case Bool():
            return "true" if node.value else "false"
        case _:
            return type_names[node.kind]


def _near(key: str, known: Schema) -> str:
    like = nearest(key, known)
    return f'; did you mean "{like}"?' if like else ""


def _outside(node: Node, names: list[str]) -> str | None:
    if isinstance(node, String) and node.value in names:
        return None
    return f"must be one of {', '.join(names)}"


def _below(node: Node, least: float) -> str | None:
    return f"must be at least {least}" if isinstance(node, Number) and node.value < least else None


def _above(node: Node, most: float) -> str | None:
    return f"must be at most {most}" if isinstance(node, Number) and node.value > most else None


def _unlike(node: Node, pattern: str) -> str | None:
    if isinstance(node, String) and not re.search(pattern, node.value):
        return f'is "{node.value}", which is not of the form {_FORMS.get(pattern, pattern)}'
    return None


_FORMS = {r"^[\w.]+:\w+$": "module:function", "[^-]": "FILE or FILE#RESOURCE"}
_SCALARS: dict[str, Callable[[Node, Any], str | None]] = {
    "enum": _outside,
    "minimum": _below,
    "maximum": _above,
    "pattern": _unlike,
}
