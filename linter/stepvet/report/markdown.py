"""Markdown for a job summary: totals, then a table a file. Texts from definitions stand in escaped cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from stepvet.lint.diagnostic import Diagnostic
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.full import totals
from stepvet.report.safe import visible
from stepvet.text.finding import Severity

SIGNS = {Severity.ERROR: "❌ error", Severity.WARNING: "⚠️ warning", Severity.INFO: "i info"}
LIMIT = 900_000
"""Bytes; GitHub refuses a step's summary of more than a mebibyte."""

_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~&:@]")


def render(report: Report, _style: Style) -> Iterator[str]:
    yield f"## stepvet\n\n{totals(report)}\n"
    spent = 0
    for piece in _tables(report):
        spent += len(piece.encode("utf-8", "replace"))
        if spent > LIMIT:
            yield "\nThe rest is left out: the summary would be too long.\n"
            return
        yield piece


def _tables(report: Report) -> Iterator[str]:
    for notice in report.notices:
        if notice.level == "error":
            yield f"\n❌ {escaped(notice.file or '')} {escaped(notice.message)}\n"
    for file, found in groupby(report.findings, key=lambda d: d.place.file):
        yield f"\n### {escaped(file)}\n\n| place | severity | rule | message |\n|---|---|---|---|\n"
        yield from (_row(d) for d in found)


def _row(diagnostic: Diagnostic) -> str:
    start = diagnostic.place.start
    place = f"{start.line}:{start.column}"
    sign = SIGNS[diagnostic.severity]
    return f"| {place} | {sign} | `{diagnostic.rule.name}` | {escaped(diagnostic.message)} |\n"


def escaped(text: str) -> str:
    """The text as it reads, whatever it holds.

    >>> escaped("a|b <img> [x](y)")
    'a\\\\|b \\\\<img\\\\> \\\\[x\\\\]\\\\(y\\\\)'
    """
    return _MARKUP.sub(lambda match: "\\" + match[0], visible(text))
