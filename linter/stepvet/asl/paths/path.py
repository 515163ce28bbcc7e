"""JSONPath as AWS reads it: the way in to the parser, and what a Reference Path may hold.

A text becomes a `Path` or a `PathError`, never an exception. The parts of a path are in `asl.paths.tree`, the reader of
every spelling in `asl.paths.segments`; nearly all paths in use are plain chains of names and indexes, which one regular
expression takes apart here. What a field allows (context, variables, null) is the field's matter, not the path's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from stepvet.asl.paths.cursor import Cursor, Refused
from stepvet.asl.paths.segments import read_whole
from stepvet.asl.paths.tree import (
    Descendant,
    Filter,
    Function,
    Index,
    Indexes,
    Name,
    Names,
    Path,
    PathError,
    PathNote,
    Root,
    Segment,
    Slice,
    Wildcard,
)

__all__ = [
    "Descendant",
    "Filter",
    "Function",
    "Index",
    "Indexes",
    "Name",
    "Names",
    "Path",
    "PathError",
    "PathNote",
    "Root",
    "Segment",
    "Slice",
    "Wildcard",
    "parse_path",
    "reference_fault",
]

_STEP = r"\.([\w-]+)|\['([^'\\]+)'\]|\[(-?[0-9]{1,9})\]"
_SIMPLE = re.compile(rf"(\$\$|\$(?=[.\[]|$)|\$[^\W\d]\w*)(?:{_STEP})*\Z")
_STEPS = re.compile(_STEP)

FORBIDDEN: dict[type[Segment], str] = {
    Names: "several names",
    Indexes: "several indexes",
    Slice: "a slice",
    Wildcard: "a wildcard",
    Descendant: "a deep scan",
    Filter: "a filter",
    Function: "a function",
}


@lru_cache(maxsize=8192)
def parse_path(text: str) -> Path | PathError:
    """The path that the whole text is; places are offsets into the text."""
    simple = _SIMPLE.match(text)
    if simple:
        return _simple_path(text, simple[1])
    cursor = Cursor(text)
    try:
        path = read_whole(cursor)
    except Refused as refused:
        return refused.error
    return replace(path, text=text, warnings=tuple(cursor.notes))


def _simple_path(text: str, root: str) -> Path:
    kind = Root.DOCUMENT if root == "$" else Root.CONTEXT if root == "$$" else Root.VARIABLE
    variable = root[1:] if kind is Root.VARIABLE else None
    return Path(text, kind, variable, tuple(_simple_steps(text, len(root))), 0, len(text))


def _simple_steps(text: str, start: int) -> Iterator[Segment]:
    for step in _STEPS.finditer(text, start):
        name = step[1] or step[2]
        if name is None:
            yield Index(int(step[3]), step.start(), step.end())
        else:
            yield Name(name, step.start(), step.end())


def reference_fault(path: Path) -> PathError | None:
    """The first segment that a Reference Path may not have, if any: such a path names exactly one place."""
    for segment in path.segments:
        what = FORBIDDEN.get(type(segment))
        if what:
            return PathError(f"{what} can't be in a Reference Path", segment.start, segment.end)
    return None
