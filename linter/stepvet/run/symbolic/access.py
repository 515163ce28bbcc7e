"""Reading, testing and writing one place of a symbolic value.

Reading an unknown makes it what the reader needs: reading `.a` says that it is an object with an `a`. So unknown data
never causes a failure; a `Miss` is what no value consistent with the world can give. `NOTHING` is never returned here:
how missing nodes are told (a failure, JSONata's undefined) is the caller's matter.

Invariant: a world that comes back knows all that the old one knew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from stepvet.asl.services import shapes
from stepvet.run.symbolic.facts import Fact
from stepvet.run.symbolic.values import ABSENT, UNKNOWN, Arr, Con, Mark, Obj, Step, Sym, Symbols, Value
from stepvet.run.symbolic.world import ArrayShape, ObjectShape, World, absent_members, kinds, learn

MOST_ELEMENTS = 32
"""An index beyond this makes no elements: the value read is unknown, the array stays as it was."""


class Why(StrEnum):
    """Why there is nothing to read or no place to write."""

    CLOSED = "closed"
    REMOVED = "removed"
    NOT_AN_OBJECT = "not-an-object"
    NOT_AN_ARRAY = "not-an-array"
    NO_FIELD = "no-field"
    OUT_OF_RANGE = "out-of-range"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class Miss:
    """`value` is where the step failed, `depth` counts the steps that went well before."""

    why: Why
    value: Value | None
    step: Step
    depth: int = 0


Found = tuple[World, Value]

_DEEPEST = 1_000


def read(symbols: Symbols, world: World, value: Value, steps: tuple[Step, ...]) -> Found | Miss:
    """The node that a definite path leads to. What lies deeper than any JSON text goes is not asked for."""
    if len(steps) > _DEEPEST:
        return world, symbols.fresh(UNKNOWN)
    for depth, step in enumerate(steps):
        found = one(symbols, world, value, step)
        if isinstance(found, Miss):
            return Miss(found.why, found.value, found.step, depth)
        world, value = found
    return world, value


def one(symbols: Symbols, world: World, value: Value, step: Step) -> Found | Miss:
    if isinstance(step, str):
        return member(symbols, world, value, step)
    return element(symbols, world, value, step)


def member(symbols: Symbols, world: World, value: Value, key: str) -> Found | Miss:
    match value:
        case Con() | Arr():
            return Miss(Why.NOT_AN_OBJECT, value, key)
        case Obj():
            held = value.fields.get(key)
            if held is None:
                return member(symbols, world, value.base, key) if value.base else Miss(Why.CLOSED, value, key)
            return Miss(Why.REMOVED, value, key) if isinstance(held, Mark) else (world, held)
        case Sym():
            return _member_of_unknown(symbols, world, value, key)


def _member_of_unknown(symbols: Symbols, world: World, sym: Sym, key: str) -> Found | Miss:
    shape = world.shapes.get(sym.id)
    if shape is None and "object" not in kinds(world, sym):
        return Miss(Why.NOT_AN_OBJECT, sym, key)
    if isinstance(shape, ArrayShape):
        return Miss(Why.NOT_AN_OBJECT, sym, key)
    members = shape.members if shape else absent_members(world, sym)
    held = members.get(key)
    if isinstance(held, Mark):
        return Miss(Why.REMOVED, sym, key)
    if held is not None:
        return world, held
    declared = declared_member(sym.shape, key)
    if declared is None:
        return Miss(Why.NO_FIELD, sym, key)
    new = symbols.member(sym, key, declared.shape, optional=not declared.required and declared is not _UNDECLARED)
    return world.shaped(sym, ObjectShape({**members, key: new})), new


_UNDECLARED = shapes.Member(shapes.ANY)


def declared_member(shape: shapes.Shape, key: str) -> shapes.Member | None:
    """What the type says of a key; None where no value of the type has it."""
    match shape:
        case shapes.Object():
            found = shape.find(key)
            return found or (_UNDECLARED if shape.may_have(key) else None)
        case shapes.MapOf(value=value):
            return shapes.Member(value)
        case shapes.AnyValue():
            return _UNDECLARED
        case _:
            return None


def element(symbols: Symbols, world: World, value: Value, index: int) -> Found | Miss:
    match value:
        case Con() | Obj():
            return Miss(Why.NOT_AN_ARRAY, value, index)
        case Arr(items=items, tail=tail):
            if 0 <= index < len(items) or (tail is None and -len(items) <= index < 0):
                return world, items[index]
            if tail is None:
                return Miss(Why.OUT_OF_RANGE, value, index)
            return element(symbols, world, tail, index - len(items) if index >= 0 else index)
        case Sym():
            return _element_of_unknown(symbols, world, value, index)


def _element_of_unknown(symbols: Symbols, world: World, sym: Sym, index: int) -> Found | Miss:
    shape = world.shapes.get(sym.id)
    if isinstance(shape, ObjectShape) or (shape is None and "array" not in kinds(world, sym)):
        return Miss(Why.NOT_AN_ARRAY, sym, index)
    array = shape or ArrayShape()
    if array.ends:
        within = -len(array.items) <= index < len(array.items)
        return (world, array.items[index]) if within else Miss(Why.OUT_OF_RANGE, sym, index)
    if 0 <= index < len(array.items):
        return world, array.items[index]
    if index < 0 or index >= MOST_ELEMENTS:
        world = world if shape else world.shaped(sym, array)
        return world, symbols.derived("element", (sym, Con(index)), item_shape(sym.shape), sym.origin)
    items = grown(symbols, sym, array.items, index + 1)
    return world.shaped(sym, ArrayShape(items)), items[index]


def grown(symbols: Symbols, sym: Sym, items: tuple[Value, ...], length: int) -> tuple[Value, ...]:
    shape = item_shape(sym.shape)
    return (*items, *(symbols.member(sym, i, shape) for i in range(len(items), length)))


def item_shape(shape: shapes.Shape) -> shapes.Shape:
    return shape.item if isinstance(shape, shapes.ListOf) else shapes.ANY


def present(symbols: Symbols, world: World, value: Value, steps: tuple[Step, ...]) -> Iterator[tuple[World, bool]]:
    """Whether a definite path leads to a node. Only the last step is left open: that the ones before it lead somewhere
    is assumed, unless they can't."""
    if not steps:
        yield world, True
        return
    before, parent = world, value
    for step in steps[:-1]:
        found = peek(symbols, before, parent, step)
        if isinstance(found, Miss):
            yield before, False
            return
        before, parent = found
    got = one(symbols, before, parent, steps[-1])
    without = lacking(before, parent, steps[-1])
    if without is not None:
        yield without, False
    if not isinstance(got, Miss):
        yield got[0], True


