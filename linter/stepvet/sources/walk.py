"""Which files a run looks at: those that were named, and in folders those whose name or suffix may hold definitions.

Sorted, each file once, safe against loops of symbolic links; folders of tools and what git ignores are left out.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stepvet.sources.ignore import Pattern, git_ignores, gitignore, inherited, is_ignored
from stepvet.sources.notice import Notice

_tool_folders = frozenset(
    {".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", ".terraform", ".tox", ".nox", ".mypy_cache"}
    | {".pytest_cache", ".ruff_cache", ".aws-sam", ".serverless", ".idea", ".gradle", "site-packages"}
)
_definition_names = (".asl.json", ".asl", ".asl.yaml", ".asl.yml")
_other_names = (".json", ".yaml", ".yml", ".template", ".tf", ".tf.json")


@dataclass(frozen=True, slots=True)
class Found:
    """`shown` is the name in reports; `named` says that the user named this very file; `resource` that only one of
    its state machines is asked for."""

    path: Path
    shown: str
    named: bool
    resource: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """How files below `top`, given as `given`, are called in reports: relative to the working folder where they lie
    under it, else as given, with forward slashes."""

    here: Path
    top: Path
    given: str

    def name(self, path: Path) -> str:
        if path.is_relative_to(self.here):
            return path.relative_to(self.here).as_posix()
        return posixpath.normpath(posixpath.join(self.given, path.relative_to(self.top).as_posix()))


def is_definition_name(name: str) -> bool:
    return name.lower().endswith(_definition_names)


def walk(paths: Sequence[str], exclude: Iterable[Pattern], force_exclude: bool) -> Iterator[Found | Notice]:
    """Every file to look at below the paths. What can't be looked at is a notice."""
    here = Path.cwd()
    excluded = tuple(exclude)
    seen: set[str] = set()
    for name in paths:
        for found in _below(name, here, excluded, force_exclude):
            if isinstance(found, Notice):
                yield found
            elif (key := f"{_real(found.path)}#{found.resource}") not in seen:
                seen.add(key)
                yield found


def _below(name: str, here: Path, excluded: tuple[Pattern, ...], force: bool) -> Iterator[Found | Notice]:
    path, resource = _split(name)
    absolute = Path(os.path.normpath(here / path))
    try:
        is_folder = path.is_dir()
        if not is_folder:
            path.stat()
    except OSError as error:
        yield Notice("error", f"can't be read: {error.strerror or error}", name)
        return
    if force and _is_left_out(absolute, is_folder, excluded):
        yield Notice("info", "left out by an exclude pattern", name)
    elif is_folder:
        above = () if git_ignores(absolute) else inherited(absolute)  # named, so looked at anyhow
        yield from _folder(absolute, Shown(here, absolute, path.as_posix()), (*above, *excluded))
    else:
        yield Found(absolute, Shown(here, absolute, path.as_posix()).name(absolute), True, resource)


def _is_left_out(path: Path, is_folder: bool, excluded: tuple[Pattern, ...]) -> bool:
    """Is the path excluded, or a folder that it lies in?"""
    return is_ignored(path, is_folder, excluded) or any(is_ignored(p, True, excluded) for p in path.parents)


def _split(name: str) -> tuple[Path, str | None]:
    """`FILE#RESOURCE`; a file whose name has a `#` is itself."""
    file, mark, resource = name.rpartition("#")
    if mark and file and not Path(name).exists():
        return Path(file), resource
    return Path(name), None


def _folder(top: Path, shown: Shown, rules: tuple[Pattern, ...]) -> Iterator[Found | Notice]:
    visited: set[str] = set()
    stack: list[tuple[Path, tuple[Pattern, ...]]] = [(top, rules)]
    while stack:
        folder, inherited_rules = stack.pop()
        real = _real(folder)
        if real in visited:
            continue
        visited.add(real)
        own = (*inherited_rules, *gitignore(folder))
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError as error:
            yield Notice("error", f"can't be read: {error.strerror or error}", shown.name(folder))
            continue
        for entry in entries:
            if not _is_folder(entry) and entry.name.lower().endswith((*_definition_names, *_other_names)):
                yield from _file(Path(entry.path), shown, own)
        if {e.name for e in entries} & {"cdk.json", "cdk.out"} == {"cdk.json"}:
            message = "a CDK application without its templates: run `cdk synth`, then check cdk.out"
            yield Notice("info", message, shown.name(folder / "cdk.json"))
        inner = [Path(e.path) for e in entries if _is_folder(e) and e.name not in _tool_folders]
        stack.extend((path, own) for path in reversed(inner) if not is_ignored(path, True, own))


def _file(path: Path, shown: Shown, rules: tuple[Pattern, ...]) -> Iterator[Found | Notice]:
    if is_ignored(path, False, rules):
        yield Notice("info", "left out by .gitignore or an exclude pattern", shown.name(path))
    else:
        yield Found(path, shown.name(path), False)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _real(path: Path) -> str:
    return os.path.realpath(path)
