"""From paths or a text to definitions: which files, of which kind, and each definition file once per template.

Of the files of a run templates are read first; a definition file that a template uses is checked as part of that
template and not by itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from stepvet.sources.channels import Kind, definitions_in, kind_of
from stepvet.sources.compare import compared
from stepvet.sources.decode import Undecodable, decode
from stepvet.sources.definition import Definition
from stepvet.sources.ignore import patterns
from stepvet.sources.notice import Notice
from stepvet.sources.store import Absent, FileStore, TextFile, beside, of_text
from stepvet.sources.walk import Found, is_definition_name, walk
from stepvet.text.near import nearest
from stepvet.text.source import Source


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """`exclude`: patterns as in `.gitignore`, for walks; with `force_exclude` also for files that were named.
    `variables`: values of placeholders. `texts`: what files hold in place of what the disk has, by the name in
    reports; `-` is standard input."""

    exclude: tuple[str, ...] = ()
    exclude_root: Path | None = None
    """The folder that the patterns count from; None is the working folder."""
    force_exclude: bool = False
    skip_unrelated: bool = False
    """Take files that were named as those of folders are taken: only where they may hold a state machine."""
    stdin_filename: str = "definition.asl.json"
    variables: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def from_text(
    text: str, filename: str, variables: Mapping[str, str] | None = None, files: Mapping[str, str] | None = None
) -> list[Definition]:
    """The definitions in a text, read as a file of that name would be. Files that it refers to are taken from `files`,
    name → text; without it they are not at hand."""
    file, store = beside(text, filename, files) if files is not None else (of_text(text, filename), FileStore())
    kind = kind_of(file, named=True) or Kind.DEFINITION
    found = definitions_in(file, kind, store, variables or {})
    return [d for d in compared(found) if isinstance(d, Definition)]


def load(paths: Sequence[str], options: LoadOptions) -> Iterator[Definition | Notice]:
    """Every definition below the paths (`-` is standard input, `FILE#RESOURCE` one of a template's), and notices
    about what couldn't be read."""
    store = FileStore({path: file for name, text in options.texts.items() for path, file in _given(name, text)})
    plain: list[tuple[Found, TextFile]] = []
    used: list[Definition | Notice] = []
    for name in paths:
        if name == "-":
            yield from _standard_input(options)
    named = [p for p in paths if p != "-"]
    for found in walk(named, patterns(options.exclude, options.exclude_root or Path.cwd()), options.force_exclude):
        if isinstance(found, Notice):
            yield found
            continue
        found = replace(found, named=found.named and not options.skip_unrelated)
        file = store.file(found.path, found.shown)
        if isinstance(file, Absent):
            yield _unreadable(found, file)
        elif (kind := kind_of(file, named=found.named)) is Kind.DEFINITION:
            plain.append((found, file))
        elif kind is not None:
            used.extend(_chosen(found, definitions_in(file, kind, store, options.variables)))
        elif found.named:
            yield Notice("info", "no state machine definition in it", found.shown)
    yield from store.notes
    yield from compared(used)
    for found, file in plain:
        if os.path.realpath(found.path) not in store.used:
            yield from _chosen(found, definitions_in(file, Kind.DEFINITION, store, options.variables))


def _given(name: str, text: str) -> Iterator[tuple[Path, TextFile]]:
    if name != "-":
        path = Path(os.path.normpath(Path.cwd() / name))
        yield path, TextFile(Source(name, text), path)


def _unreadable(found: Found, absent: Absent) -> Notice:
    """An input that was named, or is called like a definition, must be readable."""
    wanted = found.named or is_definition_name(found.shown)
    return Notice("error" if wanted else "info", absent.message.removeprefix(f"{found.shown} "), found.shown)


def _chosen(found: Found, definitions: Iterator[Definition | Notice]) -> Iterator[Definition | Notice]:
    """All of a file's definitions, or the one that was asked for."""
    if found.resource is None:
        yield from definitions
        return
    names: list[str] = []
    for definition in definitions:
        if isinstance(definition, Notice):
            yield definition
        elif definition.resource is not None and _is_called(definition.resource, found.resource):
            yield definition
            names.append(found.resource)
        elif definition.resource is not None:
            names.append(definition.resource)
    if found.resource not in names:
        like = nearest(found.resource, names)
        hint = f'; did you mean "{like}"?' if like else ""
        yield Notice("error", f'no state machine in it is called "{found.resource}"{hint}', found.shown)


def _is_called(name: str, wanted: str) -> bool:
    """Terraform's addresses may be shortened to the resource's own name."""
    return wanted == name or name.endswith(f".{wanted}")


def _standard_input(options: LoadOptions) -> Iterator[Definition | Notice]:
    if "-" in options.texts:
        yield from from_text(options.texts["-"], options.stdin_filename, options.variables)
        return
    decoded = decode(sys.stdin.buffer.read())
    if isinstance(decoded, Undecodable):
        yield Notice("error", f"standard input can't be read: {decoded.reason}", options.stdin_filename)
        return
    yield from from_text(decoded.text, options.stdin_filename, options.variables)
