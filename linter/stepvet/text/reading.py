"""What every reader gives back: a tree as far as the text has one, and the faults of the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stepvet.text.node import Node
from stepvet.text.source import Span


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """A fault of the text at the offending characters. `kind` is a kebab-case name, such as `trailing-comma`."""

    kind: str
    message: str
    span: Span
    help: str | None = None
    related: tuple[tuple[Span, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, without its marker."""

    span: Span
    text: str


def comment(span: Span, text: str) -> Comment:
    """The comment at a span of the text: `# …`, `// …` or `/* … */`."""
    return Comment(span, text[span.start : span.end].lstrip("/*# \t").rstrip("*/ \t"))


@dataclass(frozen=True, slots=True)
class Reading:
    """`root` is None where the text holds no value at all."""

    root: Node | None
    faults: tuple[SyntaxFault, ...] = ()
    comments: tuple[Comment, ...] = ()
    tags: Mapping[int, str] = field(default_factory=dict)
    """`id` of a node → its YAML tag, such as `!Sub`, where it has one of its own."""
    tagged: tuple[Node, ...] = ()
    """The nodes with tags, so that no other node comes to have the `id` of one."""
