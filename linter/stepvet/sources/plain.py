"""Definitions that are files of their own, and those that stand somewhere inside any JSON or YAML text."""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.sources.definition import Definition
from stepvet.sources.reading import Format, fill, format_of, inside, is_definition, read, with_faults
from stepvet.sources.store import TextFile, Variables
from stepvet.text.inner import extract
from stepvet.text.node import Array, Known, Node, Object, String
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
    """Definitions inside a text of another kind, as objects or as text, called by the keys that lead to them."""
    for name, node in _definitions(reading.root):
        source, part, written = file.source, inside(reading, node), format
        if isinstance(node, String):
            source = extract(file.source, node)
            written = format_of("", source.text)
            part = read(source.text, written)
        fill(part.root, given(variables))
        yield Definition(
            file=file.source.file,
            source=source,
            root=part.root,
            format=written,
            origin=format,
            resource=name,
            faults=part.faults,
            comments=part.comments,
        )


def _is_text_of_definition(key: str, node: Node) -> bool:
    """What APIs and other tools call a definition, as text; not one that a template engine still has to make."""
    return (
        key.lower() in ("definition", "definitionstring")
        and isinstance(node, String)
        and "StartAt" in node.value
        and "States" in node.value
        and "{{" not in node.value
    )


def _definitions(root: Node | None) -> Iterator[tuple[str, Node]]:
    stack: list[tuple[str, Node]] = [("", root)] if root is not None else []
    while stack:
        name, node = stack.pop()
        key = name.rpartition(".")[2]
        if is_definition(node) or _is_text_of_definition(key, node):
            yield name, node
        elif isinstance(node, Object):
            stack.extend((f"{name}.{m.key.value}".lstrip("."), m.value) for m in reversed(node.members))
        elif isinstance(node, Array):
            stack.extend((f"{name}[{index}]", item) for index, item in reversed(list(enumerate(node.items))))
