"""One line a finding, for pipes, editors and problem matchers:

`path:line:column-endLine:endColumn: severity[rule] message`
"""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.lint.diagnostic import Diagnostic
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.safe import line_start, visible


def render(report: Report, style: Style) -> Iterator[str]:
    shown = report.diagnostics if style.show_suppressed else report.findings
    return (line(diagnostic) + "\n" for diagnostic in shown)


def line(diagnostic: Diagnostic) -> str:
    start, end = diagnostic.place.start, diagnostic.place.end
    where = f"{line_start(diagnostic.place.file)}:{start.line}:{start.column}-{end.line}:{end.column}"
    suppressed = " (suppressed)" if diagnostic.suppressed else ""
    return visible(f"{where}: {diagnostic.severity.value}[{diagnostic.rule.name}] {diagnostic.message}{suppressed}")
