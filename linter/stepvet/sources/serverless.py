"""State machines in Serverless Framework configurations, under `stepFunctions.stateMachines`.

`${…}` are the framework's own variables and may stand for a value of any type; `${file(…)}` is followed. Functions of
the configuration are referred to by the names that they have in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stepvet.sources.definition import Definition, machine_type
from stepvet.sources.held import Held, defined, from_file, referred, unread
from stepvet.sources.intrinsics import as_value
from stepvet.sources.joined import joined, literal
from stepvet.sources.plain import given
from stepvet.sources.reading import fill, format_of, inside, nodes, read
from stepvet.sources.store import FileStore, TextFile, Variables
from stepvet.sources.template import Template
from stepvet.sources.wiring import Wiring
from stepvet.text.node import Array, Gap, Hole, Node, Object, String
from stepvet.text.reading import Reading

_file = re.compile(r"\$\{file\(([^(){}]+)\)(?::([\w.\-]+))?[^{}]*\}")
_own = re.compile(r"\$\{self:([\w.\-]+)\}")
_older = re.compile(r"#\{[^{}]*\}")
_max_hops = 5


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """A node of a configuration's text."""

    template: Template
    node: Node


def definitions(file: TextFile, reading: Reading, store: FileStore, variables: Variables) -> Iterator[Definition]:
    """One definition for each state machine of the configuration."""
    if not isinstance(reading.root, Object):
        return
    template = _template(file, reading, reading.root)
    section = _followed(_Place(template, reading.root.get("stepFunctions") or reading.root), store)
    node = section.node.get("stateMachines") if isinstance(section.node, Object) else None
    if node is not None:
        for name, place in _machines(_Place(section.template, node), store):
            yield _definition(template, name, place, store, variables)


def _template(file: TextFile, reading: Reading, root: Object) -> Template:
    """The configuration as a template: its own resources, and its functions under the names they have there."""
    resources = root.get("resources")
    functions = root.get("functions")
    names = [m.key.value for m in functions.members] if isinstance(functions, Object) else []
    return Template(
        file,
        reading,
        resources if isinstance(resources, Object) else Object(root.span, []),
        dict.fromkeys(names, "AWS::Lambda::Function"),
        whole=root,
    )


def _machines(place: _Place, store: FileStore, hops: int = 0) -> Iterator[tuple[String, _Place]]:
    """Each state machine with its name; a list holds several such mappings."""
    place = _followed(place, store)
    if isinstance(place.node, Array) and hops < _max_hops:
        for item in place.node.items:
            yield from _machines(_Place(place.template, item), store, hops + 1)
    elif isinstance(place.node, Object):
        for member in place.node.members:
            yield member.key, _followed(_Place(place.template, member.value), store)


def _followed(place: _Place, store: FileStore, hops: int = 0) -> _Place:
    """Where `${file(…)}` or `${self:…}` leads; the place itself where it leads nowhere."""
    node = place.node
    if not isinstance(node, Hole) or hops > _max_hops:
        return place
    if (found := _file.fullmatch(node.text)) and (file := _referred(place, found, store)):
        reading = read(file.source.text, format_of(file.source.file, file.source.text))
        template = Template(file, reading, place.template.root, place.template.others)
        return _at(place, template, reading.root, found[2], store, hops)
    if (found := _own.fullmatch(node.text)) and (whole := place.template.whole):
        return _at(place, place.template, whole, found[1], store, hops)
    return place


def _at(place: _Place, template: Template, root: Node | None, path: str | None, store: FileStore, hops: int) -> _Place:
    """The node at a dotted path of a text."""
    node = root
    for key in path.split(".") if path else ():
        node = node.get(key) if isinstance(node, Object) else None
    return place if node is None else _followed(_Place(template, node), store, hops + 1)


def _referred(place: _Place, found: re.Match[str], store: FileStore) -> TextFile | None:
    file = referred(place.template.file, store, _path(found), place.node)
    return file if isinstance(file, TextFile) and _is_data(file) else None


def _path(found: re.Match[str]) -> str:
    return found[1].strip().strip("'\"")


def _is_data(file: TextFile) -> bool:
    return file.source.file.endswith((".json", ".yml", ".yaml", ".asl"))


def _definition(template: Template, name: String, place: _Place, store: FileStore, variables: Variables) -> Definition:
    held = _held(place, store)
    root = held.reading.root
    if root is not None:
        fill(root, given(variables))
        _mark_older_variables(root)
    type = machine_type(place.node.get("type") if isinstance(place.node, Object) else None)
    return defined(held, "serverless", type, Wiring(template=template.source, resource=name, missing=held.missing))


def _held(place: _Place, store: FileStore) -> Held:
    source = place.template.source
    node = place.node.get("definition") if isinstance(place.node, Object) else None
    if isinstance(place.node, Hole):
        return _unfollowed(place, place.node, store)
    if node is None:
        return unread(source, "it has no definition")
    if isinstance(node, Hole) and (found := _file.fullmatch(node.text)) and not found[2]:
        file = referred(place.template.file, store, _path(found), node)
        return file if isinstance(file, Held) else from_file(file)
    found_at = _followed(_Place(place.template, node), store)
    if isinstance(found_at.node, Hole):
        return _unfollowed(found_at, found_at.node, store)
    return _value(found_at)


def _unfollowed(place: _Place, node: Hole, store: FileStore) -> Held:
    """Why a variable leads nowhere. It may have a default, so a file that isn't there is no fault."""
    source = place.template.source
    if not (found := _file.fullmatch(node.text)):
        return unread(source, "a variable gives it")
    file = referred(place.template.file, store, _path(found), node)
    if isinstance(file, Held):
        return replace(file, missing=None)
    what = f'nothing is called "{found[2]}" in it' if _is_data(file) and found[2] else "it is no JSON or YAML"
    return unread(source, f"{file.source.file} gives it, and {what}")


def _value(place: _Place) -> Held:
    template, node = place.template, place.node
    format = format_of(template.source.file, template.source.text)
    if isinstance(node, Object) and template.intrinsic(node) is None:
        return Held(template.source, replace(inside(template.reading, node), root=as_value(template, node)), format)
    if isinstance(node, String) and template.intrinsic(node) is None:
        source = joined(template.source, [literal(template.source, node)])
        format = format_of("", source.text)
        return Held(source, read(source.text, format), format)
    return unread(template.source, "a variable gives it")


def _mark_older_variables(root: Node) -> None:
    """`#{AWS::Region}` is a variable, too. Changes the tree, which is not shared yet."""
    for node in nodes(root):
        if isinstance(node, String) and "#{" in node.value:
            more = (Gap(*m.span(), m[0]) for m in _older.finditer(node.value))
            node.holes = tuple(sorted((*node.holes, *more), key=lambda gap: gap.start))
