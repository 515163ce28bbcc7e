"""The JSON report: `lint.document` written out."""

from __future__ import annotations

import json
from collections.abc import Iterator

from stepvet.lint.document import document
from stepvet.lint.report import Report
from stepvet.report import Style


def render(report: Report, _style: Style) -> Iterator[str]:
    """`\\u` escapes keep lone surrogates and direction marks out of the output."""
    yield json.dumps(document(report), indent=1, ensure_ascii=True) + "\n"