def peek(symbols: Symbols, world: World, value: Value, step: Step) -> Found | Miss:
    """Like `one`, where a missing node would do as well: what had to be taken for granted is only assumed."""
    got = one(symbols, world, value, step)
    owner = owner_of(value, step)
    if isinstance(got, Miss) or owner is None or not isinstance(step, str):
        return got
    found, result = got
    if owner.id not in world.shapes and kinds(world, owner) != frozenset(("object",)):
        found = found.assuming((owner.id, ""))
    return (found if knows(world, owner, step) else found.assuming((owner.id, step))), result


def owner_of(value: Value, step: Step) -> Sym | None:
    """The unknown that decides about a member."""
    match value:
        case Sym():
            return value
        case Obj(fields=fields, base=base) if step not in fields:
            return base
        case _:
            return None


def knows(world: World, sym: Sym, key: str) -> bool:
    shape = world.shapes.get(sym.id)
    return isinstance(shape, ObjectShape) and key in shape.members


def excused(world: World, value: Value | None) -> bool:
    """Whether a value was only assumed to be what it is taken for, so that nothing follows from its being so."""
    return isinstance(value, Sym) and (value.id, "") in world.assumed


def lacking(world: World, value: Value, step: Step) -> World | None:
    """The world in which the value has no such member or element; None if it must have it. What type the value is stays
    open: strings have no members either."""
    match value:
        case Con():
            return world
        case Obj() if isinstance(step, str):
            held = value.fields.get(step)
            if held is None:
                return lacking(world, value.base, step) if value.base else world
            return world if isinstance(held, Mark) else None
        case Arr(items=items, tail=tail) if isinstance(step, int):
            if -len(items) <= step < len(items):
                return None if tail is None or step >= 0 else world
            return lacking(world, tail, step - len(items)) if tail and step >= 0 else world
        case Sym():
            return _lacking_unknown(world, value, step)
        case _:
            return world


def _lacking_unknown(world: World, sym: Sym, step: Step) -> World | None:
    match world.shapes.get(sym.id):
        case ObjectShape(members=members) if isinstance(step, str):
            held = members.get(step)
            if held is not None:
                return world if isinstance(held, Mark) else _unassumed(world, sym, members, step)
            if always_has(sym.shape, step):
                return None
            return world.shaped(sym, ObjectShape({**members, step: ABSENT}))
        case ArrayShape(items=items, ends=ends) if isinstance(step, int):
            if ends or step < 0:
                return None if -len(items) <= step < len(items) else world
            return None if step < len(items) else world.shaped(sym, ArrayShape(items, ends=True))
        case None if isinstance(step, str):
            return None if always_has(sym.shape, step) else learn(world, sym, Fact("lacks", step))
        case None if step == 0:
            return _without_elements(world, sym)
        case _:
            return world


