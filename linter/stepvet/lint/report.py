"""What a run of `check` comes to: definitions, diagnostics and notices, sorted. Printing is the room `report`'s."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from stepvet.lint.diagnostic import Diagnostic
from stepvet.sources.notice import Notice
from stepvet.text.finding import Severity


@dataclass(frozen=True, slots=True)
class Summary:
    """A state machine that was found. `states` and `query_language` are None where the definition can't be read;
    then `unread` says why."""

    file: str
    resource: str | None
    origin: str
    type: str
    query_language: str | None
    states: int | None
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    definitions: tuple[Summary, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    notices: tuple[Notice, ...] = ()
    files: int = 0
    """How many files were looked at."""

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Diagnostics that are not suppressed."""
        return tuple(d for d in self.diagnostics if d.suppressed is None)

    def count(self, severity: Severity) -> int:
        return sum(d.severity is severity for d in self.findings)

    def worst(self) -> Severity | None:
        return max((d.severity for d in self.findings), key=lambda s: s.rank, default=None)

    def to_json(self) -> dict[str, object]:
        """The JSON report, schema version 1."""
        from stepvet.lint.document import document

        return document(self)


def _once(diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """What is found again in the same place, where several templates use one definition file, is told once, and is
    suppressed only if it is for all of them."""
    kept: dict[tuple[object, ...], Diagnostic] = {}
    for diagnostic in diagnostics:
        key = (diagnostic.rule.name, diagnostic.place.file, diagnostic.place.span, diagnostic.message)
        known = kept.get(key)
        if known is None or (known.suppressed is not None and diagnostic.suppressed is None):
            kept[key] = diagnostic
    return kept.values()


def merged(reports: list[Report]) -> Report:
    """One report of many, sorted, with alike findings counted apart."""
    seen: Counter[tuple[str, ...]] = Counter()
    diagnostics = []
    for diagnostic in sorted(_once(d for r in reports for d in r.diagnostics), key=Diagnostic.sort_key):
        diagnostics.append(diagnostic.numbered(seen[diagnostic.identity]))
        seen[diagnostic.identity] += 1
    definitions = sorted((d for r in reports for d in r.definitions), key=lambda d: (d.file, d.resource or ""))
    notices = tuple(n for r in reports for n in r.notices)
    return Report(tuple(definitions), tuple(diagnostics), notices, sum(r.files for r in reports))
