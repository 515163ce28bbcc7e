"""HCL as a small tree: blocks, attributes and the expressions that definitions are written with.

tree-sitter finds the structure; this is the only module that knows it. It is imported when the first Terraform file is
read, and where it isn't installed, `parse` says so. Expressions that no definition is read from are opaque.

Invariant: reads any text without raising; spans count code points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from stepvet.text.source import Span

max_depth = 200


@dataclass(frozen=True, slots=True)
class Missing:
    """tree-sitter isn't installed."""

    message: str = 'Terraform files are not read: install "stepvet[terraform]"'


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text or a heredoc. `inner` is the part without quotes or markers."""

    span: Span
    inner: Span
    heredoc: bool


@dataclass(frozen=True, slots=True)
class Call:
    span: Span
    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    span: Span
    members: tuple[tuple[Expression, Expression], ...]


@dataclass(frozen=True, slots=True)
class Items:
    span: Span
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Traversal:
    """`a.b[0].c`; `names` are the words, indexes left out."""

    span: Span
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number, true, false or null, as written."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`test ? one : other`"""

    span: Span
    one: Expression
    other: Expression


@dataclass(frozen=True, slots=True)
class Opaque:
    span: Span
    text: str


Expression = Text | Call | Mapping | Items | Traversal | Scalar | Choice | Opaque


@dataclass(frozen=True, slots=True)
class Attribute:
    name: str
    span: Span
    value: Expression


@dataclass(frozen=True, slots=True)
class Block:
    """`name` is the span of the last label without its quotes, else of the block's type."""

    type: str
    labels: tuple[str, ...]
    name: Span
    attributes: tuple[Attribute, ...]

    def get(self, name: str) -> Expression | None:
        return next((a.value for a in self.attributes if a.name == name), None)


@dataclass(frozen=True, slots=True)
class Configuration:
    """`faults` are the places that don't parse; the rest was read."""

    blocks: tuple[Block, ...]
    faults: tuple[Span, ...] = ()
    comments: tuple[Span, ...] = ()


def parse(text: str) -> Configuration | Missing:
    try:
        import tree_sitter
        import tree_sitter_hcl
    except ImportError:
        return Missing()
    masked = text.replace("{%{", "{%(")  # JSONata's block in a text is no directive, whatever Terraform thinks of it
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))
    root = parser.parse(masked.encode("utf-8", "replace")).root_node
    reader = _Reader(text, _offsets(text))
    bodies = [c for c in root.children if c.type == "body"]
    blocks = tuple(reader.block(c) for body in bodies for c in body.children if c.type == "block")
    return Configuration(blocks, tuple(reader.faults(root)) if root.has_error else (), tuple(reader.comments(root)))


def _offsets(text: str) -> Callable[[int], int]:
    """Byte offset → code point offset."""
    if text.isascii():
        return lambda offset: offset
    table: list[int] = []
    for index, character in enumerate(text):
        table.extend([index] * len(character.encode("utf-8", "replace")))
    table.append(len(text))
    return lambda offset: table[min(offset, len(table) - 1)]


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    offset: Callable[[int], int]

    def span(self, node: Any) -> Span:
        return Span(self.offset(node.start_byte), self.offset(node.end_byte))

    def written(self, node: Any) -> str:
        start, end = self.span(node)
        return self.text[start:end]

    def faults(self, root: Any) -> Iterator[Span]:
        stack = [root]
        while stack:
            node = stack.pop()
            if node.type == "ERROR" or node.is_missing:
                yield self.span(node)
            elif node.has_error:
                stack.extend(reversed(node.children))

    def comments(self, root: Any) -> Iterator[Span]:
        stack = [root]
        while stack:
            node = stack.pop()
            if node.type == "comment":
                yield self.span(node)
            else:
                stack.extend(reversed(node.children))

    def block(self, node: Any) -> Block:
        words = [c for c in node.children if c.type in ("identifier", "string_lit")]
        labels = tuple(self.written(w).strip('"') for w in words)
        name = self.span(words[-1]) if words else self.span(node)
        if words and words[-1].type == "string_lit":
            name = Span(name.start + 1, max(name.start + 1, name.end - 1))
        bodies = [c for c in node.children if c.type == "body"]
        attributes = (c for body in bodies for c in body.children if c.type == "attribute")
        return Block(labels[0] if labels else "", labels[1:], name, tuple(self.attribute(a) for a in attributes))

    def attribute(self, node: Any) -> Attribute:
        value = next((c for c in node.children if c.type == "expression"), None)
        name = self.written(node.children[0]) if node.children else ""
        return Attribute(name, self.span(node), self.expression(value) if value else Opaque(self.span(node), ""))

    def expression(self, node: Any, depth: int = 0) -> Expression:
        """The tree of an `expression` node; wrappers and parentheses are taken off."""
        span, parts = self.span(node), [c for c in node.children if c.type not in ("comment", "(", ")")]
        kinds = [c.type for c in parts]
        if depth > max_depth or not parts:
            return Opaque(span, self.written(node))
        inner = parts[0]
        match kinds:
            case ["expression" | "literal_value" | "collection_value" | "template_expr"]:
                return self.expression(inner, depth + 1)
            case ["conditional"]:
                return self.choice(inner, depth)
            case ["string_lit" | "quoted_template" | "heredoc_template"]:
                return self.template(inner)
            case ["numeric_lit" | "bool_lit" | "null_lit"]:
                return Scalar(span, self.written(node))
            case ["operation"] if self.written(node).lstrip("-").replace(".", "", 1).isdigit():
                return Scalar(span, self.written(node))
            case ["function_call"]:
                return self.call(inner, depth)
            case ["object"]:
                elements = [c for c in inner.children if c.type == "object_elem"]
                return Mapping(span, tuple(self.member(e, depth) for e in elements))
            case ["tuple"]:
                items = [c for c in inner.children if c.type == "expression"]
                return Items(span, tuple(self.expression(i, depth + 1) for i in items))
            case ["variable_expr", *rest] if all(k in ("get_attr", "index") for k in rest):
                return Traversal(span, tuple(self.written(p).strip(".") for p in parts if p.type != "index"))
        return Opaque(span, self.written(node))

    def choice(self, node: Any, depth: int) -> Expression:
        values = [c for c in node.children if c.type == "expression"]
        if len(values) != 3:
            return Opaque(self.span(node), self.written(node))
        return Choice(self.span(node), self.expression(values[1], depth + 1), self.expression(values[2], depth + 1))

    def call(self, node: Any, depth: int) -> Expression:
        arguments = next((c for c in node.children if c.type == "function_arguments"), None)
        given = [c for c in arguments.children if c.type == "expression"] if arguments else []
        name = self.written(node.children[0])
        return Call(self.span(node), name, tuple(self.expression(g, depth + 1) for g in given))

    def member(self, node: Any, depth: int) -> tuple[Expression, Expression]:
        parts = [c for c in node.children if c.type == "expression"]
        if len(parts) != 2:
            nothing = Opaque(self.span(node), self.written(node))
            return nothing, nothing
        key = parts[0]
        computed = any(c.type == "(" for c in key.children)
        name: Expression = Opaque(self.span(key), self.written(key)) if computed else self.expression(key)
        return name, self.expression(parts[1], depth + 1)

    def template(self, node: Any) -> Text:
        span = self.span(node)
        if node.type != "heredoc_template":
            return Text(span, Span(span.start + 1, max(span.start + 1, span.end - 1)), False)
        first = self.text.find("\n", span.start, span.end) + 1 or span.end
        last = max(first, self.text.rfind("\n", span.start, span.end) + 1)
        return Text(span, Span(first, last), True)
