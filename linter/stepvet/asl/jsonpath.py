"""Reads JSONPaths in documents, as Step Functions does, and runs intrinsic calls whose arguments are paths.

A definite path leads to one node or to nothing, and nothing is a `Missing` with AWS's words for it. An indefinite path
gives an array of what it finds, empty where even its definite beginning is missing (measured), and fails only where a
slice, a list of indexes or a filter meets a value of the wrong kind before anything made the path indefinite
(measured: `$[1:5]` on an object).

Deep scans walk with jsonpath-ng wherever it agrees with what AWS does; nothing else imports it. Who evaluates what:

    definite part            ours   jsonpath-ng gives no reason for a missing node
    name, index after it     ours   a look-up; loading a library for it would cost more than it does
    indexes, slice           ours   a wrong kind of node must fail in a path's definite part, and is skipped after it
    wildcard                 ours   jsonpath-ng's node for it depends on the version and takes scalars, too
    several names            ours   one object at a path's end, where jsonpath-ng gives the values
    filter                   ours   jsonpath-ng converts types and lacks =~, in, nin, size, empty and the others
    function                 ours   jsonpath-ng's are others
    deep scan to a name, index, indexes or slice     jsonpath-ng
    other deep scans         ours   because what they scan for is
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from random import Random
from typing import Any, assert_never

from stepvet.asl.intrinsics.functions import IntrinsicFailure, apply
from stepvet.asl.intrinsics.syntax import (
    Argument,
    BoolLiteral,
    Call,
    NullLiteral,
    NumberLiteral,
    PathArgument,
    StringLiteral,
)
from stepvet.asl.paths.missing import Missing, Why, jayway_text
from stepvet.asl.paths.reading import Plain, Scope, read_in
from stepvet.asl.paths.tree import Index, Indexes, Name, Path, Slice
from stepvet.asl.paths.writing import WriteFailure, write

__all__ = ["IntrinsicFailure", "Missing", "Why", "WriteFailure", "evaluate_call", "jayway_text", "read", "write"]

Json = Any


def read(
    path: Path,
    document: Json,
    context: Mapping[str, Json] | None = None,
    variables: Mapping[str, Json] | None = None,
) -> Json | Missing:
    """The value at the path, or why there is none. The value is part of the document, not a copy of it."""
    try:
        return read_in(path, Scope(document, context or {}, variables or {}, _search))
    except RecursionError:
        return Missing(path, Why.TOO_DEEP, Why.TOO_DEEP.value, None)


def _search(wanted: Plain, node: Json) -> Iterator[Json]:
    return (match.value for match in _descendants(wanted).find(node))


@lru_cache(maxsize=256)
def _descendants(inner: Plain) -> Any:
    """jsonpath-ng's expression for a deep scan."""
    from jsonpath_ng import Descendants, Fields, This
    from jsonpath_ng import Index as NgIndex
    from jsonpath_ng import Slice as NgSlice

    match inner:
        case Name():
            return Descendants(This(), Fields(inner.name))
        case Index():
            return Descendants(This(), NgIndex(inner.index))
        case Indexes():
            return Descendants(This(), NgIndex(*inner.indexes))
        case Slice():
            return Descendants(This(), NgSlice(inner.first, inner.last))
    assert_never(inner)


def evaluate_call(
    call: Call,
    document: Json,
    context: Mapping[str, Json] | None,
    variables: Mapping[str, Json] | None,
    rng: Random,
) -> Json | IntrinsicFailure | Missing:
    """The call's value; the first argument that has none decides."""
    values: list[Json] = []
    for argument in _with_format_spelt(call):
        value = _argument(argument, document, context, variables, rng)
        if isinstance(value, Missing | IntrinsicFailure):
            return value
        values.append(value)
    return apply(call.name, values, rng)


def _with_format_spelt(call: Call) -> Iterator[Argument]:
    """The arguments; a format keeps its backslashes, which tell its braces from placeholders."""
    for position, argument in enumerate(call.arguments):
        if position == 0 and call.name == "States.Format" and isinstance(argument, StringLiteral):
            yield replace(argument, value=argument.spelling)
        else:
            yield argument


def _argument(
    argument: Argument,
    document: Json,
    context: Mapping[str, Json] | None,
    variables: Mapping[str, Json] | None,
    rng: Random,
) -> Json | IntrinsicFailure | Missing:
    match argument:
        case StringLiteral() | NumberLiteral() | BoolLiteral():
            return argument.value
        case NullLiteral():
            return None
        case PathArgument():
            return read(argument.path, document, context, variables)
        case Call():
            return evaluate_call(argument, document, context, variables, rng)
    assert_never(argument)
