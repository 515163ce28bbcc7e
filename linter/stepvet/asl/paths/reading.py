"""Follows a path through a document: one child after the other while it is definite, then from nodes to nodes.

In the definite part a missing or unfit node ends the reading with a reason; once a segment has made the path
indefinite, what doesn't fit is passed over. The order is the document's, a node before what is below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, assert_never

from stepvet.asl.paths.functions import FunctionFailure, apply_function
from stepvet.asl.paths.missing import Missing, Why, no_child, wrong_kind
from stepvet.asl.paths.predicates import ABSENT, passes, value_of
from stepvet.asl.paths.tree import (
    Descendant,
    Filter,
    Function,
    Index,
    Indexes,
    Name,
    Names,
    Path,
    Root,
    Segment,
    Slice,
    Wildcard,
)

Json = Any
Plain = Name | Index | Indexes | Slice
Search = Callable[[Plain, Json], Iterable[Json]]
"""Finds what such a segment leads to from a node and from everything below it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the roots of paths stand for, and who looks for something simple at every depth."""

    document: Json
    context: Mapping[str, Json]
    variables: Mapping[str, Json]
    search: Search
    current: Json = ABSENT

    def root_of(self, path: Path) -> Json:
        """The value that the path starts from, or `ABSENT`."""
        match path.root:
            case Root.DOCUMENT:
                return self.document
            case Root.CONTEXT:
                return self.context
            case Root.VARIABLE:
                return self.variables.get(path.variable or "", ABSENT)
            case Root.CURRENT:
                return self.current
        assert_never(path.root)


def read_in(path: Path, scope: Scope) -> Json | Missing:
    """The value at the path, or why there is none."""
    node = scope.root_of(path)
    if node is ABSENT:
        return Missing(path, Why.NO_VARIABLE, f"the variable ${path.variable} is not assigned", None)
    start = node
    for position, segment in enumerate(path.segments):
        match segment:
            case Name() | Index():
                found = _child(node, segment)
            case Names() if position == len(path.segments) - 1:
                found = _selected(node, segment)
            case Function():
                found = _computed(segment, node, _inside(path, start, scope))
            case _:
                return _scan(path, position, node, _inside(path, start, scope))
        if found is ABSENT:
            return no_child(path, position, node) or []
        if isinstance(found, FunctionFailure):
            return Missing(path, Why.FUNCTION, found.cause, segment)
        node = found
    return node


def _inside(path: Path, start: Json, scope: Scope) -> Scope:
    """What paths inside of the path's filters and functions see: their `$` is where the path itself starts."""
    return scope if path.root is Root.CURRENT else replace(scope, document=start)


def _child(node: Json, segment: Name | Index) -> Json:
    if isinstance(segment, Name):
        return node.get(segment.name, ABSENT) if isinstance(node, dict) else ABSENT
    inside = isinstance(node, list) and -len(node) <= segment.index < len(node)
    return node[segment.index] if inside else ABSENT


def _selected(node: Json, segment: Names) -> Json:
    if not isinstance(node, dict):
        return ABSENT
    return {name: node[name] for name in segment.names if name in node}


def _computed(segment: Function, node: Json, scope: Scope) -> Json | FunctionFailure:
    arguments = [value_of(argument, lambda path: _value(path, scope)) for argument in segment.arguments]
    given = [argument for argument in arguments if argument is not ABSENT]
    return apply_function(segment.name, node, given)


def _value(path: Path, scope: Scope) -> Json:
    value = read_in(path, scope)
    return ABSENT if isinstance(value, Missing) else value


def _scan(path: Path, position: int, node: Json, scope: Scope) -> Json | Missing:
    """The rest of an indefinite path, from the segment on that makes it so."""
    *inner, last = path.segments[position:]
    if not _applies((*inner, last)[0], node):
        return wrong_kind(path, position, node)
    nodes = [node]
    for segment in inner:
        nodes = list(_step(segment, nodes, scope))
    if isinstance(last, Function) and any(isinstance(segment, Descendant) for segment in path.segments):
        return _aggregated(path, last, nodes, scope)
    return [found for node in nodes for found in _last_step(last, node, scope)]


