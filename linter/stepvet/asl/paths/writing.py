"""Writes a value at a Reference Path: what ResultPath does.

The document stays as it is; the result shares with it whatever the path doesn't lead through. Missing members are
made on the way, arrays and elements never are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stepvet.asl.json_text import json_text
from stepvet.asl.paths.tree import Index, Name, Path, Root, Segment

Json = Any


@dataclass(frozen=True, slots=True)
class WriteFailure:
    """A value that can't be put where the path leads (States.ResultPathMatchFailure), why, and at which segment."""

    cause: str
    segment: Segment | None


def write(path: Path, document: Json, value: Json) -> Json | WriteFailure:
    """The document with the value at the path; `$` replaces it as a whole."""
    if path.root is not Root.DOCUMENT:
        return WriteFailure(f"{path.text} doesn't lead into the input", None)
    result: list[Json] = [document]
    holder: Json = result
    place: str | int = 0
    for segment in path.segments:
        copy = _opened(holder[place], segment)
        if isinstance(copy, WriteFailure):
            return copy
        holder[place] = copy
        holder, place = copy, _place(segment)
        if isinstance(holder, dict):
            holder.setdefault(place, {})
    holder[place] = value
    return result[0]


def _place(segment: Segment) -> str | int:
    assert isinstance(segment, Name | Index)  # anything else was refused when it was opened
    return segment.name if isinstance(segment, Name) else segment.index


def _opened(node: Json, segment: Segment) -> Json | WriteFailure:
    """A copy of the node that the segment can be written into."""
    match segment, node:
        case Name(), dict():
            return dict(node)
        case Index(index=index), list() if -len(node) <= index < len(node):
            return list(node)
        case ((Name() | Index()), _):
            return WriteFailure(f"nothing can be written at {segment} of {_excerpt(node)}", segment)
        case _:
            return WriteFailure(f"{segment} can't be in a Reference Path", segment)


def _excerpt(node: Json) -> str:
    match node:
        case dict():
            return "an object"
        case list():
            return f"an array of {len(node)} elements"
        case _:
            text = json_text(node)
            return text if len(text) <= 40 else f"{text[:40]}…"
