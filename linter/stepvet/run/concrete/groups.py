"""Children of Maps and Parallels: started as the concurrency allows, joined, aborted when one fails.

The first failure in time decides (at one time that of the lowest index). A distributed Map's children are executions of
their own, with their own histories, and fail only together with the tolerance.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from stepvet.asl.model import Scope
from stepvet.run.concrete.history import History, timestamp
from stepvet.run.concrete.limits import limits_of, type_of
from stepvet.run.concrete.recorder import Line
from stepvet.run.concrete.strand import Child, Group, Start, Strand
from stepvet.run.demand import number_of
from stepvet.run.distributed.batching import batches
from stepvet.run.distributed.results import ChildRun, tells_of_runs
from stepvet.run.distributed.tolerance import tolerance_of
from stepvet.run.failure import TIMEOUT, Failure
from stepvet.run.move import Absent, Branches, Env, Item, Iterations
from stepvet.text.node import Json

if TYPE_CHECKING:
    from stepvet.run.concrete.scheduler import Scheduler

INLINE_WIDTH = 40
DISTRIBUTED_WIDTH = 10_000


def start_branches(scheduler: Scheduler, parent: Strand, move: Branches[float, Json]) -> None:
    children = [(index, _branch(scope, env, move.input)) for index, (scope, env) in enumerate(move.children)]
    group = Group(parent, move.then, [None] * len(children), deque(children), max(1, len(children)))
    _start(scheduler, group, move.world)


def start_iterations(scheduler: Scheduler, parent: Strand, move: Iterations[float, Json]) -> None:
    distributed = move.scope.distributed
    width = _width(move.concurrency, distributed)
    if width is None:
        parent.hangs = True
        return
    found = _inputs(scheduler, move)
    if isinstance(found, Failure):
        failure = found
        scheduler.later(parent, move.world, lambda: move.then(move.world, failure))
        return
    children = [(index, _child(move, index, given, item)) for index, (given, item) in enumerate(found)]
    group = Group(parent, move.then, [None] * len(children), deque(children), width, iterates=True)
    if distributed:
        group.tolerance = tolerance_of(move.tolerated_count, move.tolerated_percentage)
        processor = move.state.processor
        group.limits = limits_of(type_of(processor.execution_type if processor else None), scheduler.max_events)
        group.runs = {} if tells_of_runs(move.state.result_writer) else None
        if move.state.item_reader is None:
            parent.line.add("MapRunStarted", move.world)
    _start(scheduler, group, move.world)


def _inputs(scheduler: Scheduler, move: Iterations[float, Json]) -> Sequence[tuple[Json, Item[Json] | None]] | Failure:
    """Every iteration's input with its item; a batch has none of its own."""
    selected: list[tuple[Json, Item[Json] | None]] = []
    for item in items_in(move.items):
        _, value = next(move.select(move.world, item))
        if isinstance(value, Failure):
            return value
        selected.append((value, item))
    if move.batch is None:
        return selected
    return [(given, None) for given in batches([v for v, _ in selected], move.batch, scheduler.domain.size)]


def items_in(items: Json) -> list[Item[Json]]:
    if isinstance(items, dict):
        return [Item(index, value, key) for index, (key, value) in enumerate(items.items())]
    return [Item(index, value) for index, value in enumerate(items if isinstance(items, list) else [])]


def _branch(scope: Scope, env: Env[Json], given: Json) -> Start:
    return lambda _now: Child(scope, env, given)


def _child(move: Iterations[float, Json], index: int, given: Json, item: Item[Json] | None) -> Start:
    return lambda now: Child(move.scope, move.inside(now, index, given, item), given)


def _width(concurrency: Json | Absent, distributed: bool) -> int | None:
    """How many children may run at a time; None where fewer than none are asked for: then nothing ever starts, and the
    execution waits for its end (recorded)."""
    most = DISTRIBUTED_WIDTH if distributed else INLINE_WIDTH
    asked = 0 if isinstance(concurrency, Absent) else number_of(concurrency) or 0
    if asked < 0:
        return None
    return min(most, int(asked)) if asked else most


def _start(scheduler: Scheduler, group: Group, now: float) -> None:
    if not group.waiting:
        _join(scheduler, group, now)
        return
    while group.waiting and len(group.running) < group.width and not group.over and scheduler.outcome is None:
        index, make = group.waiting.popleft()
        _launch(scheduler, group, index, make(now), now)


def _launch(scheduler: Scheduler, group: Group, index: int, child: Child, now: float) -> None:
    parent = group.parent
    if group.limits is not None:
        line = Line(History(group.limits.events))
        line.add("ExecutionStarted", now, "executionStartedEventDetails", {"input": child.input})
    else:
        line = Line(parent.line.history, parent.line.last)
        if group.iterates:
            line.add("MapIterationStarted", now, "mapIterationStartedEventDetails", _iteration(group, index))
    strand = Strand((*parent.order, index), child.scope, line, group, index)
    group.running[index] = strand
    if group.limits is not None:
        scheduler.expire(strand, now + group.limits.seconds)
    scheduler.begin(strand, now, child.env, child.input)


