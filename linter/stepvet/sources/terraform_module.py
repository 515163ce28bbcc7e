"""A Terraform module: the files of one folder, its locals, data sources and resources, and what an expression holds
for a definition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from stepvet.sources import hcl, held, terraform_values
from stepvet.sources.held import Held
from stepvet.sources.joined import Piece, joined
from stepvet.sources.reading import fill, format_of, hole_name, read
from stepvet.sources.store import FileStore, TextFile
from stepvet.sources.terraform_text import Rendered, render
from stepvet.sources.wiring import Substitution
from stepvet.text.node import Hole, Known, Object
from stepvet.text.reading import Reading
from stepvet.text.source import Source, Span

_max_hops = 5
"""Names in one another that make a path."""
_longest_trail = 60
_as_is = frozenset(
    {"trimspace", "chomp", "tostring", "jsonencode", "yamldecode", "jsondecode", "sensitive", "nonsensitive"}
)
"""Functions whose result says what their argument says."""

Trail = tuple[str, ...]
"""The calls and names that led to an expression."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A file of the module."""

    file: TextFile
    configuration: hcl.Configuration

    @property
    def text(self) -> str:
        return self.file.source.text


@dataclass(eq=False)
class Module:
    part: Part
    store: FileStore

    @cached_property
    def parts(self) -> list[Part]:
        others = self.store.siblings(self.part.file, ".tf")
        parsed = ((file, hcl.parse(file.source.text)) for file in others)
        return [self.part, *(Part(f, c) for f, c in parsed if isinstance(c, hcl.Configuration))]

    @cached_property
    def resources(self) -> set[tuple[str, str]]:
        blocks = (b for part in self.parts for b in part.configuration.blocks)
        return {(b.labels[0], b.labels[1]) for b in blocks if b.type == "resource" and len(b.labels) == 2}

    @cached_property
    def is_whole(self) -> bool:
        return not any(part.configuration.faults for part in self.parts)

    def local(self, name: str) -> tuple[Part, hcl.Expression] | None:
        found = ((p, b.get(name)) for p in self.parts for b in p.configuration.blocks if b.type == "locals")
        return next(((part, value) for part, value in found if value is not None), None)

    def data(self, kind: str, name: str) -> tuple[Part, hcl.Block] | None:
        blocks = ((p, b) for p in self.parts for b in p.configuration.blocks if b.type == "data")
        return next(((part, block) for part, block in blocks if block.labels == (kind, name)), None)

    def default(self, name: str) -> tuple[Part, hcl.Expression] | None:
        blocks = ((p, b) for p in self.parts for b in p.configuration.blocks if b.type == "variable")
        found = ((p, b.get("default")) for p, b in blocks if b.labels == (name,))
        return next(((part, value) for part, value in found if value is not None), None)

    def held(self, part: Part, expression: hcl.Expression, trail: Trail = ()) -> Held:
        """What an expression holds for a definition."""
        source = part.file.source
        if len(trail) > _longest_trail:
            return held.unread(source, f"more than {_longest_trail} calls and names lead to it")
        match expression:
            case hcl.Text():
                return self._text(part, expression, trail)
            case hcl.Mapping():
                root = terraform_values.node(part.text, expression)
                return Held(source, Reading(root))
            case hcl.Choice():
                return self.held(part, expression.one, (*trail, "?"))
            case hcl.Call():
                return self._call(part, expression, trail)
            case hcl.Traversal():
                return self._reference(part, expression, trail)
            case _:
                return held.unread(source, "Terraform computes it")

    def _text(self, part: Part, expression: hcl.Text, trail: Trail) -> Held:
        rendered = terraform_values.rendered(part.text, expression)
        if len(rendered.pieces) == 1 and rendered.pieces[0].known is not None:
            names = tuple(hole_name(rendered.pieces[0].text).split("."))
            return self._reference(part, hcl.Traversal(expression.span, names), trail)
        return _from_pieces(part.file.source, rendered)

    def _call(self, part: Part, call: hcl.Call, trail: Trail) -> Held:
        source = part.file.source
        if not call.arguments:
            return held.unread(source, f"{call.name}() makes it")
        if call.name in ("file", "templatefile"):
            return self._file(part, call)
        if call.name in _as_is:
            return self.held(part, call.arguments[0], (*trail, f"{call.name}()"))
        return held.unread(source, f"{call.name}() makes it")

    def _reference(self, part: Part, expression: hcl.Traversal, trail: Trail) -> Held:
        source = part.file.source
        whole = ".".join(expression.names)
        if whole in trail:
            return held.unread(source, "it refers to itself")
        match expression.names:
            case ("local", name) if found := self.local(name):
                return self.held(*found, (*trail, whole))
            case ("data", "template_file", name, "rendered") if block := self.data("template_file", name):
                return self._template_file(*block, (*trail, whole))
            case ("var", *_):
                return held.unread(source, "a variable gives it")
            case _:
                return held.unread(source, f"{whole} gives it")

    def _template_file(self, part: Part, block: hcl.Block, trail: Trail) -> Held:
        template, variables = block.get("template"), block.get("vars")
        if isinstance(template, hcl.Call) and template.name == "file" and template.arguments:
            call = hcl.Call(
                template.span, "templatefile", (*template.arguments[:1], *((variables,) if variables else ()))
            )
            return self._file(part, call)
        return self.held(part, template, trail) if template else held.unread(part.file.source, "it has no template")

    def _file(self, part: Part, call: hcl.Call) -> Held:
        path = self.path(part, call.arguments[0])
        if path is None:
            return held.unread(part.file.source, "its path is known when Terraform runs")
        at = terraform_values.node(part.text, call.arguments[0])
        found = held.referred(part.file, self.store, path, at)
        if isinstance(found, Held):
            return found
        if call.name == "file":
            return replace(held.from_file(found), placeholders=())
        return _template(part, found, call.arguments[1] if len(call.arguments) > 1 else None)

    def path(self, part: Part, expression: hcl.Expression, hops: int = 0) -> str | None:
        """A path relative to the module's folder; None where it isn't known."""
        if hops > _max_hops:
            return None
        if isinstance(expression, hcl.Traversal):
            return self._path_of_name(part, expression.names, hops)
        if not isinstance(expression, hcl.Text):
            return None
        texts: list[str] = []
        for piece in terraform_values.rendered(part.text, expression).pieces:
            text = piece.text
            if piece.known is not None:
                names = tuple(hole_name(piece.text).split("."))
                text = self._path_of_name(part, names, hops) or ""
            if not text:
                return None
            texts.append(text)
        return "".join(texts)

    def _path_of_name(self, part: Part, names: tuple[str, ...], hops: int) -> str | None:
        match names:
            case ("path", "module"):
                return "."
            case ("local", name) if found := self.local(name):
                return self.path(*found, hops + 1)
            case ("var", name) if found := self.default(name):
                return self.path(*found, hops + 1)
            case _:
                return None


