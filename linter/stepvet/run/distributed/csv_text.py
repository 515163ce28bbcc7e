"""The rows of a CSV text, as RFC 4180 has them and as leniently as Python's `csv` reads others.

Why not that module: its limit of a cell is 128 KiB and belongs to the whole process, while an item may have 8 MB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_END = re.compile(r"\r\n|\r|\n|\Z")


def rows_of(text: str, delimiter: str) -> Iterator[list[str]]:
    """Each line's cells. A quoted cell may hold line breaks, delimiters and doubled quotes; what follows its end is of
    it, too. Lines without anything in them are no rows.

    >>> list(rows_of('a,"b ""c"", d"\\n\\n1,', ","))
    [['a', 'b "c", d'], ['1', '']]
    """
    cell = _cell(delimiter)
    at, row = 0, list[str]()
    while at < len(text) or row:
        found = cell.match(text, at)
        assert found is not None  # it matches the empty text
        quoted, rest = found.groups()
        row.append(rest if quoted is None else quoted.replace('""', '"') + rest)
        at = found.end()
        if text.startswith(delimiter, at):
            at += 1
            continue
        if len(row) > 1 or found.end() > found.start():
            yield row
        end = _END.match(text, at)
        at, row = end.end() if end else at, []


@lru_cache(maxsize=8)
def _cell(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf'(?:"([^"]*(?:""[^"]*)*)(?:"|\Z))?([^{re.escape(delimiter)}\r\n]*)')
