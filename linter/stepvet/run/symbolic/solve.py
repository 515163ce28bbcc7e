"""The solver: can these facts hold together, and of which value?

It filters the candidates of `facts` with the executor's own comparators, so it cannot disagree with the executor. Where
the candidates may be too few it says so instead of claiming that nothing can be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from stepvet.run.symbolic.facts import Fact, candidates, meets_all, undecidable
from stepvet.run.symbolic.values import KINDS, Kind
from stepvet.text.node import Json


class Answer(Enum):
    """`NONE`: no value meets the facts. `UNDECIDED`: none was found, but there may be one."""

    NONE = "none"
    UNDECIDED = "undecided"


_ORDER: tuple[Kind, ...] = ("string", "number", "boolean", "object", "array", "null")


def solutions(
    facts: tuple[Fact, ...], kinds: frozenset[Kind] = KINDS, enumeration: tuple[str, ...] = ()
) -> Iterator[Json]:
    """Candidates that meet the facts, plainest types first."""
    for kind in _ORDER:
        if kind in kinds:
            yield from (v for v in candidates(facts, kind, enumeration) if meets_all(v, facts))


def solve(facts: tuple[Fact, ...], kinds: frozenset[Kind] = KINDS, enumeration: tuple[str, ...] = ()) -> Json | Answer:
    """A value that meets the facts and has one of the kinds."""
    for value in solutions(facts, kinds, enumeration):
        return value
    if "string" in kinds and not enumeration and undecidable(facts):
        return Answer.UNDECIDED
    return Answer.NONE


@lru_cache(maxsize=65536)
def possible_kinds(
    facts: tuple[Fact, ...], kinds: frozenset[Kind] = KINDS, enumeration: tuple[str, ...] = ()
) -> frozenset[Kind]:
    """The JSON types that a value with these facts can have."""
    if not facts:
        return kinds
    return frozenset(k for k in kinds if solve(facts, frozenset((k,)), enumeration) is not Answer.NONE)
