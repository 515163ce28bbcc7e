"""Settings from `stepvet.toml` or `[tool.stepvet]` in `pyproject.toml`: found, read, checked.

Invariant: what is wrong in a file is a `SettingsFault` with file and line; nothing is guessed or skipped over.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from stepvet._version import __version__
from stepvet.lint.options import KEYS, NAMES, Key
from stepvet.lint.registry import Installed, installed, is_known
from stepvet.lint.settings import IgnoreAt, PathPattern, Settings
from stepvet.text.finding import Severity
from stepvet.text.near import nearest


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

    def line_of(self, *names: str) -> int:
        """The line where a key stands: the last name's first place after those of the names before it."""
        line, lines = 0, self.text.splitlines()
        for name in names:
            key = re.compile(rf"""(?:^|[\[\s.,{{])["']?{re.escape(name)}["']?\s*(?:[=.\]])""")
            line = next((n for n in range(line, len(lines)) if key.search(lines[n])), line)
        return line + 1


def find(start: Path) -> Path | None:
    """The nearest settings file upwards from a folder, no farther than the root of its git repository."""
    folder = start.resolve()
    for place in (folder, *folder.parents):
        own = place / "stepvet.toml"
        if own.is_file():
            return own
        project = place / "pyproject.toml"
        if project.is_file() and "[tool.stepvet" in project.read_text(encoding="utf-8", errors="replace"):
            return project
        if (place / ".git").exists():
            return None
    return None


