"""The rules that are installed: found by entry point, never imported by name.

A distribution offers rules with an entry point of the group `stepvet.rules` that leads to a function without arguments
that gives rules. A pack that cannot be loaded is a notice, not a crash.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from stepvet.lint.rule import Rule

GROUP = "stepvet.rules"
AnyRule = Rule[Any]


@dataclass(frozen=True, slots=True)
class Installed:
    rules: tuple[AnyRule, ...]
    """Sorted by name."""
    faults: tuple[str, ...]
    """One line for each rule pack that could not be loaded, and for each name that two packs give."""

    def named(self, name: str) -> AnyRule | None:
        return next((r for r in self.rules if r.name == name), None)

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(sorted({r.group for r in self.rules}))


@cache
def installed() -> Installed:
    rules: dict[str, AnyRule] = {}
    faults: list[str] = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name != "core", p.name)):
        for found in _load(point, faults):
            if found.name in rules:
                faults.append(f'rule pack "{point.name}" has a second rule "{found.name}"; it is left out')
                continue
            rules[found.name] = found
    return Installed(tuple(rules[name] for name in sorted(rules)), tuple(faults))


def _load(point: EntryPoint, faults: list[str]) -> Iterable[AnyRule]:
    try:
        return list(point.load()())
    except Exception as error:  # a foreign pack may fail in any way
        faults.append(f'rule pack "{point.name}" ({point.value}) cannot be loaded: {error}')
        return ()


def specificity(word: str, rule: AnyRule) -> int:
    """0 where the word isn't about the rule, else how narrow it is."""
    if word == rule.name:
        return 3
    if word == rule.group or word in rule.aws_codes:
        return 2
    return 1 if word == "ALL" else 0


def is_known(word: str, rules: Installed) -> bool:
    """Is the word ALL, or the name, the group or an AWS code of some rule?"""
    return word == "ALL" or any(specificity(word, rule) for rule in rules.rules)
