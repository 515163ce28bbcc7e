"""What fields with computed values demand of them, as a table, with AWS's wording of each refusal.

A `Demand` is domain-free: `fault` judges a known JSON value; `kinds` tells a domain with unknown values what the value
must be. JSONPath fields fail with `States.Runtime`, JSONata fields with `States.QueryEvaluationError`; some limits
have errors of their own. The wordings of SecondsPath, TimestampPath, MaxItemsPath, MaxConcurrencyPath, the tolerated
failures and JSONata's types are recorded at AWS; the others follow them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stepvet.asl.json_text import json_text
from stepvet.asl.model import QueryLanguage
from stepvet.asl.timestamps import is_timestamp
from stepvet.run.failure import QUERY_EVALUATION, Failure, engine_failure, runtime
from stepvet.text.node import At

Json = Any

ANY = frozenset({"object", "array", "string", "number", "boolean", "null"})
COUNT = frozenset({"integer", "string"})
MAX_SECONDS = 99_999_999


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value comes from: the field, the path or expression that gave it, and the field's node."""

    field: str
    source: str
    node: At | None


Fault = Callable[[Json, Spot], Failure | None]


@dataclass(frozen=True, slots=True)
class Demand:
    """`kinds` are JSON types (`integer` is a number without a fraction; a `string` next to it must spell one)."""

    name: str
    kinds: frozenset[str]
    fault: Fault


def kind(value: Json) -> str:
    """The JSON type's name.

    >>> kind(True), kind(1.0), kind(None)
    ('boolean', 'number', 'null')
    """
    match value:
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case dict():
            return "object"
        case list():
            return "array"
        case _:
            return "null"


