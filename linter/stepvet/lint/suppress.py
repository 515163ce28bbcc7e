"""Which diagnostics are accepted: by a directive beside them, by a glob of files, by a place in the settings.

A directive that covers nothing is told, so that a rule can report it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase

from stepvet.lint.diagnostic import Diagnostic, Suppression
from stepvet.lint.directives import Directive, is_within
from stepvet.lint.registry import specificity
from stepvet.lint.settings import IgnoreAt, Settings
from stepvet.text.finding import Change


@dataclass(frozen=True, slots=True, eq=False)
class UnusedSuppression:
    """A name of a directive that nothing was found for; empty where the directive names no rule."""

    directive: Directive
    name: str

    @property
    def removal(self) -> Change:
        """What takes the name out of the directive, and the directive away with its last name."""
        return self.directive.removals[self.directive.names.index(self.name)]


def apply(
    diagnostics: Iterable[Diagnostic], given: list[Directive]
) -> tuple[list[Diagnostic], list[UnusedSuppression]]:
    """The diagnostics, marked where a directive covers them, and what the directives say in vain."""
    used: set[tuple[int, str]] = set()
    marked = []
    for diagnostic in diagnostics:
        found = [(d, name) for d in given for name in d.names if d.covers(diagnostic, name)]
        used.update((id(d), name) for d, name in found)
        by = Suppression("inSource", found[0][0].reason) if found else None
        marked.append(replace(diagnostic, suppressed=by) if by else diagnostic)
    unused = [UnusedSuppression(d, name) for d in given for name in d.names if (id(d), name) not in used]
    return marked, unused


def outside(diagnostic: Diagnostic, settings: Settings) -> Diagnostic | None:
    """The diagnostic as the settings have it: None where its file is exempt, marked where its place is accepted."""
    file = settings.relative(diagnostic.place.file)
    for exempt in settings.per_file_ignores:
        if matches(file, exempt.pattern) and any(specificity(name, diagnostic.rule) for name in exempt.rules):
            return None
    for accepted in settings.ignore_at:
        if diagnostic.suppressed is None and _accepts(accepted, diagnostic, file, settings.today):
            return replace(diagnostic, suppressed=Suppression("external", accepted.reason))
    return diagnostic


def _accepts(accepted: IgnoreAt, diagnostic: Diagnostic, file: str, today: date | None) -> bool:
    if accepted.expires is not None and today is not None and today >= date.fromisoformat(accepted.expires):
        return False
    if not matches(file, accepted.file) or not any(specificity(name, diagnostic.rule) for name in accepted.rules):
        return False
    if accepted.state is not None and accepted.state not in diagnostic.state_path:
        return False
    return is_within(diagnostic.pointer, accepted.at or "")


def matches(file: str, pattern: str) -> bool:
    """A glob on the whole path, on its end, or on a folder of it; `*` and `**` both cross folders.

    >>> matches("flows/old/a.asl.json", "flows/old"), matches("flows/a.asl.json", "*.asl.json"), matches("a.json", "b")
    (True, True, False)
    """
    plain = pattern.rstrip("/").removeprefix("./")
    return any(fnmatchcase(file, glob) for glob in (plain, f"*/{plain}", f"{plain}/*", f"*/{plain}/*"))
