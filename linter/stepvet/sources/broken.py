"""Templates whose text breaks off: what their readers can't take is told, once, whatever was read before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stepvet.sources.definition import Definition
from stepvet.sources.notice import Notice
from stepvet.sources.reading import Format
from stepvet.sources.store import TextFile
from stepvet.text.reading import Reading

_tolerable = frozenset(
    {"ambiguous-scalar", "bad-merge", "byte-order-mark", "comment", "complex-key", "duplicate-key", "encoding"}
    | {"recursive-alias", "several-documents", "too-many-aliases", "trailing-comma", "undefined-alias"}
)
"""Faults after which the template was read to its end, and that are for its own tools to judge."""

_engine_marks = re.compile(r"\{\{|\{%-?\s*(?:if|for|set|end\w*|include|macro|raw|block|import|from)\b|<%")


def told(
    file: TextFile, reading: Reading, format: Format, found: Iterator[Definition | Notice]
) -> Iterator[Definition | Notice]:
    """What was found, then the fault at which reading ended, unless a definition tells it."""
    severe = next((f for f in reading.faults if f.kind not in _tolerable), None)
    known = False
    for item in found:
        known = known or (isinstance(item, Definition) and item.source is file.source and severe in item.faults)
        yield item
    if severe is None or known:
        return
    if _engine_marks.search(file.source.text):
        line = file.source.position(severe.span.start).line
        yield Notice("info", f"line {line} can't be read; a template engine seems to make this file", file.source.file)
        return
    yield Definition(
        file=file.source.file,
        source=file.source,
        root=None,
        format=format,
        origin="cloudformation",
        faults=(severe,),
        unread="the text of the template can't be read to its end",
    )
