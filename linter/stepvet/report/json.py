"""The JSON report: `lint.document` written out."""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.lint.document import document
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.json_text import dumped


def render(report: Report, _style: Style) -> Iterator[str]:
    """`\\u` escapes keep lone surrogates and direction marks out of the output."""
    yield dumped(document(report)) + "\n"
