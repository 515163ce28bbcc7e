"""A world: all that one run has learnt about its unknowns, and how it came here.

Worlds never change; learning gives another world, or None where the new fact contradicts the old ones. An unknown is an
object or an array once it was used as one (`shapes`), else its facts (`facts`) and its declared type bound it.

Invariant: `facts[i]` can be met together (or the solver can't tell), and an unknown with a shape meets its facts as
far as kinds go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TypeVar

from stepvet.asl.services import shapes
from stepvet.run.symbolic.facts import EQUALITIES, Fact, Relation, meets, meets_all, stands
from stepvet.run.symbolic.solve import Answer, possible_kinds, solutions, solve
from stepvet.run.symbolic.values import (
    ABSENT,
    Arr,
    Con,
    Kind,
    Mark,
    Obj,
    Sym,
    Value,
    kind_of,
    kinds_of_shape,
)
from stepvet.text.node import Json


@dataclass(frozen=True, slots=True)
class ObjectShape:
    """Members that are known to be there or known to be missing; of others nothing is known."""

    members: Mapping[str, Value | Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArrayShape:
    """The first elements; `ends` says that there are no more."""

    items: tuple[Value, ...] = ()
    ends: bool = False


Shape = ObjectShape | ArrayShape


def breadth(shape: Shape) -> int:
    """How many members or elements are known of it, and one for itself."""
    return 1 + len(shape.members if isinstance(shape, ObjectShape) else shape.items)


@dataclass(frozen=True, slots=True)
class Entry:
    """A chain from the last event back to the first: states entered, errors caught."""

    state: tuple[str, ...]
    event: str
    before: Entry | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A chain of task outcomes, latest first. `error` is None for a result."""

    state: tuple[str, ...]
    value: Value
    error: bool
    before: Answered | None


Link = TypeVar("Link", Entry, Answered)


@dataclass(frozen=True, slots=True)
class World:
    shapes: Mapping[int, Shape] = field(default_factory=dict)
    facts: Mapping[int, tuple[Fact, ...]] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    samples: Mapping[int, Json] = field(default_factory=dict)
    """A value that meets the facts of an unknown; while it meets each new fact, nothing has to be solved."""
    known: Mapping[int, Sym] = field(default_factory=dict)
    """The unknowns that facts speak of, by id."""
    trail: Entry | None = None
    answers: Answered | None = None

    supposed: bool = False
    """Rests on something that nothing in the definition tests, such as an array that happens to be empty."""

    assumed: frozenset[tuple[int, str]] = frozenset()
    """Members that were read where missing ones do, too, so that they may be missing; the empty name: that the unknown
    is an object (or an array) at all."""

    def assuming(self, member: tuple[int, str]) -> World:
        return self if member in self.assumed else replace(self, assumed=self.assumed | {member})

    def certain(self, member: tuple[int, str]) -> World:
        return replace(self, assumed=self.assumed - {member}) if member in self.assumed else self

    def supposing(self) -> World:
        return self if self.supposed else replace(self, supposed=True)

    def told(self, sym: Sym) -> tuple[Fact, ...]:
        return self.facts.get(sym.id, ())

    def shaped(self, sym: Sym, shape: Shape) -> World:
        return replace(self, shapes={**self.shapes, sym.id: shape}, known={**self.known, sym.id: sym})

    def entered(self, state: tuple[str, ...], event: str) -> World:
        return replace(self, trail=Entry(state, event, self.trail))

    def answered(self, state: tuple[str, ...], value: Value, error: bool) -> World:
        return replace(self, answers=Answered(state, value, error, self.answers))


def enumeration(sym: Sym) -> tuple[str, ...]:
    return sym.shape.values if isinstance(sym.shape, shapes.String) else ()


def kinds(world: World, value: Value) -> frozenset[Kind]:
    """The JSON types that the value can have in this world."""
    match value:
        case Con():
            return frozenset((kind_of(value.value),))
        case Obj():
            return frozenset(("object",))
        case Arr():
            return frozenset(("array",))
        case Sym():
            if (value.id, "") in world.assumed:
                return kinds_of_shape(value.shape)
            match world.shapes.get(value.id):
                case ObjectShape():
                    return frozenset(("object",))
                case ArrayShape():
                    return frozenset(("array",))
            return possible_kinds(world.facts.get(value.id, ()), kinds_of_shape(value.shape), enumeration(value))


def pinned(world: World, value: Value) -> Con | None:
    """The constant that the value must be, if it must be one."""
    if isinstance(value, Con):
        return value
    if not isinstance(value, Sym) or value.id in world.shapes:
        return None
    for fact in world.facts.get(value.id, ()):
        if fact.holds and fact.operator in EQUALITIES and not isinstance(fact.constant, frozenset):
            return Con(fact.constant, value.origin)
    return None


