"""Every JSONPath that a state evaluates, with its place: those in fields, under keys that end in `.$`, and those that
are arguments of intrinsic calls. JSONata states have none; the states inside a Map or a Parallel speak for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from stepvet.asl.intrinsics.call import Call, PathArgument, parse_template_value
from stepvet.asl.model import State
from stepvet.asl.paths.path import Filter, Index, Path
from stepvet.flow.texts import evaluated
from stepvet.text.node import Inside, String
from stepvet.text.source import Span


@dataclass(frozen=True, slots=True, eq=False)
class PlacedPath:
    """A path that starts at `start` of the text's value. `is_needed`: the state evaluates it on every run."""

    text: String
    start: int
    path: Path
    is_needed: bool

    def inside(self, start: int, end: int) -> Inside:
        """A stretch of the path, counted as the path's own places are."""
        return Inside(self.text, Span(self.start + start, self.start + end))


def paths(state: State) -> Iterator[PlacedPath]:
    """In the order of the text; texts with holes and texts that can't be read have none."""
    if state.language == "JSONata":
        return
    for text, is_needed in evaluated(state):
        if not text.holes:
            for path, start in _paths(parse_template_value(text.value), 0):
                yield PlacedPath(text, start, path, is_needed)


def indexes_after_filters(state: State) -> Iterator[Inside]:
    """`[?(…)][0]`: an index right behind a filter, which is taken of each match and not of all of them."""
    for placed in paths(state):
        for before, segment in pairwise(placed.path.segments):
            if isinstance(before, Filter) and isinstance(segment, Index):
                yield placed.inside(segment.start, segment.end)


def _paths(parsed: object, start: int) -> Iterator[tuple[Path, int]]:
    """`start` is where the parsed part stands; a path in a call counts its places from its own start."""
    match parsed:
        case Path():
            yield parsed, start
        case PathArgument(path=path, start=inner):
            yield path, inner
        case Call(arguments=arguments):
            for argument in arguments:
                yield from _paths(argument, start)
