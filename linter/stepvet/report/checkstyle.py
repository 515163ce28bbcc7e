"""Checkstyle XML: a file element for each file, `source` is the rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from stepvet.lint.diagnostic import Diagnostic
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.xml_text import attributes


def render(report: Report, _style: Style) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n'
    for file, found in groupby(report.findings, key=lambda d: d.place.file):
        yield f"  <file{attributes({'name': file})}>\n"
        yield from (_error(d) for d in found)
        yield "  </file>\n"
    for notice in report.notices:
        if notice.level == "error":
            failed = attributes({"line": 1, "severity": "error", "message": notice.message, "source": "stepvet"})
            yield f"  <file{attributes({'name': notice.file or 'stepvet'})}>\n    <error{failed}/>\n  </file>\n"
    yield "</checkstyle>\n"


def _error(diagnostic: Diagnostic) -> str:
    start = diagnostic.place.start
    values = {
        "line": start.line,
        "column": start.column,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "source": diagnostic.rule.name,
    }
    return f"    <error{attributes(values)}/>\n"