def read(path: Path) -> SettingsFile | SettingsFault:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return SettingsFault(str(path), 1, f"can't be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"at line (\d+)", str(error))
        return SettingsFault(str(path), int(place[1]) if place else 1, f"not valid TOML: {error}")
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("stepvet", {})
    return SettingsFile(path, text, table)


def faults(file: SettingsFile, rules: Installed) -> Iterator[SettingsFault]:
    """Everything that is wrong in a settings file."""
    keys = {key.name: key for key in KEYS}
    for name, value in file.table.items():
        key = keys.get(name)
        problem = f'there is no setting "{name}"{meant(name, NAMES)}' if key is None else misfit(value, key.schema)
        if problem:
            yield SettingsFault(str(file.path), file.line_of(name), problem if key is None else f'"{name}" {problem}')
        elif key is not None:
            yield from _unknown_names(file, key, value, rules)
    yield from _dates(file)
    yield from _version(file)


def _unknown_names(file: SettingsFile, key: Key, value: Any, rules: Installed) -> Iterator[SettingsFault]:
    known = [*(r.name for r in rules.rules), *rules.groups, *sorted({c for r in rules.rules for c in r.aws_codes})]
    for place, word in _names(key, value):
        fits = any(r.name == word for r in rules.rules) if key.name in ("severity", "rules") else is_known(word, rules)
        if not fits:
            problem = f'no rule, group or AWS code is called "{word}"{meant(word, known)}'
            yield SettingsFault(str(file.path), file.line_of(*place), problem)
    if key.name == "rules":
        yield from _unknown_options(file, value, rules)


def _names(key: Key, value: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """The names of rules in a value, with the keys that lead to them."""
    if key.names_rules:
        yield from (((key.name,), word) for word in value)
    elif key.name in ("severity", "rules"):
        yield from (((key.name, word), word) for word in value)
    elif key.name == "per-file-ignores":
        yield from (((key.name, pattern), word) for pattern, words in value.items() for word in words)
    elif key.name == "ignore-at":
        yield from (((key.name,), word) for entry in value for word in entry["rules"])


def _unknown_options(file: SettingsFile, value: Mapping[str, Any], rules: Installed) -> Iterator[SettingsFault]:
    for name, options in value.items():
        rule = rules.named(name)
        known = rule.options or {} if rule else {}
        for option in options:
            if rule and option not in known:
                problem = f'rule "{name}" has no option "{option}"{meant(option, known)}'
                yield SettingsFault(str(file.path), file.line_of("rules", name, option), problem)


def _dates(file: SettingsFile) -> Iterator[SettingsFault]:
    for entry in file.table.get("ignore-at", []):
        expires = entry.get("expires") if isinstance(entry, dict) else None
        if isinstance(expires, str) and not _is_date(expires):
            problem = f'"expires" is no date of the form YYYY-MM-DD: "{expires}"'
            yield SettingsFault(str(file.path), file.line_of("ignore-at", "expires"), problem)


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _version(file: SettingsFile) -> Iterator[SettingsFault]:
    wanted = file.table.get("required-version")
    if not isinstance(wanted, str):
        return
    met = satisfied(__version__, wanted)
    if met is None:
        problem = f'"required-version" is no version condition: "{wanted}"'
        yield SettingsFault(str(file.path), file.line_of("required-version"), problem)
    elif not met:
        problem = f"this is stepvet {__version__}, the settings require {wanted}"
        yield SettingsFault(str(file.path), file.line_of("required-version"), problem)


_COMPARE = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


def satisfied(version: str, condition: str) -> bool | None:
    """Is each comma-separated comparison met? None where one can't be read. A bare version means that very one.

    >>> satisfied("0.10.2", ">=0.9,<1"), satisfied("0.1.0", "0.2"), satisfied("0.1.0", "new")
    (True, False, None)
    """
    met = True
    for part in condition.split(","):
        match = re.fullmatch(r"\s*(==|!=|>=|<=|>|<)?\s*(\d+(?:\.\d+)*)\s*", part)
        if match is None:
            return None
        met = met and _COMPARE[match[1] or "=="](_release(version), _release(match[2]))
    return met


def _release(version: str) -> tuple[int, ...]:
    numbers = [int(n) for n in version.split(".") if n.isdigit()]
    return tuple([*numbers, 0, 0, 0, 0][:4])


def meant(name: str, known: Any) -> str:
    """`; did you mean "…"?`, where a known name is near."""
    found = nearest(name, list(known))
    return f'; did you mean "{found}"?' if found else ""


def misfit(value: Any, schema: Mapping[str, Any]) -> str | None:
    """What is wrong with a value, as the end of a sentence; None where it fits the schema of a key."""
    if "enum" in schema:
        return None if value in schema["enum"] else f"must be one of {', '.join(schema['enum'])}"
    kind = schema["type"]
    if kind == "string":
        return None if isinstance(value, str) else "must be a string"
    if kind == "array":
        return _misfit_item(value, schema["items"]) if isinstance(value, list) else "must be a list"
    return _misfit_member(value, schema) if isinstance(value, dict) else "must be a table"


def _misfit_item(value: list[Any], schema: Mapping[str, Any]) -> str | None:
    return next((f"has an item that {problem}" for item in value if (problem := misfit(item, schema))), None)


def _misfit_member(value: dict[str, Any], schema: Mapping[str, Any]) -> str | None:
    properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, item in value.items():
        if name not in properties and more is False:
            return f'has no "{name}"{meant(name, properties)}'
        inner = properties.get(name, more)
        problem = misfit(_as_text(item), inner) if isinstance(inner, dict) else None
        if problem:
            return f'has "{name}", which {problem}'
    lacking = [name for name in schema.get("required", ()) if name not in value]
    return f'lacks "{lacking[0]}"' if lacking else None


def _as_text(value: Any) -> Any:
    """TOML has dates of its own; ours are texts."""
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value


def table_fault(table: Mapping[str, Any]) -> str | None:
    """What is wrong with settings that come from no file."""
    fault = next(faults(SettingsFile(Path("settings"), "", table), installed()), None)
    return fault.message if fault else None


def table_settings(table: Mapping[str, Any], root: Path | None = None) -> Settings:
    """The settings of a table without faults; `root` is the folder that its globs are relative to."""
    return Settings(
        select=tuple(table.get("select", ("ALL",))),
        extend_select=tuple(table.get("extend-select", ())),
        ignore=tuple(table.get("ignore", ())),
        severities={name: Severity(value) for name, value in table.get("severity", {}).items()},
        per_file_ignores=tuple(PathPattern(p, tuple(r)) for p, r in table.get("per-file-ignores", {}).items()),
        ignore_at=tuple(_ignore_at(entry) for entry in table.get("ignore-at", ())),
        variables=dict(table.get("variables", {})),
        options=dict(table.get("rules", {})),
        exclude=tuple(table.get("exclude", ())),
        fail_on=table.get("fail-on", "error"),
        root=root,
    )


def _ignore_at(entry: Mapping[str, Any]) -> IgnoreAt:
    given = {name: _as_text(value) for name, value in entry.items()}
    return IgnoreAt(**{**given, "rules": tuple(given["rules"])})


def load(start: Path, chosen: Path | None) -> Settings | SettingsFault:
    """The settings that hold for a folder: the chosen file's, else those of the nearest file, else the defaults."""
    path = chosen or find(start)
    if path is None:
        return Settings()
    file = read(path)
    if isinstance(file, SettingsFault):
        return file
    return next(faults(file, installed()), None) or table_settings(file.table, file.path.parent)
