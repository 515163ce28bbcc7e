"""From a world to JSON: one concrete value for every unknown, so that all that the world knows is true.

Copies of an unknown get the same value wherever they stand, in the input and in every task's answer. Values are chosen to
be read: a text is called after its key, a constant of the definition is preferred to its neighbours. What a function
makes of an unknown is pushed back into its argument where the function can be undone.

Whether the model is right is not decided here: the executor runs it.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product
from typing import Any

from stepvet.asl import shapes
from stepvet.run.symbolic.facts import stands
from stepvet.run.symbolic.solve import solutions
from stepvet.run.symbolic.values import Arr, Con, Derived, Mark, Obj, Source, Sym, Value, kinds_of_shape
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
        undone = [made for d in self._made_of.get(sym.id, ()) for made in self._undo(sym, d)]
        if undone:
            return undone[0]
        match self.world.shapes.get(sym.id):
            case ObjectShape(members=members):
                held = ((k, v) for k, v in members.items() if not isinstance(v, Mark))
                return {k: self.value(v) for k, v in held}
            case ArrayShape(items=items):
                return [*map(self.value, items), *self._padding(sym, len(items))]
        facts = self.world.facts.get(sym.id, ())
        if not facts:
            return plain_value(sym)
        for found in solutions(facts, kinds_of_shape(sym.shape), enumeration(sym)):
            return named(sym) if found == "text" else found
        return plain_value(sym)

    def _undo(self, sym: Sym, made: Sym) -> Iterator[Json]:
        """Values of the argument that give the wanted result, if the function is one of those that can be undone."""
        derived = made.derived
        undo = _UNDO.get(derived.function) if derived else None
        wanted = made.id in self.world.shapes or made.id in self.world.facts
        if undo and derived and (wanted or derived.function in _ALWAYS) and derived.arguments[0] is sym:
            yield from undo(self, sym, derived, self.unknown(made))

    def _padding(self, sym: Sym, have: int) -> list[Json]:
        """Further elements that a fact about the array's length, or a read of its last element, asks for."""
        extra: list[Json] = []
        for made in self._made_of.get(sym.id, ()):
            if made.derived and made.derived.function in _LENGTHS and made.id in self.world.facts:
                length = self.unknown(made)
                missing = int(length) - have if isinstance(length, int | float) else 0
                extra = [plain_value(sym)] * min(max(0, missing), 64)
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
    """Argument → what functions make of it, as far as the world speaks of it."""
    made_of: dict[int, list[Sym]] = {}
    for sym in world.known.values():
        for argument in sym.derived.arguments if sym.derived else ():
            if isinstance(argument, Sym):
                made_of.setdefault(argument.id, []).append(sym)
    return made_of


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


def _undo_parse(model: Model, sym: Sym, derived: Derived, wanted: Json) -> Iterator[Json]:
    yield json.dumps(wanted, ensure_ascii=False, separators=(",", ":"))


def _undo_print(model: Model, sym: Sym, derived: Derived, wanted: Json) -> Iterator[Json]:
    if isinstance(wanted, str):
        try:
            yield json.loads(wanted)
        except ValueError:
            return


def _undo_encode(model: Model, sym: Sym, derived: Derived, wanted: Json) -> Iterator[Json]:
    if isinstance(wanted, str):
        try:
            yield b64decode(wanted, validate=True).decode()
        except ValueError:
            return


def _undo_decode(model: Model, sym: Sym, derived: Derived, wanted: Json) -> Iterator[Json]:
    if isinstance(wanted, str):
        yield b64encode(wanted.encode()).decode()


def _undo_add(model: Model, sym: Sym, derived: Derived, wanted: Json) -> Iterator[Json]:
    other = model.value(derived.arguments[1])
    if isinstance(wanted, int | float) and isinstance(other, int | float):
        yield wanted - other


_UNDO: dict[str, Callable[[Model, Sym, Derived, Json], Iterator[Any]]] = {
    "States.StringToJson": _undo_parse,
    "$parse": _undo_parse,
    "States.JsonToString": _undo_print,
    "States.Base64Encode": _undo_encode,
    "States.Base64Decode": _undo_decode,
    "States.MathAdd": _undo_add,
    "+": _undo_add,
}
_ALWAYS = frozenset(("States.StringToJson", "$parse"))
_LENGTHS = frozenset(("States.ArrayLength", "$count", ".length", ".size"))
