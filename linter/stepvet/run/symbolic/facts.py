"""What a run knows about one unknown: facts with constants, and the values that could meet them.

A fact is an operator, a constant and whether it holds. The operators are those of Choice rules (judged by the very
functions that the executor uses) and a few of our own: the JSON type, equality, whole numbers, truth.

Small models: a conjunction of such facts can be met if and only if one of finitely many candidates meets it, because
an operator only tells apart what lies at, beside and between its constants. `candidates` lists them, the plainest
first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from stepvet.asl.comparison import compare
from stepvet.asl.operators import OPERATORS
from stepvet.asl.timestamps import is_timestamp
from stepvet.run.demand import Spot, demand
from stepvet.run.symbolic.values import Kind, Scalar, kind_of
from stepvet.text.node import Json

Constant = Scalar | frozenset[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """`operator` applied to the unknown and `constant` gives `holds`."""

    operator: str
    constant: Constant
    holds: bool = True
    boolean: bool = field(init=False, repr=False)
    """Keeps facts about true and about 1, which Python takes for the same, apart."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "boolean", isinstance(self.constant, bool))

    def __str__(self) -> str:
        constant = "/".join(sorted(self.constant)) if isinstance(self.constant, frozenset) else repr(self.constant)
        return f"{'' if self.holds else 'not '}{self.operator} {constant}"


@dataclass(frozen=True, slots=True)
class Relation:
    """A Choice operator between two unknowns."""

    operator: str
    left: int
    right: int
    holds: bool = True


EQUALITIES = frozenset(("equals", "StringEquals", "NumericEquals", "BooleanEquals"))
"""Operators that leave one value, where they hold."""


def of_kind(*kinds: Kind) -> Fact:
    return Fact("kind", frozenset(kinds))


def equal_to(constant: Scalar, holds: bool = True) -> Fact:
    return Fact("equals", constant, holds)


def meets(value: Json, fact: Fact) -> bool:
    """Whether a value has the property; the judge of the solver."""
    return _judge(fact.operator)(value, fact.constant) is fact.holds


def meets_all(value: Json, facts: Iterable[Fact]) -> bool:
    return all(meets(value, fact) for fact in facts)


def stands(operator: str, left: Json, right: Json) -> bool:
    """Whether two values stand in a relation: a Choice operator, or `equals`."""
    return same(left, right) if operator == "equals" else compare(OPERATORS[operator], left, right)


def same(left: Json, right: Json) -> bool:
    """Equality of JSON values: 1 and 1.0 are the same, 1 and true are not."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left == right


def _is_whole(value: Json, _constant: Constant) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer()


def _truth(value: Json, _constant: Constant) -> bool:
    """JSONata's cast to a boolean, for values without functions."""
    if isinstance(value, list):
        return any(_truth(item, None) for item in value)
    return bool(value)


def _lacks(value: Json, constant: Constant) -> bool:
    return not (isinstance(value, dict) and constant in value)


def _demanded(name: str) -> Callable[[Json, Constant], bool]:
    """The judge of a computed field's demand, as in `run.demand`."""
    asked = demand("JSONPath", name)
    spot = Spot(name, "", None)
    return lambda value, _constant: asked.fault(value, spot) is None


_OWN: dict[str, Callable[[Json, Constant], bool]] = {
    "kind": lambda value, constant: isinstance(constant, frozenset) and kind_of(value) in constant,
    "equals": lambda value, constant: not isinstance(constant, frozenset) and same(value, constant),
    "whole": _is_whole,
    "true": _truth,
    "lacks": _lacks,
}


def _judge(operator: str) -> Callable[[Json, Constant], bool]:
    own = _OWN.get(operator)
    if own:
        return own
    if operator.startswith("demand:"):
        return _demanded(operator.removeprefix("demand:"))
    known = OPERATORS[operator]
    return lambda value, constant: not isinstance(constant, frozenset) and compare(known, value, constant)


PLAIN: dict[Kind, tuple[Json, ...]] = {
    "string": ("text", "", "2024-01-01T00:00:00Z"),
    "number": (1, 0, -1, 0.5),
    "boolean": (True, False),
    "object": ({}, {"key": 1}),
    "array": ([], [1]),
    "null": (None,),
}
_FILLERS = ("", "x", "1", "-", "\u0436\u0436", "\u0447\u0448\u0449")
_FAMILY: dict[Kind, str] = {"string": "String", "number": "Numeric"}


@lru_cache(maxsize=65536)
def candidates(facts: tuple[Fact, ...], kind: Kind, enumeration: tuple[str, ...] = ()) -> tuple[Json, ...]:
    """Values of one JSON type, among which is one that meets the facts if there is one at all."""
    ordered = sorted(facts, key=lambda fact: not fact.holds)
    constants = [fact.constant for fact in ordered if not isinstance(fact.constant, frozenset)]
    equal = [fact.constant for fact in facts if fact.holds and fact.operator in EQUALITIES]
    if equal:
        return tuple(c for c in equal[:1] if not isinstance(c, frozenset) and kind_of(c) == kind)
    match kind:
        case "number":
            return (*_numbers(constants), *PLAIN["number"])
        case "string" if enumeration:
            return enumeration
        case "string":
            return (*_strings(facts, constants), *PLAIN["string"])
        case _:
            return PLAIN[kind]


def _numbers(constants: list[Scalar]) -> Iterator[Json]:
    known = sorted({c for c in constants if isinstance(c, int | float) and not isinstance(c, bool)})
    for number in known:
        yield from (number, number + 1, number - 1, number + 0.5, number - 0.5)
    for low, high in pairwise(known):
        middle = (low + high) / 2
        yield from (middle, float(int(middle)), (low + middle) / 2)


def _strings(facts: tuple[Fact, ...], constants: list[Scalar]) -> Iterator[Json]:
    texts = [c for c in constants if isinstance(c, str)]
    patterns = {f.constant for f in facts if f.operator == "StringMatches" and isinstance(f.constant, str)}
    for text in texts:
        if text not in patterns:
            yield from (text, text + "x", text + "\0", text[:-1])
    for pattern in sorted(patterns):
        yield from _instances(pattern, len(texts))
    yield from _instants([text for text in texts if is_timestamp(text)])
    yield from (f"text-{n}" for n in range(1, len(texts) + 2))


def _instances(pattern: str, excluded: int) -> Iterator[str]:
    """Texts that the pattern takes: one more than can be excluded by name, with signs that no pattern holds."""
    parts = [re.sub(r"\\(.)", r"\1", part) for part in re.split(r"(?<!\\)\*", pattern)]
    fillers = (*_FILLERS, *("\u0436" * n for n in range(3, 3 + excluded)))
    yield from (filler.join(parts) for filler in fillers)


def _instants(texts: list[str]) -> Iterator[str]:
    known = sorted(datetime.fromisoformat(t.replace("Z", "+00:00")).astimezone(UTC) for t in texts)
    near = [moment + timedelta(seconds=step) for moment in known for step in (-1, 1)]
    between = [low + (high - low) / 2 for low, high in pairwise(known)]
    for moment in (*near, *between):
        yield moment.isoformat().replace("+00:00", "Z")


def undecidable(facts: tuple[Fact, ...]) -> bool:
    """Whether the candidates may be too few for these facts: a pattern has to hold together with another demand on
    the text's order, or with another pattern."""
    patterns = [f for f in facts if f.operator == "StringMatches" and f.holds]
    ordered = [f for f in facts if f.operator.startswith(("StringLess", "StringGreater", "Timestamp", "IsTimestamp"))]
    return len(set(patterns)) > 1 or bool(patterns and ordered)
