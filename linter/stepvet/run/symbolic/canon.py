"""When are two worlds at one state the same? When nothing that later states can mention tells them apart.

The canonical form walks from the values that a state can reach (its input, the variables, the execution's input),
numbers the unknowns in the order of the walk and leaves out members whose names no later state mentions. A difference
that nobody can ask about does not keep worlds apart, which is what makes a row of diamonds linear.

Invariant: two (world, values) pairs with equal forms have the same continuations, up to the names of their unknowns.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from stepvet.run.symbolic.live import Live
from stepvet.run.symbolic.values import Arr, Con, Mark, Obj, Sym, Value
from stepvet.run.symbolic.world import ArrayShape, ObjectShape, World


def canonical(world: World, roots: Iterable[Value | Mark], live: Live, parts: dict[Hashable, int]) -> Hashable:
    """A key that is equal for worlds that no later state can tell apart. `parts` numbers what keys consist of, and
    is to be the same for all keys that are compared: thousands of keys have most of it in common."""
    walk = _Walk(world, live, parts)
    values = tuple(walk.value(root) for root in roots)
    return values, walk.relations()


class _Walk:
    def __init__(self, world: World, live: Live, parts: dict[Hashable, int]) -> None:
        self.world = world
        self.live = live
        self.parts = parts
        self.numbers: dict[int, int] = {}

    def value(self, value: Value | Mark) -> Hashable:
        match value:
            case Con():
                return (type(value.value).__name__, value.value)
            case Mark():
                return value
            case Obj():
                base = self.value(value.base) if value.base else None
                return ("object", self.members(value.fields.items()), base)
            case Arr():
                tail = self.value(value.tail) if value.tail else None
                return ("array", tuple(map(self.value, value.items)), tail)
            case Sym():
                return self.unknown(value)

    def members(self, items: Iterable[tuple[str, Value | Mark]]) -> Hashable:
        living = sorted(item for item in items if item[0] in self.live)
        return self.part(frozenset((key, self.value(value)) for key, value in living))

    def unknown(self, sym: Sym) -> Hashable:
        number = self.numbers.get(sym.id)
        if number is not None:
            return number
        self.numbers[sym.id] = number = len(self.numbers)
        derived = sym.derived and (sym.derived.function, tuple(map(self.value, sym.derived.arguments)))
        return (number, id(sym.shape), derived, self.learnt(sym))

    def learnt(self, sym: Sym) -> Hashable:
        match self.world.shapes.get(sym.id):
            case ObjectShape(members=members):
                return self.members(members.items())
            case ArrayShape(items=items, ends=ends):
                return (tuple(map(self.value, items)), ends)
            case None:
                return self.part(frozenset(self.world.facts.get(sym.id, ())))

    def part(self, part: Hashable) -> tuple[str, int]:
        return ("part", self.parts.setdefault(part, len(self.parts)))

    def relations(self) -> Hashable:
        numbers = self.numbers
        return frozenset(
            (r.operator, numbers[r.left], numbers[r.right], r.holds)
            for r in self.world.relations
            if r.left in numbers and r.right in numbers
        )
