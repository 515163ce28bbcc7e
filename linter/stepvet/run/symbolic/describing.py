"""Worlds in words: where a value comes from, what a path assumes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from stepvet.run.symbolic.facts import Fact
from stepvet.run.symbolic.values import Mark, Source, Step, Sym, Value
from stepvet.run.symbolic.world import ArrayShape, ObjectShape, World, trail_of

_VERBS = {
    "StringEquals": "is", "NumericEquals": "is", "BooleanEquals": "is", "equals": "is", "TimestampEquals": "is",
    "StringMatches": "matches", "NumericLessThan": "is less than", "NumericGreaterThan": "is greater than",
    "NumericLessThanEquals": "is at most", "NumericGreaterThanEquals": "is at least",
    "StringLessThan": "sorts before", "StringGreaterThan": "sorts after", "StringLessThanEquals": "sorts up to",
    "StringGreaterThanEquals": "sorts from", "TimestampLessThan": "is before", "TimestampGreaterThan": "is after",
    "TimestampLessThanEquals": "is at latest", "TimestampGreaterThanEquals": "is at earliest",
}  # fmt: skip
_TYPES = {
    "IsNull": "null", "IsString": "a string", "IsNumeric": "a number", "IsBoolean": "a boolean",
    "IsTimestamp": "a timestamp", "true": "true", "whole": "a whole number",
}  # fmt: skip


def name_of(sym: Sym) -> str:
    """An unknown as the reader knows it: `the execution's input`, `$.order.id of the result of "Charge"`."""
    if not sym.path:
        return sym.origin.text
    path = spelt(sym.path)
    return f"`{path}`" if sym.origin.source is Source.INPUT else f"`{path}` of {sym.origin.text}"


def spelt(path: tuple[Step, ...]) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def assumptions(world: World, start: Value) -> Iterator[str]:
    """What the path takes for granted, in words; errors caught first in the order of the run."""
    for entry in trail_of(world):
        if entry.event.startswith("catcher "):
            yield f'"{entry.state[-1]}" fails'
    for number, sym in world.known.items():
        yield from _of_shape(world, sym)
        if number not in world.shapes:
            yield from (f"{name_of(sym)} {in_words(fact)}" for fact in world.facts.get(number, ()) if _is_told(fact))
    for relation in world.relations:
        left, right = world.known[relation.left], world.known[relation.right]
        verb = _VERBS.get(relation.operator, relation.operator)
        yield f"{name_of(left)} {verb if relation.holds else _denied(verb)} {name_of(right)}"


def route_in_words(world: World) -> str:
    """The states of the run in order, with what led from one to the next where that wasn't plain.

    Rules, Defaults and caught errors are named; long ways are cut in the middle.
    """
    parts: list[str] = []
    turn = ""
    for entry in trail_of(world):
        if entry.event == "entered":
            parts.append(f"{turn or ' → '}{entry.state[-1]}" if parts else entry.state[-1])
            turn = ""
        elif entry.event.startswith("catcher"):
            turn = " ─error→ "
        elif entry.event.startswith("default"):
            turn = " ─default→ "
        elif entry.event.startswith("rule"):
            turn = f" ─rule {int(entry.event.split()[1]) + 1}→ "
    if len(parts) > _LONGEST_ROUTE:
        parts = [*parts[:4], " → …", *parts[-(_LONGEST_ROUTE - 5) :]]
    return "".join(parts)


_LONGEST_ROUTE = 12


def _is_told(fact: Fact) -> bool:
    return fact.operator not in ("kind", "lacks") and not fact.operator.startswith("demand:")


def _of_shape(world: World, sym: Sym) -> Iterator[str]:
    match world.shapes.get(sym.id):
        case ObjectShape(members=members):
            yield from (f"{name_of(sym)} has no `{k}`" for k, v in members.items() if isinstance(v, Mark))
        case ArrayShape(items=(), ends=True):
            yield f"{name_of(sym)} is empty"
        case None:
            lacking = (f for f in world.facts.get(sym.id, ()) if f.operator == "lacks" and f.holds)
            yield from (f"{name_of(sym)} has no `{f.constant}`" for f in lacking)


def in_words(fact: Fact) -> str:
    """A fact as the rest of a sentence: `is not "done"`.

    >>> in_words(Fact("StringEquals", "done", False))
    'is not "done"'
    """
    if fact.operator in _TYPES:
        holds = fact.holds is (fact.constant is not False)
        return f"is {'' if holds else 'not '}{_TYPES[fact.operator]}"
    verb = _VERBS.get(fact.operator, fact.operator)
    constant = json.dumps(fact.constant, ensure_ascii=False) if not isinstance(fact.constant, frozenset) else "?"
    return f"{verb if fact.holds else _denied(verb)} {constant}"


def _denied(verb: str) -> str:
    first, *rest = verb.split(" ")
    return (
        " ".join(("is not", *rest))
        if first == "is"
        else f"doesn't {first.removesuffix('s').replace('matche', 'match')}" + "".join(f" {word}" for word in rest)
    )
