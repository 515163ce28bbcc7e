"""Joining worlds: one world for two that come to the same state, for machines that outgrow the budget and for loops.

What both agree on stays, what differs becomes an unknown; facts, members and relations that only one knows are
dropped. So a failure of the joined world is one of every world in it. The unknowns that a join makes are named by
their places, so that joining again and again comes to an end: every join leaves out more or changes nothing.

Invariant: every value and world that either side stands for, the join stands for, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from stepvet.asl.services import shapes
from stepvet.run.move import Env
from stepvet.run.symbolic.values import (
    Arr,
    Con,
    Mark,
    Obj,
    Origin,
    Source,
    Step,
    Sym,
    Symbols,
    Value,
    identity,
)
from stepvet.run.symbolic.world import ArrayShape, ObjectShape, Shape, World

T = TypeVar("T")
DEEPEST = 12
MOST_MEMBERS = 200
Place = tuple[World, Env[Value], Value]


@dataclass(frozen=True, slots=True)
class Joining:
    """A join at one place of the definition."""

    symbols: Symbols
    state: tuple[str, ...]

    def places(self, left: Place, right: Place) -> Place | None:
        """The join of two runs at a state; None where they have different variables, which no value can tell."""
        (world, env, given), (other, other_env, other_given) = left, right
        if set(env.variables) != set(other_env.variables) or set(env.outer) != set(other_env.outer):
            return None
        joined_env = replace(
            env,
            variables=self._all(env.variables, other_env.variables, "$"),
            outer=self._all(env.outer, other_env.outer, "$outer."),
            context=self._all(env.context, other_env.context, "$$"),
        )
        return self.worlds(world, other), joined_env, self.value(given, other_given, ("input",))

    def _all(self, left: Mapping[str, Value], right: Mapping[str, Value], prefix: str) -> dict[str, Value]:
        return {name: self.value(left[name], right[name], (prefix + name,)) for name in left if name in right}

    def value(self, left: Value, right: Value, place: tuple[Step, ...]) -> Value:
        if left is right or (isinstance(left, Con | Sym) and identity(left) == identity(right)):
            return left
        if len(place) <= DEEPEST:
            match left, right:
                case Obj(), Obj():
                    return self._objects(left, right, place)
                case Arr(tail=None), Arr(tail=None) if len(left.items) == len(right.items):
                    items = enumerate(zip(left.items, right.items, strict=True))
                    return Arr(tuple(self.value(a, b, (*place, n)) for n, (a, b) in items), None, left.origin)
        return self._unknown(left, right, place)

    def _objects(self, left: Obj, right: Obj, place: tuple[Step, ...]) -> Value:
        fields: dict[str, Value | Mark] = {}
        for key, member in left.fields.items():
            other = right.fields.get(key)
            if member is other:
                fields[key] = member
            elif other is not None and not isinstance(member, Mark) and not isinstance(other, Mark):
                fields[key] = self.value(member, other, (*place, key))
        alike = set(fields) == set(left.fields) == set(right.fields) and len(fields) <= MOST_MEMBERS
        if alike and identity(left.base or Con(None)) == identity(right.base or Con(None)):
            return Obj(fields, left.base, left.origin)
        return Obj(fields, self._sym((*place, ""), shapes.Object({}, closed=False), "object"), left.origin)

    def _unknown(self, left: Value, right: Value, place: tuple[Step, ...]) -> Sym:
        if isinstance(left, Sym) and isinstance(right, Sym) and left.shape is right.shape:
            return self._sym(place, left.shape, str(id(left.shape)))
        if isinstance(left, Arr) and isinstance(right, Arr):
            return self._sym(place, LIST, "array")
        return self._sym(place, shapes.ANY, "any")

    def _sym(self, place: tuple[Step, ...], shape: shapes.Shape, kind: str) -> Sym:
        text = f'what different runs bring to "{self.state[-1]}"' if self.state else "what different runs bring"
        origin = Origin(Source.JOINED, text, self.state)
        return self.symbols.derived(f"join {self.state} {place} {kind}", (), shape, origin)

    def worlds(self, left: World, right: World) -> World:
        if left is right:
            return left
        shared = left.shapes.keys() & right.shapes.keys()
        joined = {i: self.shape(left.shapes[i], right.shapes[i], i) for i in shared}
        facts = {i: _common(left.facts[i], right.facts[i]) for i in left.facts.keys() & right.facts.keys()}
        return replace(
            right,
            shapes={i: shape for i, shape in joined.items() if shape is not None},
            samples={i: v for i, v in right.samples.items() if i in left.samples},
            facts={i: told for i, told in facts.items() if told},
            relations=_common(left.relations, right.relations),
            known={**left.known, **right.known},
            assumed=left.assumed | right.assumed,
            supposed=left.supposed or right.supposed,
        )

    def shape(self, left: Shape, right: Shape, number: int) -> Shape | None:
        """What both worlds know of an unknown's make-up; None where they differ in its type."""
        if left is right:
            return left
        match left, right:
            case ObjectShape(), ObjectShape():
                both = left.members.keys() & right.members.keys()
                pairs = {key: (left.members[key], right.members[key]) for key in sorted(both)}
                return ObjectShape({k: v for k, (a, b) in pairs.items() if (v := self._member(a, b, number, k))})
            case ArrayShape(), ArrayShape():
                items = zip(left.items, right.items, strict=False)
                kept = tuple(self.value(a, b, (number, n)) for n, (a, b) in enumerate(items))
                same_length = len(left.items) == len(right.items)
                return ArrayShape(kept, left.ends and right.ends and same_length)
            case _:
                return None

    def _member(self, left: Value | Mark, right: Value | Mark, number: int, key: str) -> Value | Mark | None:
        if isinstance(left, Mark) or isinstance(right, Mark):
            return left if left is right else None
        return self.value(left, right, (number, key))


LIST = shapes.ListOf(shapes.ANY)


def _common(left: Iterable[T], right: Iterable[T]) -> tuple[T, ...]:
    kept = set(right)
    return tuple(item for item in left if item in kept)