def _from_pieces(source: Source, rendered: Rendered) -> Held:
    """A definition's text put together; where directives make it, only what reads without a fault is judged."""
    extract = joined(source, rendered.pieces)
    format = format_of("", extract.text)
    reading = read(extract.text, format)
    fill(reading.root, {hole_name(p.text): p.known for p in rendered.pieces if p.known is not None})
    if rendered.directives and reading.faults:
        return held.unread(source, "Terraform's directives make its text")
    return Held(extract, reading, format, mistaken=tuple(rendered.mistaken), written_in=source)


def _template(part: Part, file: TextFile, variables: hcl.Expression | None) -> Held:
    """A file as `templatefile` reads it."""
    known: dict[str, Known] = {}
    substitutions: tuple[Substitution, ...] | None = None
    if isinstance(variables, hcl.Mapping):
        node = terraform_values.node(part.text, variables)
        assert isinstance(node, Object)
        substitutions = tuple(Substitution(m.key, m.value, _known(m.value)) for m in node.members)
        known = {s.key.value: s.known for s in substitutions}
    text = file.source.text
    rendered = render(text, Span(0, len(text)), lambda name: known.get(name, Known()), escapes=False)
    made = _from_pieces(file.source, rendered)
    if any(piece.text == "${expression}" for piece in rendered.pieces) or rendered.directives:
        substitutions = None
    if _is_verbatim(rendered.pieces, text):
        made = held.from_file(file)
        fill(made.reading.root, known)
    left = tuple(held.named_placeholders(made.reading.root))
    mistaken = tuple(rendered.mistaken)
    return replace(made, placeholders=left, substitutions=substitutions, mistaken=mistaken, written_in=file.source)


def _known(node: object) -> Known:
    if isinstance(node, Hole):
        return node.known
    value = getattr(node, "value", None)
    return Known("string", value=value) if isinstance(value, str) and not getattr(node, "holes", ()) else Known()


def _is_verbatim(pieces: list[Piece], text: str) -> bool:
    return "".join(p.text for p in pieces) == text
