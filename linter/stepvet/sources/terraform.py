"""State machines in Terraform: resources, the inputs of community modules, and plans as JSON.

Nothing is evaluated: what Terraform computes is a hole, and a definition that it computes as a whole can't be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stepvet.sources import hcl, terraform_known
from stepvet.sources.definition import Definition, MachineType, type_called
from stepvet.sources.held import Held, defined, unread
from stepvet.sources.notice import Notice
from stepvet.sources.plain import given
from stepvet.sources.reading import fill, placeholders
from stepvet.sources.store import FileStore, TextFile, Variables
from stepvet.sources.terraform_module import Module, Part
from stepvet.sources.wiring import Unresolved, Wiring
from stepvet.text.inner import resolve_at
from stepvet.text.node import String
from stepvet.text.reading import Comment, comment

_resources = {("aws_sfn_state_machine",), ("awscc_stepfunctions_state_machine",)}


def definitions(file: TextFile, store: FileStore, variables: Variables) -> Iterator[Definition | Notice]:
    """One definition for each state machine of a Terraform file."""
    configuration = hcl.parse(file.source.text)
    if isinstance(configuration, hcl.Missing):
        if not store.told_about_terraform:
            store.told_about_terraform = True
            yield Notice("warning", configuration.message, file.source.file)
        return
    if configuration.faults:
        line = file.source.position(configuration.faults[0].start).line
        yield Notice("info", f"line {line} is no Terraform that can be read; the rest was", file.source.file)
    part = Part(file, configuration)
    module = Module(part, store)
    for block in configuration.blocks:
        name = _name(part, block)
        if name is not None:
            yield _definition(module, block, name, variables)


def _name(part: Part, block: hcl.Block) -> str | None:
    """How a block is called that stands for a state machine."""
    if block.type == "resource" and block.labels[:1] in _resources:
        return ".".join(block.labels)
    if block.type == "module" and block.get("definition") is not None and len(block.labels) == 1:
        source = block.get("source")
        text = part.text[source.span.start : source.span.end] if source else ""
        return f"module.{block.labels[0]}" if "step-function" in text.lower() else None
    return None


def _definition(module: Module, block: hcl.Block, name: str, variables: Variables) -> Definition:
    part = module.part
    expression = block.get("definition") or block.get("definition_string")
    held = module.held(part, expression) if expression else unread(part.file.source, "the resource has no definition")
    fill(held.reading.root, given(variables))
    wiring = Wiring(
        template=part.file.source,
        resource=String(block.name, block.labels[-1] if block.labels else "", "hcl"),
        substitutions=held.substitutions,
        placeholders=held.placeholders,
        unresolved=tuple(_unresolved(module, held)),
        missing=held.missing,
        directives=held.mistaken,
        written_in=held.written_in,
    )
    found = defined(held, "terraform", _type(part, block), wiring)
    return replace(found, resource=name, comments=(*found.comments, *_comments(part, held)))


def _comments(part: Part, held: Held) -> Iterator[Comment]:
    """The file's comments, where the definition is written in HCL itself."""
    if held.source is part.file.source:
        for span in part.configuration.comments:
            yield comment(span, part.text)


def _type(part: Part, block: hcl.Block) -> MachineType | None:
    value = block.get("type") or block.get("state_machine_type")
    if value is None:
        return "STANDARD" if block.type == "resource" else None
    return type_called(part.text[value.span.start : value.span.end].strip('"'))


def _unresolved(module: Module, held: Held) -> Iterator[Unresolved]:
    """References in the definition to resources that no file of the module has."""
    if held.reading.root is None or not module.is_whole:
        return
    for name, place in placeholders(held.reading.root):
        kind, _, rest = name.partition(".")
        label = rest.partition(".")[0].partition("[")[0]
        if kind in terraform_known.types and label and (kind, label) not in module.resources:
            file, span = held.source.resolve(resolve_at(place, held.source))
            if file is module.part.file.source:
                known = tuple(f"{k}.{n}" for k, n in sorted(module.resources))
                yield Unresolved(f"{kind}.{label}", span, "Terraform", known)
