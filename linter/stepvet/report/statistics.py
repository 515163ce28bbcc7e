"""How often each rule found something, most often first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from stepvet.lint.report import Report


def statistics(report: Report) -> Iterator[str]:
    counted = Counter((d.rule.name, d.severity.value) for d in report.findings)
    width = len(str(max(counted.values(), default=0)))
    for (name, severity), count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>{width}}  {severity:<7}  {name}\n"
