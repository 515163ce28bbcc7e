"""The JSON report: a Report as plain JSON, in the shape that readers rely on (schema version 1)."""

from __future__ import annotations

from typing import Any

from stepvet._version import __version__
from stepvet.lint.diagnostic import Diagnostic, Place, Repair
from stepvet.lint.report import Report, Summary
from stepvet.text.finding import Severity
from stepvet.text.source import Position

SCHEMA_VERSION = 1


def document(report: Report) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "stepvet", "version": __version__},
        "summary": {
            "files": report.files,
            "definitions": len(report.definitions),
            **{severity.value: report.count(severity) for severity in reversed(Severity)},
            "suppressed": sum(d.suppressed is not None for d in report.diagnostics),
            "fixable": sum(d.repair is not None for d in report.findings),
        },
        "definitions": [_definition(d) for d in report.definitions],
        "findings": [finding(d) for d in report.diagnostics],
        "notices": [{"level": n.level, "message": n.message, "file": n.file} for n in report.notices],
    }


def finding(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "rule": diagnostic.rule.name,
        "group": diagnostic.rule.group,
        "severity": diagnostic.severity.value,
        "aws_code": diagnostic.aws_code,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "url": None,
        "file": diagnostic.place.file,
        "range": _range(diagnostic.place),
        "pointer": diagnostic.pointer,
        "state_path": list(diagnostic.state_path),
        "resource": diagnostic.resource,
        "construct": diagnostic.construct,
        "related": [{"file": r.place.file, "range": _range(r.place), "message": r.message} for r in diagnostic.related],
        "fixes": [_fix(diagnostic.repair)] if diagnostic.repair else [],
        "witness": _witness(diagnostic),
        "fingerprint": diagnostic.fingerprint,
        "suppressed": _suppressed(diagnostic),
    }


def _definition(summary: Summary) -> dict[str, Any]:
    shown = {
        "file": summary.file,
        "resource": summary.resource,
        "origin": summary.origin,
        "type": summary.type,
        "query_language": summary.query_language,
        "states": summary.states,
    }
    return shown if summary.unread is None else {**shown, "unread": summary.unread}


def _range(place: Place) -> dict[str, Any]:
    return {"start": _position(place.start), "end": _position(place.end)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}


def _fix(repair: Repair) -> dict[str, Any]:
    edits = [{"file": e.source.file, "start": e.span.start, "end": e.span.end, "text": e.text} for e in repair.edits]
    return {"safety": repair.fix.safety, "title": repair.fix.title, "edits": edits}


def _witness(diagnostic: Diagnostic) -> dict[str, Any] | None:
    witness = diagnostic.witness
    return None if witness is None else {"input": witness.input, "mocks": witness.mocks}


def _suppressed(diagnostic: Diagnostic) -> dict[str, str] | None:
    suppressed = diagnostic.suppressed
    return None if suppressed is None else {"kind": suppressed.kind, "reason": suppressed.reason}
