"""Texts by path, as templates ask for them: each file is read once, and what can't be had says why.

Invariant: nothing outside the repository of the file that asks is read. Where there is no repository, a file is
followed below the folder that holds the one that asks, that folder's own parent, or the working folder; what lies
outside the folder itself is followed with a note.
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
from stepvet.sources.notice import Notice
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
    notes: dict[Notice, None] = field(default_factory=dict)
    """What the user should know of the files that were followed, in order."""
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
        if outside := self._outside(origin.path.parent, path, reference):
            return outside
        name = posixpath.normpath(posixpath.join(posixpath.dirname(origin.source.file), reference))
        if path.name not in (names := self._names(path.parent)):
            return self._missing(path, name, names)
        found = self.file(path, name)
        if isinstance(found, TextFile):
            self.used.add(os.path.realpath(path))
            self._note(origin, path, reference)
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

    def _outside(self, folder: Path, path: Path, reference: str) -> Absent | None:
        """Why a path must not be followed."""
        if not self.on_disk:
            return None
        root = self._root(folder)
        if root is not None:
            message = f"{reference} lies outside of the repository"
            return None if _is_below(path, root) else Absent("outside", message)
        near = (folder, *filter(_is_project, (folder.parent, Path.cwd())))
        message = f"{reference} lies outside of the folders around the template, and of the working folder"
        followed = not Path(reference).is_absolute() and any(_is_below(path, top) for top in near)
        return None if followed else Absent("outside", message)

    def _root(self, folder: Path) -> Path | None:
        if folder not in self.roots:
            self.roots[folder] = repository(folder)
        return self.roots[folder]

    def _note(self, origin: TextFile, path: Path, reference: str) -> None:
        """Without a repository nobody has said that the two belong together."""
        folder = path.parent if origin.path is None else origin.path.parent
        if self.on_disk and self._root(folder) is None and not _is_below(path, folder):
            message = f"it refers to {reference}, which was read though it lies outside of its folder"
            self.notes[Notice("info", message, origin.source.file)] = None


def _is_below(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _is_project(folder: Path) -> bool:
    """Not a folder that holds everything: the top of the file system, or of a user's files."""
    return folder != folder.parent and folder != Path(os.path.expanduser("~"))  # noqa: PTH111


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
