"""What the user wants checked and shown. Values only: where they come from is `lint.settings_file`'s matter.

Invariant: names in `select`, `ignore` and `extend_select` are rule names, groups, AWS codes or ALL, checked when read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from stepvet.asl.model import MachineType
from stepvet.lint.registry import AnyRule, Installed, specificity
from stepvet.text.finding import Severity
from stepvet.text.node import Json


@dataclass(frozen=True, slots=True)
class PathPattern:
    """A glob of files and the rules it is about."""

    pattern: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IgnoreAt:
    """Findings that are accepted at one place: `at` is a JSON Pointer, or `state` a state's name."""

    file: str
    rules: tuple[str, ...]
    reason: str
    at: str | None = None
    state: str | None = None
    expires: str | None = None
    """ISO date; from then on the findings are shown again."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the user knows of the input of the definitions that match `file`, or of a task's result: a JSON Schema, or
    an example."""

    file: str
    state: str | None = None
    schema: Json = None
    example: Json = None


@dataclass(frozen=True, slots=True)
class Settings:
    select: tuple[str, ...] = ("ALL",)
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    per_file_ignores: tuple[PathPattern, ...] = ()
    ignore_at: tuple[IgnoreAt, ...] = ()
    known: tuple[Known, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Rule name → option → value."""
    exclude: tuple[str, ...] = ()
    fail_on: str = "error"
    root: Path | None = None
    """The folder that globs are relative to: the settings file's; None is the working folder."""
    today: date | None = None
    """The day on which exceptions expire or not; None: none has expired."""
    type: MachineType | None = None
    """The machine type where no template says it; None counts as STANDARD."""

    def selected(self, rules: Installed) -> tuple[AnyRule, ...]:
        """The most specific word wins, as in ruff: a rule's name, then its AWS code or group, then ALL; of two equally
        specific ones, `ignore`."""
        wanted = (*self.select, *self.extend_select)
        return tuple(r for r in rules.rules if _rank(wanted, r) > _rank(self.ignore, r))

    def relative(self, file: str) -> str:
        """A file as the settings' globs see it: from their folder on, where it lies in there."""
        if self.root is None:
            return file
        path = Path(file).absolute()
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def option(self, rule: AnyRule, name: str) -> Any:
        return self.options.get(rule.name, {}).get(name, (rule.options or {}).get(name))


def _rank(words: tuple[str, ...], rule: AnyRule) -> int:
    return max((specificity(word, rule) for word in words), default=0)