def is_whole(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1


def unexpected_type(expected: str, value: Json, spot: Spot) -> Failure:
    """JSONata's complaint about a result of another type (recorded)."""
    text = (
        f"The JSONata expression '{spot.source}' specified for the field '{spot.field}' returned an unexpected result "
        f"type. Expected '{expected}', but was '{kind(value)}' for value: {json_text(value)}"
    )
    return engine_failure(QUERY_EVALUATION, text, spot.node, spot.field)


def _typed(expected: str) -> Fault:
    def fault(value: Json, spot: Spot) -> Failure | None:
        fits = is_whole(value) if expected == "integer" else kind(value) == expected
        return None if fits else unexpected_type(expected, value, spot)

    return fault


def _seconds_path(value: Json, spot: Spot) -> Failure | None:
    shown = f"{spot.source} == {json_text(value)}"
    if not _is_long(value):
        return runtime(f"The {spot.field} parameter cannot be parsed as a long value: {shown}", spot.node)
    if value < 0:
        return runtime(f"The {spot.field} parameter references a negative value: {shown}", spot.node)
    if value > MAX_SECONDS:
        return runtime(f"The {spot.field} parameter references a value greater than {MAX_SECONDS}: {shown}", spot.node)
    return None


def _is_long(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _timestamp_path(value: Json, spot: Spot) -> Failure | None:
    if isinstance(value, str) and is_timestamp(value):
        return None
    shown = value if isinstance(value, str) else json_text(value)
    return runtime(
        f"The {spot.field} parameter does not reference a valid ISO-8601 extended offset date-time format string: "
        f"{spot.source} == {shown}",
        spot.node,
    )


def _seconds(value: Json, spot: Spot) -> Failure | None:
    if not is_whole(value):
        return unexpected_type("integer", value, spot)
    if 0 <= value <= MAX_SECONDS:
        return None
    text = f"The field '{spot.field}' must be between 0 and {MAX_SECONDS} but was {json_text(value)}"
    return engine_failure(QUERY_EVALUATION, text, spot.node)


def _timestamp(value: Json, spot: Spot) -> Failure | None:
    if not isinstance(value, str):
        return unexpected_type("string", value, spot)
    if is_timestamp(value):
        return None
    text = f"The {spot.field} field cannot be parsed as an ISO-8601 extended offset date-time format string: {value}"
    return engine_failure(QUERY_EVALUATION, text, spot.node)


def number_of(value: Json) -> int | float | None:
    """A number, also one that a string spells; fields with a Path take both (recorded).

    >>> number_of("12"), number_of(1.5), number_of("x"), number_of(True)
    (12, 1.5, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if not isinstance(value, str):
        return value
    if not _SPELT.fullmatch(value):
        return None
    return int(value) if value.lstrip("+-").isdigit() else float(value)


_SPELT = re.compile(r"[+-]?[0-9]{1,300}(\.[0-9]{1,300})?([eE][+-]?[0-9]{1,2})?", re.ASCII)


def _whole_path(value: Json, spot: Spot) -> Failure | None:
    number = number_of(value)
    if isinstance(number, int):
        return None
    text = f'The {spot.field} field refers to value "{_bare(value)}" which is not a valid integer: {spot.source}'
    return runtime(text, spot.node)


def _float_path(value: Json, spot: Spot) -> Failure | None:
    if number_of(value) is not None:
        return None
    text = f'The {spot.field} field refers to value "{_bare(value)}" which is not a valid float: {spot.source}'
    return runtime(text, spot.node)


def _bare(value: Json) -> str:
    return value if isinstance(value, str) else json_text(value)


def _positive_path(value: Json, spot: Spot) -> Failure | None:
    number = number_of(value)
    if isinstance(number, int) and number > 0:
        return None
    text = (
        f'The {spot.field} field refers to value "{_bare(value)}" which is not a valid positive integer: {spot.source}'
    )
    return runtime(text, spot.node)


def _positive(value: Json, spot: Spot) -> Failure | None:
    if is_whole(value) and value > 0:
        return None
    return unexpected_type("integer", value, spot)


def _count(value: Json, spot: Spot) -> Failure | None:
    number = number_of(value)
    return (
        runtime("ToleratedFailureCount cannot be negative.", spot.node) if number is not None and number < 0 else None
    )


def _percentage(value: Json, spot: Spot) -> Failure | None:
    number = number_of(value)
    if number is None or 0 <= number <= 100:
        return None
    return runtime("ToleratedFailurePercentage must be between 0 and 100.", spot.node)


def _text_path(value: Json, spot: Spot) -> Failure | None:
    if isinstance(value, str):
        return None
    return runtime(f"The {spot.field} field refers to value {json_text(value)} which is not a string", spot.node)


def _items_path(value: Json, spot: Spot) -> Failure | None:
    if isinstance(value, list):
        return None
    shown = spot.source.replace("$$", "$", 1)  # recorded: the Context Object's paths lose a sign
    return runtime(f'Reference path "{shown}" must point to array.', spot.node)


def _members_path(value: Json, spot: Spot) -> Failure | None:
    return None if isinstance(value, dict) else _items_path(value, spot)


def _members(value: Json, spot: Spot) -> Failure | None:
    return None if isinstance(value, list | dict) else unexpected_type("array", value, spot)


def _map_input(value: Json, spot: Spot) -> Failure | None:
    if isinstance(value, list):
        return None
    text = f"Map state input must be an array but was: {kind(value)}"
    return engine_failure(QUERY_EVALUATION, text, spot.node)


def _map_members(value: Json, spot: Spot) -> Failure | None:
    return None if isinstance(value, dict) else _map_input(value, spot)


def _headers(value: Json, spot: Spot) -> Failure | None:
    """A request with a header that is no list is refused before it is sent (recorded for API Gateway)."""
    headers = value.get("Headers") if isinstance(value, dict) else None
    if headers is None or (isinstance(headers, dict) and all(isinstance(h, list) for h in headers.values())):
        return None
    return runtime(
        f"The Parameters '{json_text(value)}' could not be used to start the Task: "
        "[The value of the field 'Headers' has an invalid format]",
        spot.node,
    )


def _after(*faults: Fault) -> Fault:
    def fault(value: Json, spot: Spot) -> Failure | None:
        return next((found for f in faults if (found := f(value, spot))), None)

    return fault


_JSONPATH: dict[str, tuple[frozenset[str], Fault]] = {
    "seconds": (frozenset({"integer"}), _seconds_path),
    "timestamp": (frozenset({"string"}), _timestamp_path),
    "timeout": (COUNT, _positive_path),
    "concurrency": (COUNT, _whole_path),
    "tolerated count": (COUNT, _after(_whole_path, _count)),
    "tolerated percentage": (frozenset({"number", "string"}), _after(_float_path, _percentage)),
    "max items": (COUNT, _whole_path),
    "batch limit": (COUNT, _positive_path),
    "text": (frozenset({"string"}), _text_path),
    "items": (frozenset({"array"}), _items_path),
    "members": (frozenset({"array", "object"}), _members_path),
}
_JSONATA: dict[str, tuple[frozenset[str], Fault]] = {
    "seconds": (frozenset({"integer"}), _seconds),
    "timestamp": (frozenset({"string"}), _timestamp),
    "timeout": (frozenset({"integer"}), _positive),
    "concurrency": (frozenset({"integer"}), _typed("integer")),
    "tolerated count": (frozenset({"integer"}), _after(_typed("integer"), _count)),
    "tolerated percentage": (frozenset({"number"}), _after(_typed("number"), _percentage)),
    "max items": (frozenset({"integer"}), _typed("integer")),
    "batch limit": (frozenset({"integer"}), _positive),
    "text": (frozenset({"string"}), _typed("string")),
    "items": (frozenset({"array"}), _typed("array")),
    "members": (frozenset({"array", "object"}), _members),
    "map input": (frozenset({"array"}), _map_input),
    "map members": (frozenset({"array", "object"}), _map_members),
    "headers": (ANY, _headers),
}
_TABLES = {
    "JSONPath": {name: Demand(name, *row) for name, row in (_JSONATA | _JSONPATH).items()},
    "JSONata": {name: Demand(name, *row) for name, row in _JSONATA.items()},
}


def demand(language: QueryLanguage, name: str) -> Demand:
    """What a field of that meaning demands in a state of that language."""
    return _TABLES[language][name]
