"""How often each rule found something, most often first: in columns, or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from stepvet.lint.report import Report
from stepvet.report.json_text import dumped

Row = tuple[str, str, int]
"""Rule, severity, number of findings."""


def statistics(report: Report) -> Iterator[str]:
    """A line a rule: number, severity, name."""
    rows = _rows(report)
    width = len(str(max((count for *_, count in rows), default=0)))
    return (f"{count:>{width}}  {severity:<7}  {name}\n" for name, severity, count in rows)


def json_statistics(report: Report) -> Iterator[str]:
    """A JSON array of `{"rule", "severity", "count"}`."""
    yield dumped([dict(zip(("rule", "severity", "count"), row, strict=True)) for row in _rows(report)]) + "\n"


def _rows(report: Report) -> list[Row]:
    counted = Counter((d.rule.name, d.severity.value) for d in report.findings)
    return [(*key, count) for key, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
