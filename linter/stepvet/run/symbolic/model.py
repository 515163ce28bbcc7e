"""From a world to JSON: one concrete value for every unknown, so that all that the world knows is true.

Copies of an unknown get the same value wherever they stand, in the input and in every task's answer. Values are chosen
to be read: a text is called after its key, a constant of the definition is preferred to its neighbours. What a function
makes of an unknown is pushed back into its argument where the function can be undone.

Whether the model is right is not decided here: the executor runs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice, product

from stepvet.asl.services import shapes
from stepvet.run.symbolic.facts import meets_all, stands
from stepvet.run.symbolic.solve import solutions
from stepvet.run.symbolic.undoing import ALWAYS, LENGTHS, undone
from stepvet.run.symbolic.values import Arr, Con, Mark, Obj, Source, Sym, Value, kind_of, kinds_of_shape
from stepvet.run.symbolic.world import ArrayShape, ObjectShape, World, enumeration
from stepvet.text.node import Json


class Model:
    """The values of one world's unknowns; each is chosen once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._chosen: dict[int, Json] = {}
        self._open: set[int] = set()
        self._made_of = _derivations(world)
        self._choose_related()

    def value(self, value: Value | Mark) -> Json:
        match value:
            case Con():
                return value.value
            case Mark():
                return None
            case Obj():
                under = self.unknown(value.base) if value.base else {}
                kept = dict(under) if isinstance(under, dict) else {}
                for key, member in value.fields.items():
                    if isinstance(member, Mark):
                        kept.pop(key, None)
                    else:
                        kept[key] = self.value(member)
                return kept
            case Arr():
                rest = self.unknown(value.tail) if value.tail else []
                return [*map(self.value, value.items), *(rest if isinstance(rest, list) else [])]
            case Sym():
                return self.unknown(value)

    def unknown(self, sym: Sym) -> Json:
        if sym.id not in self._chosen:
            if sym.id in self._open:
                return None
            self._open.add(sym.id)
            self._chosen[sym.id] = self._choose(sym)
        return self._chosen[sym.id]

    def _choose(self, sym: Sym) -> Json:
        value = self._plain(sym)
        for made in self._made_of.get(sym.id, ()):
            value = self._undone(sym, made, value)
        return value

    def _plain(self, sym: Sym) -> Json:
        match self.world.shapes.get(sym.id):
            case ObjectShape(members=members):
                held = ((k, v) for k, v in members.items() if not isinstance(v, Mark))
                return {k: self.value(v) for k, v in held}
            case ArrayShape(items=items):
                return [*map(self.value, items), *self._padding(sym, len(items))]
        value = self._unshaped(sym)
        return [*value, *self._padding(sym, len(value))] if isinstance(value, list) else value

    def _unshaped(self, sym: Sym) -> Json:
        facts = self.world.facts.get(sym.id, ())
        if not facts:
            return plain_value(sym)
        plain = plain_value(sym)
        if meets_all(plain, facts) and kind_of(plain) in kinds_of_shape(sym.shape):
            return plain
        for found in solutions(facts, kinds_of_shape(sym.shape), enumeration(sym)):
            return named(sym) if found == "text" else found
        return plain_value(sym)

    def _undone(self, sym: Sym, made: Sym, value: Json) -> Json:
        """The argument with which the function gives the wanted result, if it can be undone; else the value as it
        is."""
        derived = made.derived
        if derived is None or derived.arguments[0] is not sym:
            return value
        wanted = self._is_wanted(made) or derived.function in ALWAYS
        facts = self.world.facts.get(made.id, ())
        arguments = [value, *map(self.value, derived.arguments[1:])] if wanted else []
        return undone(derived.function, arguments, self.unknown(made), facts) if wanted else value

    def _is_wanted(self, made: Sym) -> bool:
        """Whether the world says something of what a function made, or of what was made of that."""
        learnt = made.id in self.world.shapes or made.id in self.world.facts or made.id in self._chosen
        return learnt or made.id in self._made_of

    def _padding(self, sym: Sym, have: int) -> list[Json]:
        """Further elements that a fact about the array's length, or a read of its last element, asks for."""
        extra: list[Json] = []
        for made in self._made_of.get(sym.id, ()):
            if made.derived and made.derived.function in LENGTHS and self._is_wanted(made):
                length = self.unknown(made)
                missing = int(length) - have if isinstance(length, int | float) else 0
                extra = [_element(sym.shape)] * min(max(0, missing), 64)
            elif made.derived and made.derived.function == "element":
                index = made.derived.arguments[1]
                if isinstance(index, Con) and index.value == -1:
                    extra = [*extra, self.unknown(made)]
        return extra

    def _choose_related(self) -> None:
        """Unknowns that relations tie together get their values together."""
        world = self.world
        ids = list(dict.fromkeys(i for r in world.relations for i in (r.left, r.right) if i not in world.shapes))
        if not ids:
            return
        options = [self._options(world.known[i]) for i in ids]
        for values in islice(product(*options), 20000):
            model = dict(zip(ids, values, strict=True))
            if all(stands(r.operator, model.get(r.left), model.get(r.right)) is r.holds for r in world.relations):
                self._chosen.update(model)
                return

    def _options(self, sym: Sym) -> list[Json]:
        facts = self.world.facts.get(sym.id, ())
        return list(solutions(facts, kinds_of_shape(sym.shape), enumeration(sym)))[:24]


def _derivations(world: World) -> Mapping[int, list[Sym]]:
    """Argument → what functions make of it, as far as the world speaks of it or of what is made of it."""
    made_of: dict[int, list[Sym]] = {}
    pending, done = list(world.known.values()), set[int]()
    while pending:
        sym = pending.pop()
        if sym.id in done:
            continue
        done.add(sym.id)
        for argument in sym.derived.arguments if sym.derived else ():
            if isinstance(argument, Sym):
                made_of.setdefault(argument.id, []).append(sym)
                pending.append(argument)
    return made_of


def _element(shape: shapes.Shape) -> Json:
    item = shape.item if isinstance(shape, shapes.ListOf) else shapes.ANY
    return plain_value(Sym(0, item, path=("item",)))


def named(sym: Sym) -> str:
    """A text called after the key under which the unknown was first seen."""
    key = next((step for step in reversed(sym.path) if isinstance(step, str)), None)
    return key if key is not None else "text"


def plain_value(sym: Sym) -> Json:
    """The plainest value of an unknown's type."""
    match sym.shape:
        case shapes.AnyValue():
            return {} if sym.origin.source is Source.INPUT and not sym.path else named(sym)
        case shapes.String(values=(first, *_)):
            return first
        case shapes.Timestamp():
            return "2024-01-01T00:00:00Z"
        case shapes.String():
            return named(sym)
        case shapes.Number(low=low) | shapes.Integer(low=low):
            return 1 if low is None or low <= 1 else int(low)
        case shapes.Boolean():
            return True
        case shapes.ListOf():
            return []
        case shapes.MapOf() | shapes.Object():
            return {}
