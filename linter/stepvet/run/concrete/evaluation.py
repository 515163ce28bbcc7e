"""One expression by itself: a JSONPath, an intrinsic call or a `{% JSONata %}` string, on given values.

What comes of it is what a state's field would make of it; where a path ends is told segment by segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any

from stepvet.asl import jsonpath
from stepvet.asl.intrinsics.call import Call, PathArgument, call_faults, parse_template_value
from stepvet.asl.paths.path import Path, PathError
from stepvet.run.concrete.language import evaluated
from stepvet.run.concrete.missing import missing_node
from stepvet.run.domain import Field
from stepvet.run.failure import INTRINSIC, RUNTIME, Failure
from stepvet.text.node import Json, String
from stepvet.text.source import Span


@dataclass(frozen=True, slots=True)
class Values:
    """What the expression sees."""

    document: Json
    context: Mapping[str, Json]
    variables: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Step:
    """A segment of a path that still matched, and what it led to."""

    path: str
    value: Json


def evaluate_text(text: str, values: Values, start: datetime, seed: int = 0) -> Json | Failure | PathError:
    """The value, a failure as in a state, or why the text is no expression."""
    source = String(Span(0, len(text)), text)
    rng = Random(seed)
    if text.startswith("{%") and text.endswith("%}") and len(text) > 3:
        states = {"input": values.document, "context": dict(values.context)}
        bindings = {"states": states, **values.variables}
        return evaluated(source, bindings, Field(source, "expression"), rng, start, 0.0)
    if text.startswith("{%"):
        return PathError('this expression is never closed: it has to end in "%}"', 0, len(text))
    parsed = parse_template_value(text)
    match parsed:
        case PathError():
            return parsed
        case Path():
            found: Any = jsonpath.read(parsed, values.document, values.context, values.variables)
        case Call():
            for fault in call_faults(parsed):
                if fault.kind.refused:
                    return PathError(fault.message, fault.start, fault.end)
            found = jsonpath.evaluate_call(parsed, values.document, values.context, values.variables, rng)
    if isinstance(found, jsonpath.Missing):
        failure = missing_node(found, values.document, Field(source, text, "path"))
        return replace(failure, error=RUNTIME, engine=False)
    if isinstance(found, jsonpath.IntrinsicFailure):
        return Failure(INTRINSIC, found.cause)
    return found  # type: ignore[no-any-return]


def steps(text: str, values: Values) -> list[Step]:
    """How far the first path leads that finds nothing, be it the whole expression or an argument: every prefix that
    finds something, the root first; empty where there is none."""
    for path in _paths(parse_template_value(text)):
        led = _led(path, values)
        if len(led) <= len(path.segments):
            return led
    return []


def _paths(parsed: object) -> Iterator[Path]:
    """In the order in which they are read."""
    match parsed:
        case Path():
            yield parsed
        case PathArgument():
            yield parsed.path
        case Call():
            for argument in parsed.arguments:
                yield from _paths(argument)


def _led(path: Path, values: Values) -> list[Step]:
    led: list[Step] = []
    for length in range(len(path.segments) + 1):
        prefix = replace(path, segments=path.segments[:length])
        value = jsonpath.read(prefix, values.document, values.context, values.variables)
        if isinstance(value, jsonpath.Missing):
            break
        led.append(Step(str(prefix), value))
    return led
