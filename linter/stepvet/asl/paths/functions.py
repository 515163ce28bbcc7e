"""The functions that may end a JSONPath (`$.items.length()`), on plain values.

They are Jayway's. AWS takes them all when a machine is created; `length()` is known to work when it runs, the others
depend on its version. A failure is a text that says why.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from stepvet.asl.intrinsics.functions import kind_of_value
from stepvet.asl.intrinsics.signatures import Kind
from stepvet.asl.json_text import java_text

Json = Any


@dataclass(frozen=True, slots=True)
class FunctionFailure:
    """Why a function gave no value."""

    cause: str


NOTHING_TO_COMPUTE = FunctionFailure("Aggregation function attempted to calculate value using empty array")


def apply_function(name: str, node: Json, arguments: Sequence[Json]) -> Json | FunctionFailure:
    """What the function makes of the node before it."""
    implementation = PATH_FUNCTIONS.get(name)
    if implementation is None:
        return FunctionFailure(f"Function with name: {name} does not exist.")
    return implementation(node, arguments)


def _length(node: Json, arguments: Sequence[Json]) -> Json:
    measured = arguments[0] if arguments else node
    return len(measured) if isinstance(measured, list | dict) else None


def _keys(node: Json, _: Sequence[Json]) -> Json:
    return list(node) if isinstance(node, dict) else None


def _concat(node: Json, arguments: Sequence[Json]) -> Json:
    texts = [*(node if isinstance(node, list) else []), *arguments]
    return "".join(java_text(text) for text in texts)


def _append(node: Json, arguments: Sequence[Json]) -> Json:
    return [*node, *arguments] if isinstance(node, list) else node


def _at(node: Json, position: int) -> Json | FunctionFailure:
    inside = isinstance(node, list) and -len(node) <= position < len(node)
    return node[position] if inside else NOTHING_TO_COMPUTE


def _index(node: Json, arguments: Sequence[Json]) -> Json | FunctionFailure:
    whole = bool(arguments) and isinstance(arguments[0], int)
    return _at(node, arguments[0]) if whole else NOTHING_TO_COMPUTE


def _numeric(compute: Callable[[list[float]], float]) -> Callable[[Json, Sequence[Json]], Json | FunctionFailure]:
    def aggregate(node: Json, arguments: Sequence[Json]) -> Json | FunctionFailure:
        given = [value for argument in arguments for value in (argument if isinstance(argument, list) else [argument])]
        values = [*(node if isinstance(node, list) else []), *given]
        numbers = [value for value in values if kind_of_value(value) is Kind.NUMBER]
        try:
            return float(compute(numbers)) if numbers else NOTHING_TO_COMPUTE
        except OverflowError:
            return FunctionFailure("the numbers are too large")

    return aggregate


PATH_FUNCTIONS: dict[str, Callable[[Json, Sequence[Json]], Json | FunctionFailure]] = {
    "length": _length,
    "size": _length,
    "keys": _keys,
    "concat": _concat,
    "append": _append,
    "first": lambda node, _: _at(node, 0),
    "last": lambda node, _: _at(node, -1),
    "index": _index,
    "min": _numeric(min),
    "max": _numeric(max),
    "avg": _numeric(statistics.fmean),
    "sum": _numeric(sum),
    "stddev": _numeric(statistics.pstdev),
}
