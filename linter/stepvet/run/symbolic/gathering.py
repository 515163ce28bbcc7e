"""What a JSONPath finds in a symbolic value: definite paths by `access`, the others here.

An indefinite path never fails and gives an array (recorded). Where every node on its way is known, the array is; else
it is an unknown array made of the unknown on the way, and reading it refines nothing: a missing node is fine there.
"""

from __future__ import annotations

from stepvet.asl.paths.tree import Function, Index, Name, Names, Path, Segment, Slice, Wildcard
from stepvet.asl.services import shapes
from stepvet.run.symbolic.access import Miss, Why, member, read
from stepvet.run.symbolic.values import (
    UNKNOWN,
    Arr,
    Con,
    Mark,
    Obj,
    Step,
    Sym,
    Symbols,
    Value,
)
from stepvet.run.symbolic.world import ArrayShape, ObjectShape, World, kinds

ANY_LIST = shapes.ListOf(shapes.ANY)


def steps_of(segments: tuple[Segment, ...]) -> tuple[Step, ...] | None:
    """The names and indexes of a Reference Path; None for other paths."""
    found: list[Step] = []
    for segment in segments:
        match segment:
            case Name(name=name):
                found.append(name)
            case Index(index=index):
                found.append(index)
            case _:
                return None
    return tuple(found)


def find(symbols: Symbols, world: World, value: Value, path: Path) -> tuple[World, Value] | Miss:
    """The node of a definite path, the array of another one."""
    steps = steps_of(path.segments)
    if steps is not None:
        return read(symbols, world, value, steps)
    if path.definite:
        return _with_last(symbols, world, value, path)
    return world, gather(symbols, world, value, path.segments)


def _with_last(symbols: Symbols, world: World, value: Value, path: Path) -> tuple[World, Value] | Miss:
    *inner, last = path.segments
    before = steps_of(tuple(inner))
    found = read(symbols, world, value, before) if before is not None else (world, value)
    if isinstance(found, Miss):
        return found
    world, node = found
    if isinstance(last, Names):
        return _several(symbols, world, node, last.names)
    if isinstance(last, Function) and last.name in ("length", "size") and isinstance(node, Arr) and node.tail is None:
        return world, Con(len(node.items))
    shape = shapes.INTEGER if isinstance(last, Function) and last.name in ("length", "size") else shapes.ANY
    return world, symbols.derived(str(last), (node,), shape, node.origin or UNKNOWN)


def _several(symbols: Symbols, world: World, node: Value, names: tuple[str, ...]) -> tuple[World, Value] | Miss:
    if isinstance(node, Con | Arr):
        return Miss(Why.NOT_AN_OBJECT, node, names[0])
    fields: dict[str, Value] = {}
    for name in names:
        got = member(symbols, world, node, name)
        if not isinstance(got, Miss):
            world, fields[name] = got
    return world, Obj(fields, None, node.origin or UNKNOWN)


def gather(symbols: Symbols, world: World, value: Value, segments: tuple[Segment, ...]) -> Value:
    """The array of the nodes that an indefinite path finds."""
    nodes: tuple[Value, ...] = (value,)
    for position, segment in enumerate(segments):
        rest = segments[position:]
        following: list[Value] = []
        for node in nodes:
            found = _follow(world, node, segment)
            if found is None:
                return _unknown(symbols, node if len(nodes) == 1 else value, rest if len(nodes) == 1 else segments)
            following.extend(found)
        nodes = tuple(following)
    return Arr(nodes, None, value.origin or UNKNOWN)


def _unknown(symbols: Symbols, node: Value, rest: tuple[Segment, ...]) -> Sym:
    return symbols.derived("path " + "".join(map(str, rest)), (node,), ANY_LIST, node.origin or UNKNOWN)


def _follow(world: World, node: Value, segment: Segment) -> tuple[Value, ...] | None:
    """The nodes one segment further; None where they can't be told."""
    match segment:
        case Wildcard():
            return _all(world, node)
        case Name(name=name):
            return _maybe_member(world, node, name)
        case Index(index=index) if isinstance(node, Arr) and node.tail is None:
            return (node.items[index],) if -len(node.items) <= index < len(node.items) else ()
        case Slice(first=first, last=last) if isinstance(node, Arr) and node.tail is None:
            return node.items[first:last]
        case _:
            return None


def _all(world: World, node: Value) -> tuple[Value, ...] | None:
    match node:
        case Con():
            return ()
        case Arr(items=items, tail=None):
            return items
        case Obj(fields=fields, base=None):
            return tuple(v for v in fields.values() if not isinstance(v, Mark))
        case Sym():
            shape = world.shapes.get(node.id)
            if isinstance(shape, ArrayShape) and shape.ends:
                return shape.items
            return () if not kinds(world, node) & {"array", "object"} else None
        case _:
            return None


def _maybe_member(world: World, node: Value, name: str) -> tuple[Value, ...] | None:
    """A member that is known to be there or known to be missing."""
    match node:
        case Con() | Arr():
            return ()
        case Obj(fields=fields, base=base):
            held = fields.get(name)
            if held is None:
                return _maybe_member(world, base, name) if base else ()
            return () if isinstance(held, Mark) else (held,)
        case Sym():
            match world.shapes.get(node.id):
                case ArrayShape():
                    return ()
                case ObjectShape(members=members) if name in members:
                    held = members[name]
                    return () if isinstance(held, Mark) else (held,)
            return () if "object" not in kinds(world, node) else None
