"""GitLab's code quality report: a JSON array, `[]` when clean. Paths are relative to the project, without `./`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from stepvet.lint.diagnostic import Diagnostic
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.safe import visible
from stepvet.sources.notice import Notice
from stepvet.text.finding import Severity
from stepvet.text.source import Position

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, _style: Style) -> Iterator[str]:
    failures = [_failure(n) for n in report.notices if n.level == "error"]
    yield json.dumps([*failures, *(_entry(d) for d in report.findings)], indent=1) + "\n"


def _entry(diagnostic: Diagnostic) -> dict[str, Any]:
    """`check_name` is not shown by GitLab, so the description begins with the rule."""
    place = diagnostic.place
    positions = {"begin": _position(place.start), "end": _position(place.end)}
    return {
        "description": f"{diagnostic.rule.name}: {visible(diagnostic.message)}",
        "check_name": diagnostic.rule.name,
        "fingerprint": diagnostic.fingerprint,
        "severity": SEVERITIES[diagnostic.severity],
        "location": {"path": place.file, "positions": positions},
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def _failure(notice: Notice) -> dict[str, Any]:
    return {
        "description": f"stepvet: {visible(notice.message)}",
        "check_name": "stepvet",
        "fingerprint": f"notice:{notice.file}:{notice.message}",
        "severity": "critical",
        "location": {"path": notice.file or ".", "lines": {"begin": 1}},
    }
