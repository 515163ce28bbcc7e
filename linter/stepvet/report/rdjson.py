"""reviewdog's diagnostic format: columns count UTF-8 bytes from 1, ends are exclusive, safe fixes are suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stepvet.lint.diagnostic import Diagnostic, Place, Repair
from stepvet.lint.fix import applied
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.json_text import dumped
from stepvet.report.safe import visible
from stepvet.text.finding import Severity
from stepvet.text.source import Position, Source, Span

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}
SOURCE = {"name": "stepvet"}


def render(report: Report, _style: Style) -> Iterator[str]:
    unread = [
        {"message": visible(n.message), "location": {"path": n.file or "."}, "severity": "ERROR", "source": SOURCE}
        for n in report.notices
        if n.level == "error"
    ]
    worst = report.worst()
    found = [_diagnostic(d) for d in report.findings]
    severity = "ERROR" if unread else SEVERITIES[worst] if worst else "INFO"
    yield dumped({"source": SOURCE, "severity": severity, "diagnostics": [*unread, *found]}) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    related = [{"message": visible(r.message), "location": _location(r.place)} for r in diagnostic.related]
    suggestion = _suggestion(diagnostic.repair, diagnostic.place.source)
    return {
        "message": visible(diagnostic.message),
        "location": _location(diagnostic.place),
        "severity": SEVERITIES[diagnostic.severity],
        "source": SOURCE,
        "code": {"value": diagnostic.rule.name},
        **({"suggestions": [suggestion]} if suggestion else {}),
        **({"related_locations": related} if related else {}),
    }


def _location(place: Place) -> dict[str, Any]:
    return {"path": place.file, "range": _range(place)}


def _range(place: Place) -> dict[str, Any]:
    return {"start": _position(place.source, place.start), "end": _position(place.source, place.end)}


def _position(source: Source, position: Position) -> dict[str, int]:
    before = source.line(position.line)[: position.column - 1]
    return {"line": position.line, "column": len(before.encode("utf-8", "replace")) + 1}


def _suggestion(repair: Repair | None, source: Source) -> dict[str, Any] | None:
    """A safe fix as one replacement, since each suggestion is taken by itself; one that reaches into other files can't
    be told."""
    if repair is None or repair.fix.safety != "safe" or any(edit.source is not source for edit in repair.edits):
        return None
    whole = Span(min(e.span.start for e in repair.edits), max(e.span.end for e in repair.edits))
    behind = len(source.text) - whole.end
    text = applied(source.text, repair.edits)
    return {"range": _range(Place(source, whole)), "text": text[whole.start : len(text) - behind]}
