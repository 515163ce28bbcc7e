"""A CloudFormation template as a tree: its resources, what may be referred to, and which node is an intrinsic call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from stepvet.sources import known
from stepvet.sources.store import TextFile
from stepvet.text.node import Array, Known, Node, Object, String
from stepvet.text.reading import Reading
from stepvet.text.source import Source

_harmless_transforms = frozenset({"AWS::Serverless-2016-10-31", "AWS::LanguageExtensions"})


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    name: String
    type: str
    body: Object


@dataclass(eq=False)
class Template:
    file: TextFile
    reading: Reading
    root: Object
    others: Mapping[str, str] = field(default_factory=dict)
    """Names that may be referred to without being resources, with the types of what they stand for."""
    whole: Object | None = None
    """The text's whole tree, where the template is a part of it."""

    @property
    def source(self) -> Source:
        return self.file.source

    @property
    def tags(self) -> Mapping[int, str]:
        return self.reading.tags

    def intrinsic(self, node: Node | None) -> tuple[str, Node] | None:
        """Name and argument of an intrinsic call, in the short form (`!Ref`) or the long one (`Fn::Join`)."""
        if node is None:
            return None
        tag = self.tags.get(id(node), "")
        if tag.startswith("!") and len(tag) > 1:
            name = tag[1:].partition(" ")[0]
            return (name if name in ("Ref", "Condition") else f"Fn::{name}"), node
        if isinstance(node, Object) and len(node.members) == 1:
            key = node.members[0].key.value
            if key == "Ref" or key.startswith("Fn::"):
                return key, node.members[0].value
        return None

    @cached_property
    def resources(self) -> list[Resource]:
        return list(self._resources(self.root.get("Resources")))

    def _resources(self, node: Node | None) -> Iterator[Resource]:
        for member in node.members if isinstance(node, Object) else ():
            value = member.value
            if member.key.value.startswith("Fn::ForEach") and isinstance(value, Array) and value.items:
                yield from self._resources(value.items[-1])
            elif isinstance(value, Object) and isinstance(kind := value.get("Type"), String):
                yield Resource(member.key, kind.value, value)

    @cached_property
    def types(self) -> dict[str, str]:
        return {**self.others, **{r.name.value: r.type for r in self.resources}}

    @cached_property
    def parameters(self) -> set[str]:
        node = self.root.get("Parameters")
        return set(node.keys()) if isinstance(node, Object) else set()

    @cached_property
    def is_whole(self) -> bool:
        """Are all resources to be seen? Macros, includes and loops make others."""
        transforms = self.root.get("Transform")
        names = transforms.items if isinstance(transforms, Array) else [transforms] if transforms else []
        plain = all(isinstance(n, String) and n.value in _harmless_transforms for n in names)
        sections = [self.root, self.root.get("Resources"), self.root.get("Parameters")]
        members = [m for s in sections if isinstance(s, Object) for m in s.members]
        generated = any(m.key.value.startswith("Fn::") for m in members)
        return plain and not generated and not any(f.kind != "ambiguous-scalar" for f in self.reading.faults)

    def knows(self, name: str) -> bool:
        """May a reference to the name resolve? SAM makes resources whose names begin with those of its own."""
        if name in self.types or name in self.parameters or name in known.pseudo_parameters or not self.is_whole:
            return True
        made = (i for i, kind in self.types.items() if kind.startswith("AWS::Serverless::"))
        return name.startswith(("Serverless", "AWS::")) or "." in name or any(name.startswith(i) for i in made)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return (*self.types, *sorted(self.parameters))

    def known(self, name: str) -> Known:
        """What is known of `Ref name`, or of `name.attribute` for `Fn::GetAtt`."""
        logical_id, _, attribute = name.partition(".")
        if name in known.pseudo_parameters:
            return known.pseudo_parameters[name]
        kind = self.types.get(logical_id)
        if kind is None:
            return Known()
        return known.of_attribute(kind, logical_id, attribute) if attribute else known.of_ref(kind, logical_id)

    @cached_property
    def is_cdk(self) -> bool:
        metadata = (r.body.get("Metadata") for r in self.resources)
        known = "CDKMetadata" in self.types or "BootstrapVersion" in self.parameters
        return known or any(isinstance(m, Object) and m.member("aws:cdk:path") for m in metadata)
