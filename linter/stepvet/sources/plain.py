"""Definitions that are files of their own, and those that stand somewhere inside any JSON or YAML text."""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.sources.definition import Definition
from stepvet.sources.library import TextFile, Variables
from stepvet.sources.reading import Format, fill, inside, is_definition, with_faults
from stepvet.text.node import Array, Known, Node, Object
from stepvet.text.reading import Reading


def whole_file(file: TextFile, reading: Reading, format: Format, variables: Variables) -> Definition:
    """The file's text as one definition, whatever it holds."""
    reading = with_faults(reading, file.faults)
    fill(reading.root, given(variables))
    return Definition(
        file=file.source.file,
        source=file.source,
        root=reading.root,
        format=format,
        origin=format,
        faults=reading.faults,
        comments=reading.comments,
    )


def given(variables: Variables) -> dict[str, Known]:
    """What the user told about placeholders."""
    return {name: Known("string", value=value) for name, value in variables.items()}


def embedded(file: TextFile, reading: Reading, format: Format, variables: Variables) -> Iterator[Definition]:
    """Definitions inside a text of another kind, called by the keys that lead to them."""
    for name, node in _definitions(reading.root):
        part = inside(reading, node)
        fill(node, given(variables))
        yield Definition(
            file=file.source.file,
            source=file.source,
            root=node,
            format=format,
            origin=format,
            resource=name,
            faults=part.faults,
            comments=part.comments,
        )


def _definitions(root: Node | None) -> Iterator[tuple[str, Node]]:
    stack: list[tuple[str, Node]] = [("", root)] if root is not None else []
    while stack:
        name, node = stack.pop()
        if is_definition(node):
            yield name, node
        elif isinstance(node, Object):
            stack.extend((f"{name}.{m.key.value}".lstrip("."), m.value) for m in reversed(node.members))
        elif isinstance(node, Array):
            stack.extend((f"{name}[{index}]", item) for index, item in reversed(list(enumerate(node.items))))
