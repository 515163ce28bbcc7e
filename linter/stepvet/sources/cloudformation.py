"""State machines in SAM and CloudFormation templates, written by hand or by the CDK.

A resource gives its definition as an object, as text (plain, `Fn::Sub`, `Fn::Join`), or as a file; what is in S3, or
known at deployment only, is a definition that can't be read. Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stepvet.sources import joined
from stepvet.sources.definition import Definition, Origin, machine_type
from stepvet.sources.held import Held, defined, from_file, named_placeholders, referred, unread
from stepvet.sources.intrinsics import as_value, is_no_value, known_of, text_of, unresolved
from stepvet.sources.plain import given
from stepvet.sources.reading import Format, fill, format_of, hole_name, inside, nodes, read
from stepvet.sources.store import FileStore, TextFile, Variables
from stepvet.sources.template import Resource, Template
from stepvet.sources.wiring import Substitution, Unresolved, Wiring
from stepvet.text.node import Array, Hole, Inside, Node, Null, Object, String, is_known
from stepvet.text.reading import Reading

resource_types = frozenset({"AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine"})
_embedded = ("Definition", "DefinitionString")
_referred = ("DefinitionUri", "DefinitionS3Location")


def definitions(
    file: TextFile, reading: Reading, format: Format, store: FileStore, variables: Variables
) -> Iterator[Definition]:
    """One definition for each state machine of the template."""
    if not isinstance(reading.root, Object):
        return
    template = Template(file, reading, reading.root)
    for resource in template.resources:
        if resource.type in resource_types:
            yield _definition(template, resource, format, store, variables)


def _definition(
    template: Template, resource: Resource, format: Format, store: FileStore, variables: Variables
) -> Definition:
    properties = _properties(template, resource)
    text = _text(template, properties, resource, format, store)
    substitutions = _substitutions(template, properties)
    known = {s.key.value: s.known for s in substitutions or ()}
    fill(text.reading.root, {**known, **given(variables)})
    wiring = Wiring(
        template=template.source,
        resource=resource.name,
        substitutions=substitutions,
        placeholders=text.placeholders,
        unresolved=tuple(_unresolved(template, properties)),
        missing=text.missing,
    )
    type = machine_type(properties.get("Type") or properties.get("StateMachineType"))
    own, path = (_metadata(resource, name) for name in ("stepvet", "aws:cdk:path"))
    construct = path.value if isinstance(path, String) else None
    return replace(defined(text, _origin(template, resource), type, wiring), metadata=own, construct=construct)


def _metadata(resource: Resource, name: str) -> Node | None:
    metadata = resource.body.get("Metadata")
    return metadata.get(name) if isinstance(metadata, Object) else None


def _unresolved(template: Template, properties: Object) -> Iterator[Unresolved]:
    """References to nothing in what becomes the definition."""
    for name in (*_embedded, *_referred, "DefinitionSubstitutions"):
        if (node := properties.get(name)) is not None:
            yield from unresolved(template, node)


def _origin(template: Template, resource: Resource) -> Origin:
    if resource.type == "AWS::Serverless::StateMachine":
        return "sam"
    return "cdk" if template.is_cdk else "cloudformation"


def _properties(template: Template, resource: Resource) -> Object:
    node = chosen(template, resource.body.get("Properties"))
    return node if isinstance(node, Object) else Object(resource.name.span, [])


def chosen(template: Template, node: Node | None) -> Node | None:
    """A value without its conditions: of `Fn::If` the first branch that is a value."""
    for _ in range(20):
        call = template.intrinsic(node)
        if call is None or call[0] != "Fn::If" or not isinstance(call[1], Array) or len(call[1].items) < 3:
            return None if node is None or is_no_value(template, node) else node
        node = next((n for n in call[1].items[1:3] if not is_no_value(template, n)), None)
    return None


def _text(template: Template, properties: Object, resource: Resource, format: Format, store: FileStore) -> Held:
    for name in (*_embedded, *_referred):
        node = chosen(template, properties.get(name))
        if node is None or isinstance(node, Null):
            continue
        if name in _embedded:
            return _embedded_text(template, node, format)
        return _referred_text(template, node, resource, store)
    return unread(template.source, "the resource has no definition")


def _embedded_text(template: Template, node: Node, format: Format) -> Held:
    call = template.intrinsic(node)
    if call and call[0] == "Fn::ToJsonString":
        node, call = call[1], None
    if call is None and isinstance(node, Object):
        value = as_value(template, node)
        written = {id(part) for part in nodes(node)}
        left = tuple(
            p for p in named_placeholders(value) if id(p.at.node if isinstance(p.at, Inside) else p.at) in written
        )
        return Held(template.source, replace(inside(template.reading, node), root=value), format, placeholders=left)
    if call and call[0] not in ("Fn::Sub", "Fn::Join"):
        return unread(template.source, f"{call[0]} gives it at deployment")
    if call is None and not isinstance(node, String):
        return unread(template.source, "a placeholder stands for it" if isinstance(node, Hole) else "it is no text")
    return _joined_text(template, node)


def _joined_text(template: Template, node: Node) -> Held:
    pieces = text_of(template, node)
    if all(p.known is not None for p in pieces):
        return unread(template.source, "a placeholder stands for it")
    source = joined.joined(template.source, pieces)
    known = {hole_name(p.text): p.known for p in pieces if p.known is not None}
    format = format_of("", source.text)
    reading = read(source.text, format)
    fill(reading.root, known)
    left = tuple(p for p in named_placeholders(reading.root) if p.name not in known or f"!{p.name}" in known)
    return Held(source, reading, format, placeholders=left)


def _referred_text(template: Template, node: Node, resource: Resource, store: FileStore) -> Held:
    path = _asset(resource) or _path(template, node)
    if path is None:
        return unread(template.source, _why_no_path(template, node))
    found = referred(template.file, store, path, node)
    return found if isinstance(found, Held) else from_file(found)


def _asset(resource: Resource) -> str | None:
    """The file that the CDK, or `sam build`, puts beside the template for a definition in S3."""
    metadata = resource.body.get("Metadata")
    path = metadata.get("aws:asset:path") if isinstance(metadata, Object) else None
    return path.value if is_known(path) else None


def _path(template: Template, node: Node) -> str | None:
    if not isinstance(node, String) or template.intrinsic(node) or node.holes:
        return None
    return None if "://" in node.value or not node.value.strip() else node.value.strip()


def _why_no_path(template: Template, node: Node) -> str:
    in_s3 = isinstance(node, Object) and (node.member("Bucket") or node.member("Key"))
    if in_s3 or (isinstance(node, String) and node.value.startswith(("s3://", "https://"))):
        return "it is in S3"
    return "its path is known at deployment only"


def _substitutions(template: Template, properties: Object) -> tuple[Substitution, ...] | None:
    """What `DefinitionSubstitutions` defines; None where it isn't all to be seen."""
    node = properties.get("DefinitionSubstitutions")
    if node is None or isinstance(node, Null):
        return ()
    if (
        not isinstance(node, Object)
        or template.intrinsic(node)
        or any(m.key.value.startswith("Fn::") for m in node.members)
    ):
        return None
    return tuple(Substitution(m.key, m.value, known_of(template, m.value)) for m in node.members)
