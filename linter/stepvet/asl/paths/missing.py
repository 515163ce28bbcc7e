"""Paths that led nowhere: why, at which segment, and what AWS writes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from stepvet.asl.json_text import json_text
from stepvet.asl.paths.tree import Descendant, Filter, Index, Name, Names, Path, Segment

Json = Any


class Why(Enum):
    """Why a path gave nothing."""

    NO_NODE = "the node at the path's end is not there"
    NO_PROPERTY = "a member on the way is not there"
    WRONG_KIND = "a segment can't be applied to the value before it"
    NO_VARIABLE = "the variable is not assigned"
    FUNCTION = "the function failed"
    TOO_DEEP = "a value is nested too deeply to be compared or shown"


@dataclass(frozen=True, slots=True)
class Missing:
    """A path that gave nothing.

    `reason` is what AWS writes after "Invalid path '…' : ", measured for NO_NODE and NO_PROPERTY. `segment` is where
    the path ended; None if it didn't even start.
    """

    path: Path
    why: Why
    reason: str
    segment: Segment | None


def no_child(path: Path, position: int, node: Json) -> Missing | None:
    """The definite part of the path ends at this segment, because the node has no such child.

    None if that only leaves an indefinite path without results.
    """
    segment = path.segments[position]
    if isinstance(segment, Index) and not isinstance(node, list):
        return wrong_kind(path, position, node)
    if not path.definite:
        return None
    if isinstance(segment, Name | Names) and not isinstance(node, dict):
        return _no_object(path, position, node)
    if isinstance(segment, Index) or position == len(path.segments) - 1:
        return Missing(path, Why.NO_NODE, f"No results for path: {jayway_text(path.segments)}", segment)
    here = jayway_text(path.segments[: position + 1])
    return Missing(path, Why.NO_PROPERTY, f"Missing property in path {here}", segment)


def _no_object(path: Path, position: int, node: Json) -> Missing:
    fragment, here = jayway_text(path.segments[position : position + 1])[1:], jayway_text(path.segments[:position])
    reason = f"Expected to find an object with property {fragment} in path {here} but found {json_text(node)}"
    return Missing(path, Why.WRONG_KIND, reason, path.segments[position])


def wrong_kind(path: Path, position: int, node: Json) -> Missing:
    """The segment is one for arrays (a filter: for arrays and objects), and the node is none."""
    segment, here = path.segments[position], jayway_text(path.segments[:position])
    if node is None:
        return Missing(path, Why.WRONG_KIND, f"The path {here} is null", segment)
    fragment = jayway_text((segment,))[1:]
    limit = "can not be applied to primitives" if isinstance(segment, Filter) else "can only be applied to arrays"
    reason = f"Filter: {fragment} {limit}. Current context is: {json_text(node)}"
    return Missing(path, Why.WRONG_KIND, reason, segment)


def jayway_text(segments: Sequence[Segment]) -> str:
    """The path as AWS prints it in causes: names in brackets as they are, filters as `[?]`."""
    return "$" + "".join(_jayway_segment(segment) for segment in segments)


def _jayway_segment(segment: Segment) -> str:
    match segment:
        case Name():
            return f"['{segment.name}']"
        case Names():
            return "[" + ",".join(f"'{name}'" for name in segment.names) + "]"
        case Filter():
            return "[?]"
        case Descendant():
            return f"..{_jayway_segment(segment.inner)}"
        case _:
            return str(segment)
