"""Map: its iterations over known and unknown items.

Known items are run through one after the other; beyond the first few only one way through each is followed. Of an
unknown array there are two readings: it is empty, or it has one element that stands for any; what its further elements
come to is unknown. So nothing is ever claimed of elements that were not followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stepvet.asl.services import shapes
from stepvet.run.failure import TOLERANCE, Failure
from stepvet.run.move import Absent, Item, Iterations
from stepvet.run.symbolic.access import grown
from stepvet.run.symbolic.values import AnyIndex, Arr, Con, Mark, Obj, Origin, Source, Sym, Value
from stepvet.run.symbolic.world import ArrayShape, ObjectShape, World

if TYPE_CHECKING:
    from stepvet.run.symbolic.explorer import Explorer, Outcome

Reading = tuple[World, tuple[Item[Value], ...], bool]
"""A world, the items to follow, and whether there may be more."""

MOST_ITEMS, WAYS = 200, 120
"""How many known items are followed; how many ways through a row of items times its length."""
Run = tuple[World, tuple[Value, ...], Failure | None]
REST = shapes.ListOf(shapes.ANY)


def iterations(explorer: Explorer, move: Iterations[World, Value]) -> Iterator[Outcome]:
    for world, followed, more in _readings(explorer, move):
        yield from _run(explorer, move, world, followed, more)


def _readings(explorer: Explorer, move: Iterations[World, Value]) -> Iterator[Reading]:
    match move.items:
        case Arr(items=items, tail=tail):
            yield move.world, _indexed(items), tail is not None and not _ended(move.world, tail)
        case Obj(fields=fields, base=base):
            members = ((k, v) for k, v in fields.items() if not isinstance(v, Mark))
            yield move.world, tuple(Item(i, v, k) for i, (k, v) in enumerate(members)), base is not None
        case Sym():
            yield from _of_unknown(explorer, move.world, move.items)
        case Con():
            return


def _ended(world: World, tail: Sym) -> bool:
    shape = world.shapes.get(tail.id)
    return isinstance(shape, ArrayShape) and shape.ends and not shape.items


def _indexed(items: tuple[Value, ...], *, generic: bool = False) -> tuple[Item[Value], ...]:
    """The items with their positions. A lone element of an array that may have more stands for any of them."""
    return tuple(Item(AnyIndex(index) if generic else index, value) for index, value in enumerate(items))


def _of_unknown(explorer: Explorer, world: World, sym: Sym) -> Iterator[Reading]:
    shape = world.shapes.get(sym.id)
    if isinstance(shape, ObjectShape):
        shape = ArrayShape(tuple(v for v in shape.members.values() if not isinstance(v, Mark)))
    array = shape or ArrayShape()
    if array.ends:
        yield world, _indexed(array.items), False
        return
    items = grown(explorer.domain.symbols, sym, array.items, max(1, len(array.items)))
    known = world if isinstance(world.shapes.get(sym.id), ObjectShape) else world.shaped(sym, ArrayShape(items))
    yield known, _indexed(items, generic=len(items) == 1), True
    if not array.items:
        yield world.shaped(sym, ArrayShape((), ends=True)).supposing(), (), False


def _run(
    explorer: Explorer, move: Iterations[World, Value], world: World, followed: tuple[Item[Value], ...], more: bool
) -> Iterator[Outcome]:
    if move.batch is not None:
        yield from _batched(explorer, move, world, followed, more)
        return
    runs: list[Run] = [(world, (), None)]
    if len(followed) > MOST_ITEMS:
        explorer.cut_scope(move.scope, f"only the first {MOST_ITEMS} items are followed")
        followed, more = followed[:MOST_ITEMS], True
    most = explorer.limits.worlds if len(followed) <= explorer.limits.items else max(1, WAYS // len(followed))
    for item in followed:
        every = item.index < explorer.limits.items
        following = [r for run in runs for r in _iterate(explorer, move, run, item, every)]
        runs = explorer.kept(following, move.state, most)
    yield from _joined(explorer, move, runs, more, len(followed))


def _iterate(
    explorer: Explorer,
    move: Iterations[World, Value],
    run: Run,
    item: Item[Value],
    every: bool,
) -> Iterator[Run]:
    world, outputs, failure = run
    if failure is not None:
        yield _meanwhile(explorer, move, run, item)
        return
    well = 0
    for selected, given in move.select(world, item):
        if isinstance(given, Failure):
            yield selected, outputs, given
            continue
        env = move.inside(selected, item.index, given, item)
        for ended, value in explorer.ends(move.scope, selected, env, given):
            if isinstance(value, Failure):
                yield ended, outputs, value
                continue
            well += 1
            if every or well == 1:
                yield ended, (*outputs, value), None
            else:
                explorer.cut_scope(move.scope, f"only one way through items after the first {explorer.limits.items}")


def _meanwhile(explorer: Explorer, move: Iterations[World, Value], run: Run, item: Item[Value]) -> Run:
    """After one iteration failed, the others run on for a while: one good way through each is followed."""
    world, outputs, failure = run
    for selected, given in move.select(world, item):
        if isinstance(given, Failure):
            break
        env = move.inside(selected, item.index, given, item)
        for ended, value in explorer.ends(move.scope, selected, env, given):
            if not isinstance(value, Failure):
                return ended, outputs, failure
    return run


def _batched(
    explorer: Explorer, move: Iterations[World, Value], world: World, followed: tuple[Item[Value], ...], more: bool
) -> Iterator[Outcome]:
    """All items make one batch."""
    assert move.batch is not None
    if not followed:
        yield world, explorer.domain.sequence(())
        return
    origin = Origin(Source.ITEM, f'the items of "{move.state.name}"', move.state.path, move.state.key)
    inputs: list[tuple[World, tuple[Value, ...]]] = [(world, ())]
    for item in followed:
        chosen = [(w, made, given) for w, made in inputs for w, given in move.select(w, item)]
        yield from ((w, given) for w, _, given in chosen if isinstance(given, Failure))
        inputs = [(w, (*made, given)) for w, made, given in chosen if not isinstance(given, Failure)]
    runs: list[Run] = []
    for start, made in inputs:
        tail = explorer.domain.symbols.fresh(origin, REST) if more else None
        members: dict[str, Value] = {"Items": Arr(made, tail, origin)}
        if not isinstance(move.batch.input, Absent):
            members["BatchInput"] = move.batch.input
        batch = Obj(members, None, origin)
        for ended, value in explorer.ends(move.scope, start, move.inside(start, 0, batch, None), batch):
            runs.append((ended, (), value) if isinstance(value, Failure) else (ended, (value,), None))
    yield from _joined(explorer, move, runs, True, 1)


def _joined(
    explorer: Explorer,
    move: Iterations[World, Value],
    runs: list[Run],
    more: bool,
    count: int,
) -> Iterator[Outcome]:
    """The Map's answer for every run; an iteration of a distributed Map fails the Map under one name."""
    origin = Origin(Source.RESULT, f'the result of "{move.state.name}"', move.state.path, move.state.key)
    for world, outputs, failure in runs:
        if failure is None:
            tail = explorer.domain.symbols.fresh(origin, REST) if more else None
            yield world, Arr(outputs, tail, origin)
        elif move.scope.distributed:
            if not _exceeds(move, count, surely=True):
                yield world, explorer.domain.symbols.fresh(origin, REST)
            if _exceeds(move, count, surely=False):
                yield world, Failure(TOLERANCE, "The specified tolerated failure threshold was exceeded")
        else:
            yield world, failure


def _exceeds(move: Iterations[World, Value], count: int, *, surely: bool) -> bool:
    """Whether one failure among so many items is too much: under limits that aren't known it may be, but not surely."""
    allowed = {"count": move.tolerated_count, "percentage": move.tolerated_percentage}
    given = {name: limit for name, limit in allowed.items() if not isinstance(limit, Absent)}
    known = {
        n: limit.value for n, limit in given.items() if isinstance(limit, Con) and isinstance(limit.value, int | float)
    }
    if not given:
        return True
    failed = {"count": 1.0, "percentage": 100 / max(1, count)}
    if any(failed[name] > limit for name, limit in known.items()):
        return True
    return len(known) < len(given) and not surely
