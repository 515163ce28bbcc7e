"""Texts in XML 1.0: what XML cannot hold is shown as a symbol, the rest is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from stepvet.report.safe import visible


def attributes(values: Mapping[str, object]) -> str:
    """` name="value"` for each that is given.

    >>> attributes({"line": 3, "message": 'a "b" <c>', "column": None})
    ' line="3" message="a &quot;b&quot; &lt;c&gt;"'
    """
    given = ((name, str(value)) for name, value in values.items() if value is not None)
    return "".join(f' {name}="{escape(visible(value), {chr(34): "&quot;"})}"' for name, value in given)


def content(text: str) -> str:
    """Text between tags; its lines stay lines.

    >>> content("a & b\\n\\x00")
    'a &amp; b\\n␀'
    """
    return escape("\n".join(visible(line) for line in text.split("\n")))
