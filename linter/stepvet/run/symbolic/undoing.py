"""Functions undone: which argument gives the wanted result.

The argument comes with the value that it would have otherwise; what can't be undone is left as it is. Nothing here is
certain, the executor runs every witness.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from typing import Any

from stepvet.asl.paths.path import parse_path
from stepvet.asl.paths.tree import (
    And,
    Comparison,
    Descendant,
    Exists,
    Filter,
    Index,
    Literal,
    Name,
    Path,
    PathError,
    Segment,
    Slice,
    Test,
    Wildcard,
)
from stepvet.run.symbolic.facts import Fact, meets_all
from stepvet.text.node import Json

ALWAYS = frozenset(("States.StringToJson", "$parse"))
"""Functions whose argument must have a certain form even where nothing is known of the result."""
LENGTHS = frozenset(("States.ArrayLength", "$count", ".length()", ".size()"))


def undone(function: str, arguments: Sequence[Json], wanted: Json, facts: tuple[Fact, ...]) -> Json:
    """The first argument, so that the function gives the wanted result."""
    if function.startswith("path "):
        return _along(function.removeprefix("path "), arguments[0], wanted)
    if function.startswith("each ."):
        return _each(function.removeprefix("each ."), arguments[0], wanted)
    if function.startswith("deep ."):
        return {**(arguments[0] if isinstance(arguments[0], dict) else {}), function.removeprefix("deep ."): wanted}
    undo = _UNDO.get(function)
    return undo(arguments, wanted, facts) if undo else arguments[0]


def _along(spelling: str, held: Json, wanted: Json) -> Json:
    """A value in which the indefinite path finds the wanted array."""
    path = parse_path("$" + spelling)
    if isinstance(path, PathError) or not isinstance(wanted, list) or not wanted:
        return held
    return _built(path.segments, held, wanted)


def _built(segments: tuple[Segment, ...], held: Json, wanted: list[Json]) -> Json:
    if not segments:
        return wanted[0]
    first, *rest = segments
    after = tuple(rest)
    match first:
        case Name(name=name) | Descendant(inner=Name(name=name)):
            known = held if isinstance(held, dict) else {}
            return {**known, name: _built(after, known.get(name), wanted)}
        case Wildcard() | Descendant():
            return [_one(after, None, item) for item in wanted]
        case Filter(test=test):
            return [_passing(test, _one(after, {}, item)) for item in wanted]
        case Slice(first=start):
            before = held if isinstance(held, list) else []
            count = start if start is not None and start > 0 else 0
            padded = (before + [before[-1] if before else None] * count)[:count]
            return [*padded, *(_one(after, None, item) for item in wanted)]
        case Index(index=index) if index >= 0:
            return [_built(after, None, wanted)] * (index + 1)
        case _:
            return held


def _one(segments: tuple[Segment, ...], held: Json, item: Json) -> Json:
    return _built(segments, held, [item]) if segments else item


def _passing(test: Test, item: Json) -> Json:
    """The item with the members that a filter asks for, as far as they are asked for plainly."""
    match test:
        case And(tests=tests):
            for part in tests:
                item = _passing(part, item)
            return item
        case Comparison(left=Path(segments=(Name(name=name),)), operator=operator, right=Literal(value=value)):
            known = item if isinstance(item, dict) else {}
            return {**known, name: _beside(operator, value)} if name not in known else known
        case Exists(path=Path(segments=(Name(name=name),))):
            known = item if isinstance(item, dict) else {}
            return {name: name, **known}
        case _:
            return item


def _beside(operator: str, value: Json) -> Json:
    """A value that stands in the relation to the constant."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {">": value + 1, "<": value - 1, "!=": value + 1, "!==": value + 1}.get(operator, value)
    return f"{value}x" if operator in ("!=", "!==", ">") and isinstance(value, str) else value


def _each(name: str, held: Json, wanted: Json) -> Json:
    items = wanted if isinstance(wanted, list) else [wanted]
    known = held if isinstance(held, list) else []
    padded = [*known[: len(items)], *({} for _ in items[len(known) :])]
    return [{**(old if isinstance(old, dict) else {}), name: new} for old, new in zip(padded, items, strict=True)]


def _parse(arguments: Sequence[Json], wanted: Json, facts: tuple[Fact, ...]) -> Json:
    return _text(wanted)


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _print(arguments: Sequence[Json], wanted: Json, facts: tuple[Fact, ...]) -> Json:
    """A value whose JSON text is the wanted one or meets the same facts: the text may stand in a member."""
    if not isinstance(wanted, str):
        return arguments[0]
    held = arguments[0] if isinstance(arguments[0], dict) else {}
    guesses: list[Json] = [*_parsed(wanted), {**held, "text": wanted}, {**held, "text": {"S": wanted}}, wanted]
    for value in guesses:
        if meets_all(_text(value), facts):
            return value
    return arguments[0]


def _parsed(text: str) -> list[Json]:
    try:
        return [json.loads(text)]
    except ValueError:
        return []


def _encode(arguments: Sequence[Json], wanted: Json, facts: tuple[Fact, ...]) -> Json:
    try:
        return b64decode(str(wanted), validate=True).decode()
    except ValueError:
        return arguments[0]


def _decode(arguments: Sequence[Json], wanted: Json, facts: tuple[Fact, ...]) -> Json:
    return b64encode(str(wanted).encode()).decode()


def _add(arguments: Sequence[Json], wanted: Json, facts: tuple[Fact, ...]) -> Json:
    _, other = arguments
    numbers = isinstance(wanted, int | float) and isinstance(other, int | float)
    return wanted - other if numbers else arguments[0]  # type: ignore[operator]


def _split(arguments: Sequence[Json], wanted: Json, facts: tuple[Fact, ...]) -> Json:
    _, delimiters = arguments
    if not isinstance(wanted, list) or not isinstance(delimiters, str) or not delimiters:
        return arguments[0]
    return delimiters[0].join(map(str, wanted)) if wanted else arguments[0]


_UNDO: dict[str, Callable[[Sequence[Any], Json, tuple[Fact, ...]], Json]] = {
    "States.StringToJson": _parse,
    "$parse": _parse,
    "States.JsonToString": _print,
    "$string": _print,
    "States.Base64Encode": _encode,
    "States.Base64Decode": _decode,
    "States.MathAdd": _add,
    "+": _add,
    "States.StringSplit": _split,
    "$split": _split,
}