def _iteration(group: Group, index: int) -> dict[str, Json]:
    visit = group.parent.visit
    return {"name": visit.state.name if visit else "", "index": index}


def child_finished(scheduler: Scheduler, group: Group, strand: Strand, now: float, output: Json) -> None:
    group.results[strand.index] = output
    group.running.pop(strand.index, None)
    _note_run(scheduler, group, strand, now, output, None)
    if group.iterates and group.limits is None:
        details = _iteration(group, strand.index)
        strand.line.add("MapIterationSucceeded", now, "mapIterationSucceededEventDetails", details)
    _after_child(scheduler, group, strand, now)


def _note_run(
    scheduler: Scheduler, group: Group, strand: Strand, now: float, output: Json, failure: Failure | None
) -> None:
    """What is known of a child execution that ended."""
    if group.limits is None:
        return
    scheduler.domain.recorder.events += len(strand.line.history.events)
    if group.runs is not None and strand.visit is not None:
        stopped = timestamp(scheduler.domain.start, now)
        group.runs[strand.index] = ChildRun(strand.visit.env.context.get("Execution"), stopped, output, failure)


def _after_child(scheduler: Scheduler, group: Group, strand: Strand, now: float) -> None:
    if group.limits is None:
        group.parent.line.last = strand.line.last
    if group.waiting:
        _start(scheduler, group, now)
    elif not group.running:
        _join(scheduler, group, now)


def _join(scheduler: Scheduler, group: Group, now: float) -> None:
    group.over = True
    results: Any = list(group.results)
    if group.limits is not None:
        group.parent.line.add("MapRunSucceeded", now)
    if group.runs is not None and group.parent.visit is not None:
        scheduler.domain.runs[group.parent.visit.place] = [group.runs[index] for index in sorted(group.runs)]
    scheduler.later(group.parent, now, lambda: group.then(now, results))


def child_expired(scheduler: Scheduler, strand: Strand, now: float) -> None:
    """A child execution that is still at work, or hangs, has timed out."""
    group = strand.group
    if group is None or strand.ended or group.over or not group.parent.alive:
        return
    strand.ended = True
    child_failed(scheduler, group, strand, now, Failure(TIMEOUT, at=strand.scope.node))


def child_failed(scheduler: Scheduler, group: Group, strand: Strand, now: float, failure: Failure) -> None:
    group.running.pop(strand.index, None)
    _note_run(scheduler, group, strand, now, None, failure)
    if group.tolerance is not None:
        group.failed += 1
        told: dict[str, Json] = {"Error": failure.error, "Cause": failure.cause}
        group.results[strand.index] = {k: v for k, v in told.items() if v is not None}
        beyond = group.tolerance.exceeded(group.failed, len(group.results))
        if beyond is None:
            _after_child(scheduler, group, strand, now)
            return
        group.parent.line.add("MapRunFailed", now, "mapRunFailedEventDetails", _told(beyond))
        failure = beyond
    elif group.iterates:
        details = _iteration(group, strand.index)
        strand.line.add("MapIterationFailed", now, "mapIterationFailedEventDetails", details)
    _abort(group, now)
    if group.limits is None:
        group.parent.line.last = strand.line.last
    scheduler.later(group.parent, now, lambda: group.then(now, failure))


def _abort(group: Group, now: float) -> None:
    """The others make no further move."""
    group.over = True
    for index, strand in group.running.items():
        strand.ended = True
        if group.iterates and group.limits is None:
            strand.line.add("MapIterationAborted", now, "mapIterationAbortedEventDetails", _iteration(group, index))


def _told(failure: Failure) -> dict[str, Json]:
    return {"error": failure.error, "cause": failure.cause}


def note_end(scheduler: Scheduler, strand: Strand, now: float, failure: Failure | None) -> None:
    """The event that tells how a Map or Parallel itself ended, before its exit. A caught failure was told already."""
    visit = strand.visit
    if visit is None or visit.state.type not in ("Map", "Parallel"):
        return
    taken = scheduler.domain.recorder.caught.pop(visit.place, None)
    caught = taken if failure is None else failure
    kind, member = visit.state.type, visit.state.type.lower()
    if caught is not None and caught.is_fatal:
        return  # recorded: the execution ends without it
    if caught is not None:
        strand.line.add(f"{kind}StateFailed", now, f"{member}StateFailedEventDetails", _told(caught))
    else:
        strand.line.add(f"{kind}StateSucceeded", now)
