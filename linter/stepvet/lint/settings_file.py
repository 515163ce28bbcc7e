"""Settings from `stepvet.toml` or `[tool.stepvet]` in `pyproject.toml`: found, read, and made from a checked table.

Invariant: what is wrong in a file is a `SettingsFault` with file and line; nothing is guessed or skipped over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from stepvet.lint.registry import installed
from stepvet.lint.settings import IgnoreAt, Known, PathPattern, Settings
from stepvet.lint.settings_faults import TablePath, faults
from stepvet.sources.disk import bytes_of
from stepvet.text.finding import Severity
from stepvet.text.node import Json


@dataclass(frozen=True, slots=True)
class SettingsFault:
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file that was read: its table, and its folder, which its globs are relative to."""

    path: Path
    text: str
    table: Mapping[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The path as it is told: relative, where the file lies under the working folder."""
        here = Path.cwd()
        return self.path.relative_to(here).as_posix() if self.path.is_relative_to(here) else self.path.as_posix()

    def line_of(self, path: TablePath) -> int:
        """The line where a key or a word stands: each step of the path is looked for from the one before it on. A
        number counts the tables of that name."""
        lines = self.text.splitlines()
        line = next((n for n, text in enumerate(lines) if re.match(r"\s*\[+\s*tool\s*\.\s*stepvet", text)), 0)
        name = ""
        for step in path:
            if isinstance(step, int):
                tables = [n for n, text in enumerate(lines) if text.lstrip().startswith("[[") and name in text]
                line = tables[step] if step < len(tables) else line
                continue
            name = step
            word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
            told = (n for n in range(line, len(lines)) if not lines[n].lstrip().startswith("#"))
            line = next((n for n in told if word.search(lines[n])), line)
        return line + 1


def find(start: Path) -> Path | None:
    """The nearest settings file upwards from a folder, no farther than the root of its git repository."""
    folder = start.resolve()
    for place in (folder, *folder.parents):
        own, project = place / "stepvet.toml", place / "pyproject.toml"
        if own.is_file():
            return own
        if project.is_file() and _mentions_stepvet(project):
            return project
        if (place / ".git").exists():
            return None
    return None


def _mentions_stepvet(project: Path) -> bool:
    """Has the file a table of ours, or, where it isn't TOML, the look of one?"""
    try:
        text = project.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    if "stepvet" not in text:
        return False
    import tomllib

    try:
        return _own_table(tomllib.loads(text)) is not None
    except (tomllib.TOMLDecodeError, RecursionError):
        return "[tool.stepvet" in text


def _own_table(whole: Mapping[str, Any]) -> Any:
    tools = whole.get("tool")
    return tools.get("stepvet") if isinstance(tools, dict) else None


def read(path: Path) -> SettingsFile | SettingsFault:
    """The file's table, not checked yet: a `pyproject.toml`'s `[tool.stepvet]`; of another file the whole, or its
    `[tool.stepvet]` where it holds nothing else."""
    import tomllib

    real = path.absolute()
    shown = SettingsFile(real, "").shown
    try:
        text = bytes_of(path).decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        return SettingsFault(shown, 1, f"can't be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"at line (\d+)", str(error))
        return SettingsFault(shown, int(place[1]) if place else text.count("\n") + 1, f"not valid TOML: {error}")
    alone = set(table) == {"tool"} and _own_table(table) is not None
    own = _own_table(table) if path.name == "pyproject.toml" or alone else table
    if not isinstance(own, dict | None):
        return SettingsFault(shown, SettingsFile(real, text).line_of(("stepvet",)), "[tool.stepvet] must be a table")
    return SettingsFile(real, text, own or {})


def checked(file: SettingsFile) -> SettingsFault | None:
    """The first thing that is wrong in a file, if any."""
    found = next(faults(file.table, installed()), None)
    return SettingsFault(file.shown, file.line_of(found.path), found.message) if found else _known_fault(file)


def load(start: Path, chosen: Path | None) -> Settings | SettingsFault:
    """The settings that hold for a folder: the chosen file's, else those of the nearest file, else the defaults."""
    path = chosen or find(start)
    if path is None:
        return Settings()
    file = read(path)
    if isinstance(file, SettingsFault):
        return file
    return checked(file) or table_settings(file.table, file.path.parent)


def table_fault(table: Mapping[str, Any]) -> str | None:
    """What is wrong with settings that come from no file."""
    found = next(faults(table, installed()), None)
    return found.message if found else None


def table_settings(table: Mapping[str, Any], root: Path | None = None) -> Settings:
    """The settings of a table without faults; `root` is the folder that its globs are relative to."""
    return Settings(
        select=tuple(table.get("select", ("ALL",))),
        extend_select=tuple(table.get("extend-select", ())),
        ignore=tuple(table.get("ignore", ())),
        severities={name: Severity(value) for name, value in table.get("severity", {}).items()},
        per_file_ignores=tuple(PathPattern(p, tuple(r)) for p, r in table.get("per-file-ignores", {}).items()),
        ignore_at=tuple(_ignore_at(entry) for entry in table.get("ignore-at", ())),
        known=tuple(_known(entry, root or Path()) for entry in table.get("known", ())),
        variables=dict(table.get("variables", {})),
        options=dict(table.get("rules", {})),
        exclude=tuple(table.get("exclude", ())),
        fail_on=table.get("fail-on", "error"),
        root=root,
    )


def _known(entry: Mapping[str, Any], root: Path) -> Known:
    values = {name: _json(root / entry[name]) for name in ("schema", "example") if name in entry}
    kept = {name: None if isinstance(value, OSError | ValueError) else value for name, value in values.items()}
    return Known(entry["file"], entry.get("state"), **kept)


def _json(path: Path) -> Json | OSError | ValueError:
    """A file's JSON value, or why there is none."""
    try:
        value: Json = json.loads(bytes_of(path))
    except (OSError, ValueError, RecursionError) as error:
        return error if isinstance(error, OSError) else ValueError(str(error))
    return value


def _known_fault(file: SettingsFile) -> SettingsFault | None:
    """The first file that `known` names and that can't be read as JSON."""
    for number, entry in enumerate(file.table.get("known", ())):
        for name in ("schema", "example"):
            found = _json(file.path.parent / entry[name]) if name in entry else None
            if isinstance(found, OSError | ValueError):
                why = getattr(found, "strerror", None) or str(found)
                told = f'"{entry[name]}" can\'t be read as JSON: {why}'
                return SettingsFault(file.shown, file.line_of(("known", number, name)), told)
    return None


def _ignore_at(entry: Mapping[str, Any]) -> IgnoreAt:
    expires = entry.get("expires")
    shown = expires.isoformat() if isinstance(expires, date) else expires
    return IgnoreAt(**{**entry, "rules": tuple(entry["rules"]), "expires": shown})
