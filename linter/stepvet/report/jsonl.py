"""JSON lines: one finding a line, in the shape of the JSON report's findings."""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.lint.document import finding
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.json_text import dumped


def render(report: Report, _style: Style) -> Iterator[str]:
    return (dumped(finding(diagnostic), None) + "\n" for diagnostic in report.diagnostics)
