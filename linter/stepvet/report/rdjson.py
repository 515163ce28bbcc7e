"""reviewdog's diagnostic format: columns count UTF-8 bytes from 1, ends are exclusive, safe fixes are suggestions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from stepvet.lint.diagnostic import Diagnostic, Place, Repair
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.safe import visible
from stepvet.text.finding import Severity
from stepvet.text.source import Position, Source

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}
SOURCE = {"name": "stepvet", "url": ""}


def render(report: Report, _style: Style) -> Iterator[str]:
    unread = [
        {"message": visible(n.message), "location": {"path": n.file or ""}, "severity": "ERROR", "source": SOURCE}
        for n in report.notices
        if n.level == "error"
    ]
    worst = report.worst()
    found = [_diagnostic(d) for d in report.findings]
    whole = {"source": SOURCE, "severity": SEVERITIES[worst] if worst else "INFO", "diagnostics": [*unread, *found]}
    yield json.dumps(whole, indent=1) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    related = [{"message": visible(r.message), "location": _location(r.place)} for r in diagnostic.related]
    return {
        "message": visible(diagnostic.message),
        "location": _location(diagnostic.place),
        "severity": SEVERITIES[diagnostic.severity],
        "source": SOURCE,
        "code": {"value": diagnostic.rule.name},
        **({"suggestions": _suggestions(diagnostic.repair, diagnostic.place.source)} if diagnostic.repair else {}),
        **({"related_locations": related} if related else {}),
    }


def _location(place: Place) -> dict[str, Any]:
    bounds = {"start": _position(place.source, place.start), "end": _position(place.source, place.end)}
    return {"path": place.file, "range": bounds}


def _position(source: Source, position: Position) -> dict[str, int]:
    before = source.line(position.line)[: position.column - 1]
    return {"line": position.line, "column": len(before.encode("utf-8", "replace")) + 1}


def _suggestions(repair: Repair, source: Source) -> list[dict[str, Any]]:
    """A suggestion is about the diagnostic's own file; edits elsewhere can't be told."""
    own = [edit for edit in repair.edits if edit.source is source]
    return [{"range": _location(Place(source, edit.span))["range"], "text": edit.text} for edit in own]
