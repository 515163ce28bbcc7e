"""Texts by path, as templates ask for them: each file is read once, and what can't be had says why.

Invariant: nothing outside the repository of the file that asks is read.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from stepvet.sources.decode import Undecodable, cleaned, decode
from stepvet.sources.disk import bytes_of
from stepvet.sources.ignore import git_ignores, repository
from stepvet.text.reading import SyntaxFault
from stepvet.text.source import Source


@dataclass(frozen=True, slots=True, eq=False)
class TextFile:
    """`path` is None for a text that is no file. `faults` are those of its bytes."""

    source: Source
    path: Path | None = None
    faults: tuple[SyntaxFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Absent:
    """A file that can't be had. `near` is a name in the same folder that differs in letter case only."""

    why: Literal["missing", "unreadable", "outside", "unknown"]
    message: str
    near: str | None = None


@dataclass(slots=True, eq=False)
class FileStore:
    """Files of the disk. `used` are the real paths of files that a template referred to."""

    read: dict[Path, TextFile | Absent] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    roots: dict[Path, Path | None] = field(default_factory=dict)
    names: dict[Path, frozenset[str]] = field(default_factory=dict)
    told_about_terraform: bool = False
    on_disk: bool = True
    """False where the texts at hand are all there is."""

    def file(self, path: Path, shown: str) -> TextFile | Absent:
        if path not in self.read:
            self.read[path] = _read(path, shown) if self.on_disk else Absent("missing", f"{shown} does not exist")
        return self.read[path]

    def referred(self, origin: TextFile, reference: str) -> TextFile | Absent:
        """The file that `origin` refers to, by a path relative to its own folder."""
        if origin.path is None:
            return Absent("unknown", "the files around it are not at hand")
        if "\0" in reference:
            return Absent("missing", "its path is no path")
        path = Path(os.path.normpath(origin.path.parent / reference))
        if not self._inside(origin.path.parent, path):
            return Absent("outside", f"{reference} lies outside of the repository")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(origin.source.file), reference))
        if path.name not in (names := self._names(path.parent)):
            return self._missing(path, name, names)
        found = self.file(path, name)
        if isinstance(found, TextFile):
            self.used.add(os.path.realpath(path))
        return found

    def _missing(self, path: Path, name: str, names: frozenset[str]) -> Absent:
        """What git ignores may be made by a build, so nobody can say that it is missing."""
        if self.on_disk and git_ignores(path):
            return Absent("unknown", f"{name} does not exist, and git ignores it: a build may make it")
        like = next((n for n in sorted(names) if n.casefold() == path.name.casefold()), None)
        return Absent("missing", f"{name} does not exist", like)

    def siblings(self, origin: TextFile, suffix: str) -> list[TextFile]:
        """The other files of a file's folder that end like that, in order."""
        if origin.path is None:
            return []
        folder, shown = origin.path.parent, posixpath.dirname(origin.source.file)
        names = sorted(n for n in self._names(folder) if n.endswith(suffix) and n != origin.path.name)
        found = (self.file(folder / name, posixpath.join(shown, name)) for name in names)
        return [f for f in found if isinstance(f, TextFile)]

    def _names(self, folder: Path) -> frozenset[str]:
        """The names in a folder as they are written, also where the file system doesn't tell letter case apart."""
        if not self.on_disk:
            return frozenset(path.name for path in self.read if path.parent == folder)
        if folder not in self.names:
            try:
                self.names[folder] = frozenset(os.listdir(folder))  # noqa: PTH208 names are all that is needed
            except OSError:
                self.names[folder] = frozenset()
        return self.names[folder]

    def _inside(self, folder: Path, path: Path) -> bool:
        if not self.on_disk:
            return True
        if folder not in self.roots:
            self.roots[folder] = repository(folder)
        root = self.roots[folder]
        return root is None or Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _read(path: Path, shown: str) -> TextFile | Absent:
    try:
        decoded = decode(bytes_of(path))
    except FileNotFoundError:
        return Absent("missing", f"{shown} does not exist")
    except (OSError, ValueError) as error:
        return Absent("unreadable", f"{shown} can't be read: {getattr(error, 'strerror', None) or error}")
    if isinstance(decoded, Undecodable):
        return Absent("unreadable", f"{shown} can't be read: {decoded.reason}")
    return TextFile(Source(shown, decoded.text), path, decoded.faults)


def of_text(text: str, filename: str) -> TextFile:
    """A text that is no file of the disk."""
    return TextFile(Source(filename, cleaned(text)))


def beside(text: str, filename: str, files: Mapping[str, str]) -> tuple[TextFile, FileStore]:
    """A text, with the texts of the files that it may refer to; there are no others."""
    here = Path("/")
    made = {
        here / name: TextFile(Source(name, cleaned(content)), here / name)
        for name, content in {**files, filename: text}.items()
    }
    return made[here / filename], FileStore(dict(made), on_disk=False)


Variables = Mapping[str, str]
"""What the user told about placeholders: name → value."""
