"""GitLab's code quality report: a JSON array, `[]` when clean. Paths are relative to the project, without `./`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from stepvet.lint.diagnostic import Diagnostic
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.json_text import dumped
from stepvet.report.safe import visible
from stepvet.sources.notice import Notice
from stepvet.text.finding import Severity
from stepvet.text.source import Position

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, style: Style) -> Iterator[str]:
    failures = [_failure(n, style) for n in report.notices if n.level == "error"]
    yield dumped([*failures, *(_entry(d, style) for d in report.findings)]) + "\n"


def _entry(diagnostic: Diagnostic, style: Style) -> dict[str, Any]:
    """`check_name` is not shown by GitLab, so the description begins with the rule."""
    place = diagnostic.place
    positions = {"begin": _position(place.start), "end": _position(place.end)}
    return {
        "description": f"{diagnostic.rule.name}: {visible(diagnostic.message)}",
        "check_name": diagnostic.rule.name,
        "fingerprint": diagnostic.fingerprint,
        "severity": SEVERITIES[diagnostic.severity],
        "location": {"path": style.located(place.file), "positions": positions},
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def _failure(notice: Notice, style: Style) -> dict[str, Any]:
    facts = f"{notice.file}\0{notice.message}".encode("utf-8", "surrogatepass")
    return {
        "description": f"stepvet: {visible(notice.message)}",
        "check_name": "stepvet",
        "fingerprint": hashlib.sha256(facts).hexdigest()[:32],
        "severity": "critical",
        "location": {"path": style.located(notice.file or "."), "lines": {"begin": 1}},
    }
