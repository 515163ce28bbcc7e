"""A text as JSON or as YAML: by its name, else by how it begins. And: is a tree a definition?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from stepvet.text.json import read_json
from stepvet.text.node import Array, Hole, Inside, Known, Node, Object, String
from stepvet.text.reading import Reading, SyntaxFault
from stepvet.text.source import Span

Format = Literal["json", "yaml"]


def format_of(filename: str, text: str) -> Format:
    name = filename.lower()
    if name.endswith((".yaml", ".yml")):
        return "yaml"
    if name.endswith(".json") or text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return "json"
    return "json" if name.endswith(".asl") and not _looks_like_yaml(text) else "yaml"


def _looks_like_yaml(text: str) -> bool:
    return any(line.startswith(("StartAt:", "States:", "Comment:", "QueryLanguage:")) for line in text.splitlines())


def read(text: str, format: Format) -> Reading:
    if format == "json":
        return read_json(text)
    from stepvet.text.yaml import read_yaml

    return read_yaml(text)


def is_definition(node: Node | None) -> bool:
    """An object with a string `StartAt` and an object `States`, or with holes in their places."""
    return (
        isinstance(node, Object)
        and isinstance(node.get("StartAt"), (String, Hole))
        and isinstance(node.get("States"), (Object, Hole))
    )


def with_faults(reading: Reading, faults: tuple[SyntaxFault, ...]) -> Reading:
    """The reading with the faults of its bytes; a byte order mark is told once."""
    return replace(reading, faults=(*faults, *reading.faults)) if faults else reading


def inside(reading: Reading, node: Node) -> Reading:
    """The part of a reading that belongs to one node of its tree."""
    start, end = node.span
    return replace(
        reading,
        root=node,
        faults=tuple(f for f in reading.faults if start <= f.span.start and f.span.end <= end),
        comments=tuple(c for c in reading.comments if start <= c.span.start and c.span.end <= end),
    )


def fill(root: Node | None, known: Mapping[str, Known]) -> None:
    """Tell the holes of a tree what is known of them, by name. Changes the tree, which must not be shared yet."""
    if root is None or not known:
        return
    for node in nodes(root):
        if isinstance(node, Hole):
            node.known = known.get(hole_name(node.text), node.known)
        elif isinstance(node, String) and node.holes:
            node.holes = tuple(replace(g, known=known.get(hole_name(g.text), g.known)) for g in node.holes)


def hole_name(text: str) -> str:
    """`Name` of `${Name}`."""
    return text[2:-1].strip() if text.startswith("${") and text.endswith("}") else text


def placeholders(root: Node | None) -> Iterator[tuple[str, Hole | Inside]]:
    """Each placeholder of a tree with its name and its place."""
    for node in nodes(root) if root is not None else ():
        if isinstance(node, Hole):
            yield hole_name(node.text), node
        elif isinstance(node, String):
            for gap in node.holes:
                yield hole_name(gap.text), Inside(node, Span(gap.start, gap.end))


def nodes(root: Node) -> Iterator[Node]:
    """Every node in the order of the text, keys too, without recursion."""
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, Object):
            for member in reversed(node.members):
                stack.append(member.value)
                stack.append(member.key)
        elif isinstance(node, Array):
            stack.extend(reversed(node.items))
