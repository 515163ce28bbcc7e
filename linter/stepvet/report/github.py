"""GitHub workflow commands: annotations on the changed files of a pull request.

GitHub shows ten annotations of each level for a step, so the most severe come first and what is over the cap is told in
a last line. Columns are given on one-line ranges only. Texts are escaped, so that none of them can be a command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from stepvet.lint.diagnostic import Diagnostic
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.safe import visible
from stepvet.text.finding import Severity

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
CAP = 10
"""Annotations of one level that GitHub keeps for a step; the last notice is kept free for the number of the rest."""

Annotation = tuple[str, Mapping[str, object], str]
"""Level, properties, message."""


def render(report: Report, style: Style) -> Iterator[str]:
    kept: Counter[str] = Counter({"notice": 1})
    left = 0
    for level, properties, message in _annotations(report, style):
        kept[level] += 1
        if kept[level] > CAP:
            left += 1
        else:
            yield _command(level, properties, message)
    if left:
        yield _command("notice", {"title": "stepvet"}, f"{left} more in the job summary")


def _annotations(report: Report, style: Style) -> Iterator[Annotation]:
    """The most severe first, in the order of the text."""
    for notice in report.notices:
        if notice.level == "error":
            file = style.located(notice.file) if notice.file else None
            yield "error", {"file": file, "title": "stepvet"}, notice.message
    for diagnostic in sorted(report.findings, key=lambda d: -d.severity.rank):
        yield LEVELS[diagnostic.severity], _properties(diagnostic, style), diagnostic.message


def _properties(diagnostic: Diagnostic, style: Style) -> Mapping[str, object]:
    start, end = diagnostic.place.start, diagnostic.place.end
    columns = {"col": start.column, "endColumn": end.column} if start.line == end.line else {}
    lines = {"file": style.located(diagnostic.place.file), "line": start.line, "endLine": end.line}
    return {**lines, **columns, "title": f"{diagnostic.severity.value}[{diagnostic.rule.name}]"}


def _command(level: str, properties: Mapping[str, object], message: str) -> str:
    given = ((name, property_value(visible(str(value)))) for name, value in properties.items() if value is not None)
    return f"::{level} {','.join(f'{name}={value}' for name, value in given)}::{data(visible(message))}\n"


def data(text: str) -> str:
    """
    >>> data("50 %\\n::error::x")
    '50 %25%0A::error::x'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def property_value(text: str) -> str:
    """
    >>> property_value("a,b:c")
    'a%2Cb%3Ac'
    """
    return data(text).replace(":", "%3A").replace(",", "%2C")