MOST_FACTS = 256
"""What is known of one unknown; what more is learnt is only supposed."""


def learn(world: World, sym: Sym, *new: Fact) -> World | None:
    """The world in which the facts hold, too; None if they can't. Facts on a shaped unknown are only checked."""
    shape = world.shapes.get(sym.id)
    if isinstance(shape, ObjectShape | ArrayShape):
        if all(_shape_meets(shape, fact) for fact in new):
            return world
        return world.supposing() if (sym.id, "") in world.assumed else None
    old = world.facts.get(sym.id, ())
    fresh = tuple(fact for fact in new if fact not in world.told(sym))
    if not fresh:
        return world
    if len(old) + len(fresh) > MOST_FACTS:
        return world.supposing()
    facts = (*old, *fresh)
    samples = world.samples
    if sym.id not in samples or not meets_all(samples[sym.id], fresh):
        found = solve(facts, kinds_of_shape(sym.shape), enumeration(sym))
        if found is Answer.NONE:
            return None
        kept = {number: value for number, value in samples.items() if number != sym.id}
        samples = kept if isinstance(found, Answer) else {**kept, sym.id: found}
    known = world.known if sym.id in world.known else {**world.known, sym.id: sym}
    changed = replace(world, facts={**world.facts, sym.id: facts}, samples=samples, known=known)
    return changed if _related(changed, sym) else None


def _shape_meets(shape: Shape, fact: Fact) -> bool:
    """A shaped unknown stands for some object or array; facts that look into it are not judged, so they may hold."""
    if fact.operator == "lacks" and isinstance(shape, ObjectShape):
        member = shape.members.get(str(fact.constant))
        return member is None or isinstance(member, Mark) is fact.holds
    if fact.operator == "true":
        return True
    sample: Json = {} if isinstance(shape, ObjectShape) else []
    return meets(sample, fact)


def learn_kind(world: World, value: Value, *wanted: Kind) -> World | None:
    """The world in which the value has one of these types; None if it can't."""
    having = kinds(world, value)
    if not having & frozenset(wanted):
        return None
    if having <= frozenset(wanted) or not isinstance(value, Sym):
        return world
    return learn(world, value, Fact("kind", frozenset(wanted)))


def relate(world: World, relation: Relation, left: Sym, right: Sym) -> World | None:
    """The world in which two unknowns stand in a relation; None if no values of theirs do."""
    if relation in world.relations:
        return world
    known = {**world.known, left.id: left, right.id: right}
    changed = replace(world, relations=(*world.relations, relation), known=known)
    return changed if _holds(changed, relation) else None


def _related(world: World, sym: Sym) -> bool:
    return all(_holds(world, r) for r in world.relations if sym.id in (r.left, r.right))


_MOST_PAIRS = 5000


def _holds(world: World, relation: Relation) -> bool:
    """Whether some pair of values meets the relation; what can't be settled counts as possible."""
    left, right = (values_of(world, world.known[i]) for i in (relation.left, relation.right))
    if not left or not right or len(left) * len(right) > _MOST_PAIRS:
        return True
    pairs = ((a, b) for a, b in product(left, right))
    if any(stands(relation.operator, a, b) is relation.holds for a, b in pairs):
        return True
    return not (_settled(world, relation.left) and _settled(world, relation.right))


def _settled(world: World, number: int) -> bool:
    """Whether the unknown's value is one constant, so that a failed search over candidates is a proof."""
    return pinned(world, world.known[number]) is not None


def values_of(world: World, sym: Sym) -> list[Json]:
    """Candidates for an unknown without a shape."""
    if sym.id in world.shapes:
        return []
    return list(solutions(world.facts.get(sym.id, ()), kinds_of_shape(sym.shape), enumeration(sym)))


def absent_members(world: World, sym: Sym) -> dict[str, Value | Mark]:
    """The members that facts of the form "not an object with this key" rule out."""
    facts = world.facts.get(sym.id, ())
    return {str(f.constant): ABSENT for f in facts if f.operator == "lacks" and f.holds}


def trail_of(world: World) -> Iterator[Entry]:
    """The events, first one first."""
    return _first_to_last(world.trail)


def answers_of(world: World) -> Iterator[Answered]:
    """The task outcomes, first one first."""
    return _first_to_last(world.answers)


def _first_to_last(last: Link | None) -> Iterator[Link]:
    chain: list[Link] = []
    while last:
        chain.append(last)
        last = last.before
    return reversed(chain)
