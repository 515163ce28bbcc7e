"""JSONata's paths on symbolic values: names, positions, and unknown values for what maps and filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stepvet.asl.jsonata import tree
from stepvet.asl.services import shapes
from stepvet.run.symbolic.access import Miss, as_array, element, excused, owner_of, peek
from stepvet.run.symbolic.values import NOTHING, UNKNOWN, Arr, Con, Mark, Obj, Sym, Value
from stepvet.run.symbolic.world import ArrayShape, World, kinds

if TYPE_CHECKING:
    from stepvet.run.symbolic.jsonata import Frame, Results


def path(frame: Frame, world: World, node: tree.Path | tree.Filtered) -> Results:
    """A path's value: the first step's, then one step after the other."""
    from stepvet.run.symbolic.jsonata import evaluated

    if isinstance(node, tree.Filtered):
        for found, value in evaluated(frame, world, node.base):
            yield from _staged(frame, found, value, node.predicates, node)
        return
    first, *rest = node.steps
    long = len(node.steps) + sum(len(step.stages) for step in node.steps) > _LONGEST
    if long or node.keeps_array or isinstance(first.expression, tree.Sort) or first.focus or first.position:
        yield world, frame.unknown(node, LIST if node.keeps_array else shapes.ANY, *_roots(frame, world, node))
        return
    for found, value in evaluated(frame, world, first.expression):
        for staged, kept in _staged(frame, found, value, first.stages, node):
            yield from _steps(frame, staged, kept, tuple(rest), node)


LIST = shapes.ListOf(shapes.ANY)
_LONGEST = 64
"""A path of more steps and predicates gives something unknown."""


def _roots(frame: Frame, world: World, node: tree.Path) -> list[Value]:
    from stepvet.run.symbolic.jsonata import _used

    return _used(frame, node)


def _steps(frame: Frame, world: World, value: object, steps: tuple[tree.Step, ...], node: tree.Path) -> Results:
    from stepvet.run.symbolic.jsonata import Closure, Refused

    if not steps or isinstance(value, Refused | Closure) or value is NOTHING:
        yield world, value  # type: ignore[misc]
        return
    step, *rest = steps
    deep = _deep(steps)
    if deep is not None:
        yield world, frame.unknown_of(f"deep .{deep}", value)  # type: ignore[arg-type]  # no other is left here
        return
    if not isinstance(step.expression, tree.Name) or step.focus or step.position:
        yield world, frame.unknown(node, shapes.ANY, value)  # type: ignore[arg-type]
        return
    for found, inner in name(frame, world, value, step.expression.value):  # type: ignore[arg-type]
        for staged, kept in _staged(frame, found, inner, step.stages, node):
            yield from _steps(frame, staged, kept, tuple(rest), node)


def _deep(steps: tuple[tree.Step, ...]) -> str | None:
    """The name in `**.name` at the end of a path."""
    match steps:
        case (
            tree.Step(expression=tree.Descendant(), stages=(), focus=None, position=None),
            tree.Step(expression=tree.Name(value=value), stages=(), focus=None, position=None),
        ):
            return value
        case _:
            return None


def name(frame: Frame, world: World, value: Value | Mark, key: str) -> Results:
    """`.key`: of an object its member, of an array those of its elements, of anything else nothing."""
    match value:
        case Mark() | Con():
            yield world, NOTHING
        case Arr():
            yield from _of_elements(frame, world, value, key)
        case Sym() if _is_array(world, value):
            yield world, frame.symbols.derived(f"each .{key}", (value,), shapes.ANY, value.origin)
        case Obj() | Sym():
            yield _member(frame, world, value, key)


def _is_array(world: World, sym: Sym) -> bool:
    return isinstance(world.shapes.get(sym.id), ArrayShape) or kinds(world, sym) == frozenset(("array",))


def _member(frame: Frame, world: World, value: Obj | Sym, key: str) -> tuple[World, Value | Mark]:
    """A read for which a missing member would do is an assumption; a strict one settles what was assumed before."""
    got = peek(frame.symbols, world, value, key)
    if isinstance(got, Miss) and excused(world, got.value):
        return world.supposing(), frame.symbols.fresh(UNKNOWN)
    if isinstance(got, Miss):
        return world, NOTHING
    found, result = got
    owner = owner_of(value, key)
    return (found.certain((owner.id, key)) if frame.strict and owner else found), result


def _of_elements(frame: Frame, world: World, array: Arr, key: str) -> Results:
    if array.tail is not None:
        yield world, frame.symbols.derived(f"each .{key}", (array,), shapes.ANY, array.origin or UNKNOWN)
        return
    found: list[Value] = []
    for item in array.items:
        for after, inner in name(frame.lenient(), world, item, key):
            world = after
            if isinstance(inner, Arr) and inner.tail is None:
                found.extend(inner.items)
            elif isinstance(inner, Con | Obj | Sym | Arr):
                found.append(inner)
    yield world, NOTHING if not found else found[0] if len(found) == 1 else Arr(tuple(found))


def _staged(frame: Frame, world: World, value: object, stages: tuple[object, ...], node: tree.Located) -> Results:
    """Predicates after a step: a constant position is looked up, anything else makes the value unknown."""
    from stepvet.run.symbolic.jsonata import Closure, Refused

    for stage in stages:
        if value is NOTHING or isinstance(value, Refused | Closure):
            break
        position = _position(stage)
        if position is None:
            yield world, frame.unknown(node, shapes.ANY, value)  # type: ignore[arg-type]
            return
        world, value = _at(frame, world, value, position)  # type: ignore[arg-type]
    yield world, value  # type: ignore[misc]


def _position(stage: object) -> int | None:
    match stage:
        case tree.Filter(predicate=tree.Literal(value=int() | float() as number)) if not isinstance(number, bool):
            return int(number // 1)
        case tree.Filter(predicate=tree.Negate(operand=tree.Literal(value=int() | float() as number))):
            return -int(number // 1)
        case _:
            return None


def _at(frame: Frame, world: World, value: Value, position: int) -> tuple[World, Value | Mark]:
    """One element; what is no array is taken for an array of one."""
    if isinstance(value, Con | Obj):
        return world, value if position in (0, -1) else NOTHING
    if isinstance(value, Sym) and "array" not in kinds(world, value):
        return world, value if position in (0, -1) else NOTHING
    made = as_array(world, value)
    if isinstance(made, Miss) and excused(world, value):
        return world.supposing(), frame.symbols.fresh(UNKNOWN)
    if isinstance(made, Miss):
        return world, NOTHING
    if isinstance(value, Sym) and value.id not in world.shapes and kinds(world, value) != frozenset(("array",)):
        made = made.assuming((value.id, ""))
    got = element(frame.symbols, made, value, position)
    return (made, NOTHING) if isinstance(got, Miss) else got