def _applies(segment: Segment, node: Json) -> bool:
    """Whether the first segment that makes a path indefinite can deal with such a node at all."""
    match segment:
        case Slice() | Indexes():
            return isinstance(node, list)
        case Filter():
            return isinstance(node, dict | list)
        case _:
            return True


def _aggregated(path: Path, function: Function, nodes: list[Json], scope: Scope) -> Json | Missing:
    """A function after a deep scan sees everything that was found at once; `length()` counts what is in it."""
    counted = function.name in ("length", "size") and not function.arguments
    values = [child for node in nodes for child in _children(node)] if counted else nodes
    result = _computed(function, values, scope)
    if isinstance(result, FunctionFailure):
        return Missing(path, Why.FUNCTION, result.cause, function)
    return result


def _last_step(segment: Segment, node: Json, scope: Scope) -> Iterator[Json]:
    """As `_step`, but several names give one object, not several values."""
    match segment:
        case Names() if isinstance(node, dict):
            yield _selected(node, segment)
        case Names():
            return
        case Descendant(inner=Names() as names):
            holders = (holder for holder in _holders(node) if isinstance(holder, dict))
            yield from (_selected(holder, names) for holder in holders if all(name in holder for name in names.names))
        case _:
            yield from _step(segment, (node,), scope)


def _step(segment: Segment, nodes: Sequence[Json], scope: Scope) -> Iterator[Json]:
    """What the segment leads to from each of the nodes; nodes of the wrong kind are passed over."""
    if isinstance(segment, Descendant):
        yield from _deep(segment.inner, nodes, scope)
        return
    for node in nodes:
        yield from _matches(segment, node, scope)


def _matches(segment: Segment, node: Json, scope: Scope) -> Iterator[Json]:
    match segment:
        case Name() | Index():
            found = _child(node, segment)
            yield from () if found is ABSENT else (found,)
        case Names():
            yield from (node[name] for name in segment.names if isinstance(node, dict) and name in node)
        case Indexes():
            found = (_child(node, Index(index, segment.start, segment.end)) for index in segment.indexes)
            yield from (item for item in found if item is not ABSENT)
        case Slice():
            yield from node[segment.first : segment.last] if isinstance(node, list) else ()
        case Wildcard():
            yield from _children(node)
        case Filter():
            yield from _filtered(segment, node, scope)
        case Descendant():
            yield from _deep(segment.inner, [node], scope)
        case Function():
            found = _computed(segment, node, scope)
            yield from () if isinstance(found, FunctionFailure) else (found,)
        case _:
            assert_never(segment)


def _children(node: Json) -> Iterator[Json]:
    match node:
        case dict():
            yield from node.values()
        case list():
            yield from node


def _filtered(segment: Filter, node: Json, scope: Scope) -> Iterator[Json]:
    """Elements of an array that pass; an object is tested itself."""
    candidates = node if isinstance(node, list) else [node] if isinstance(node, dict) else []
    for candidate in candidates:
        inner = replace(scope, current=candidate)
        if passes(segment.test, lambda path, inner=inner: _value(path, inner)):  # type: ignore[misc]
            yield candidate


def _deep(inner: Segment, nodes: Sequence[Json], scope: Scope) -> Iterator[Json]:
    if isinstance(inner, Name | Index | Indexes | Slice) and str(inner) != "['*']":  # a wildcard to some searchers
        for node in nodes:
            yield from scope.search(inner, node)
        return
    for node in nodes:
        for holder in _holders(node):
            yield from _found_in(inner, holder, scope)


def _found_in(inner: Segment, holder: Json, scope: Scope) -> Iterator[Json]:
    """What a deep scan finds at one object or array. Arrays are not filtered: their objects come by themselves."""
    filtered_array = isinstance(inner, Filter) and isinstance(holder, list)
    return iter(()) if filtered_array else _matches(inner, holder, scope)


def _holders(node: Json) -> Iterator[Json]:
    """The node and all objects and arrays below it, each before what is in it."""
    waiting = [node]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, dict | list):
            yield holder
            waiting.extend(reversed(list(_children(holder))))