def _unassumed(world: World, sym: Sym, members: Mapping[str, Value | Mark], step: str) -> World | None:
    """A member that was only assumed to be there may be missing after all."""
    if (sym.id, step) not in world.assumed:
        return None
    return world.shaped(sym, ObjectShape({**members, step: ABSENT})).supposing()


def _without_elements(world: World, sym: Sym) -> World | None:
    """An empty array, if the unknown is an array in this world at all."""
    if kinds(world, sym) == frozenset(("array",)):
        return world.shaped(sym, ArrayShape((), ends=True))
    return world


def always_has(shape: shapes.Shape, key: str) -> bool:
    found = shape.find(key) if isinstance(shape, shapes.Object) else None
    return found is not None and found.required


def as_array(world: World, value: Value) -> World | Miss:
    """The world in which the value is an array."""
    if isinstance(value, Arr):
        return world
    if isinstance(value, Sym):
        shape = world.shapes.get(value.id)
        if isinstance(shape, ArrayShape):
            return world
        if shape is None and "array" in kinds(world, value):
            return world.shaped(value, ArrayShape())
    return Miss(Why.NOT_AN_ARRAY, value, 0)


def as_object(world: World, value: Value) -> World | Miss:
    """The world in which the value is an object."""
    if isinstance(value, Obj):
        return world
    if isinstance(value, Sym):
        shape = world.shapes.get(value.id)
        if isinstance(shape, ObjectShape):
            return world
        if shape is None and "object" in kinds(world, value):
            return world.shaped(value, ObjectShape(absent_members(world, value)))
    return Miss(Why.NOT_AN_OBJECT, value, "")


def write(symbols: Symbols, world: World, base: Value, steps: tuple[Step, ...], item: Value) -> Found | Miss:
    """`base` with `item` at the place; objects on the way are made where they are missing, elements never are."""
    if not steps:
        return world, item
    step, *rest = steps
    if isinstance(step, int):
        return _write_element(symbols, world, base, step, tuple(rest), item)
    made = as_object(world, base)
    if isinstance(made, Miss):
        return Miss(Why.NOT_AN_OBJECT, base, step)
    inner = _inner(symbols, made, base, step) if rest else (made, item)
    if isinstance(inner, Miss):
        return inner
    written = write(symbols, inner[0], inner[1], tuple(rest), item)
    if isinstance(written, Miss):
        return Miss(written.why, written.value, written.step, written.depth + 1)
    under, fields = (base.base, base.fields) if isinstance(base, Obj) else (base, {})
    assert under is None or isinstance(under, Sym)
    origin = base.origin if isinstance(base, Obj) else None
    return written[0], Obj({**fields, step: written[1]}, under, origin)


def _inner(symbols: Symbols, world: World, base: Value, step: str) -> Found | Miss:
    """What stands there before: an object yet to be made where it is missing or unknown."""
    empty = Obj({}, None)
    if isinstance(base, Obj):
        held = base.fields.get(step)
        if isinstance(held, Mark) or (held is None and base.base is None):
            return world, empty
        if held is not None:
            return world, held
    source = base.base if isinstance(base, Obj) else base
    assert isinstance(source, Sym)
    shape = world.shapes.get(source.id)
    if isinstance(shape, ObjectShape) and isinstance(shape.members.get(step), Mark):
        return world, empty
    got = member(symbols, world, source, step)
    return (world, empty) if isinstance(got, Miss) else got


def _write_element(
    symbols: Symbols, world: World, base: Value, index: int, rest: tuple[Step, ...], item: Value
) -> Found | Miss:
    got = element(symbols, world, base, index)
    if isinstance(got, Miss):
        return got
    written = write(symbols, got[0], got[1], rest, item)
    if isinstance(written, Miss):
        return Miss(written.why, written.value, written.step, written.depth + 1)
    world, new = written
    replaced = _replaced(symbols, world, base, index, new)
    return world, replaced or symbols.fresh(base.origin or UNKNOWN, shapes.ListOf(shapes.ANY))


def _replaced(symbols: Symbols, world: World, base: Value, index: int, new: Value) -> Value | None:
    """The array with another element at a known place; None where the place can't be told."""
    tail: Sym | None
    match base:
        case Arr(items=items, tail=tail):
            pass
        case Sym() if isinstance(shape := world.shapes.get(base.id), ArrayShape):
            items = shape.items
            rest = symbols.derived(f"path [{len(items)}:]", (base,), shapes.ListOf(shapes.ANY), base.origin)
            tail = None if shape.ends else rest
        case _:
            return None
    if not -len(items) <= index < len(items) or (index < 0 and tail is not None):
        return None
    at = index % len(items)
    return Arr((*items[:at], new, *items[at + 1 :]), tail, base.origin)
