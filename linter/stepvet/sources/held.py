"""What a template holds for one state machine: the definition's text and tree, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepvet.sources.definition import Definition, MachineType, Origin
from stepvet.sources.reading import Format, format_of, placeholders, read, with_faults
from stepvet.sources.store import Absent, FileStore, TextFile
from stepvet.sources.wiring import MissingFile, Placeholder, Substitution, Wiring
from stepvet.text.node import Hole, Node
from stepvet.text.reading import Reading
from stepvet.text.source import Source, Span


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """`placeholders` are those that are left for the template's `substitutions`. `mistaken` are places that Terraform
    takes for a directive; they count in the file `written_in`."""

    source: Source
    reading: Reading
    format: Format = "json"
    unread: str | None = None
    missing: MissingFile | None = None
    placeholders: tuple[Placeholder, ...] = ()
    substitutions: tuple[Substitution, ...] | None = None
    mistaken: tuple[Span, ...] = ()
    written_in: Source | None = None


def defined(held: Held, origin: Origin, type: MachineType | None, wiring: Wiring) -> Definition:
    """The definition that a template holds, called as the resource is."""
    return Definition(
        file=wiring.template.file,
        source=held.source,
        root=held.reading.root,
        format=held.format,
        origin=origin,
        resource=wiring.resource.value,
        type=type,
        faults=held.reading.faults,
        comments=held.reading.comments,
        unread=held.unread,
        template=wiring.template,
        wiring=wiring,
    )


def unread(source: Source, why: str, missing: MissingFile | None = None) -> Held:
    return Held(source, Reading(None), unread=why, missing=missing)


def from_file(file: TextFile) -> Held:
    """The whole of a definition file."""
    text = file.source.text
    format = format_of(file.source.file, text)
    reading = with_faults(read(text, format), file.faults)
    return Held(file.source, reading, format, placeholders=tuple(named_placeholders(reading.root)))


def referred(template: TextFile, store: FileStore, path: str, at: Node) -> TextFile | Held:
    """The file that a template refers to, or what is held instead of it."""
    found = store.referred(template, path)
    if isinstance(found, Absent):
        missing = MissingFile(path, at, found.near) if found.why == "missing" else None
        return unread(template.source, found.message, missing)
    return found


def named_placeholders(root: Node | None) -> Iterator[Placeholder]:
    """Each `${name}` of a tree; `${!name}` is what `Fn::Sub` leaves as `${name}`."""
    for name, place in placeholders(root):
        if not isinstance(place, Hole) or place.text.startswith("${"):
            yield Placeholder(name.removeprefix("!"), place, name.startswith("!"))
