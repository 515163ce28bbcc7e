"""The concrete driver: carries out the core's moves on a virtual clock, one execution to its end.

A heap holds what is to go on and when; the lowest time goes first, at one time the strand of the lowest order. Time
passes only by Waits, pauses before retries and answers that take their time. Nothing here decides what a state does.

Invariants: a strand that ended, was aborted or hangs makes no further move; events are in the order of time; the Python
stack doesn't grow with the number of steps or of iterations.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from sys import maxsize
from typing import assert_never

from stepvet.asl.model import Scope
from stepvet.asl.timestamps import parse_timestamp
from stepvet.run.concrete import calls, groups
from stepvet.run.concrete.domain import Concrete, variables_fault
from stepvet.run.concrete.limits import Limits
from stepvet.run.concrete.strand import Strand
from stepvet.run.failure import RUNTIME, Failure, runtime
from stepvet.run.machine import enter
from stepvet.run.move import (
    Branches,
    End,
    Env,
    Goto,
    Iterations,
    Move,
    Perform,
    ReadItems,
    Sleep,
    Stop,
    Visit,
)
from stepvet.run.services.service import Answer, TaskCall
from stepvet.text.node import Json

LONGEST_WAIT = 24_856 * 86_400
"""Seconds; a longer Wait fails (recorded)."""

Moves = Iterator[Move[float, Json]]
Due = tuple[float, tuple[int, ...], int, Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Ended:
    """How the execution ended, and when."""

    seconds: float
    output: Json = None
    failure: Failure | None = None
    timed_out: bool = False


@dataclass(slots=True)
class Scheduler:
    """One run. `deadline` is the virtual second after which the execution has timed out; `max_events` is the user's own
    limit of events, for every execution of the run."""

    domain: Concrete
    service: Callable[[TaskCall], Answer]
    limits: Limits
    deadline: float
    max_events: int | None = None
    heap: list[Due] = field(default_factory=list)
    numbers: count[int] = field(default_factory=count)
    outcome: Ended | None = None

    def run(self, scope: Scope, env: Env[Json], given: Json) -> Ended:
        root = Strand((), scope, self.domain.line)
        self.begin(root, 0.0, env, given)
        while self.heap and self.outcome is None:
            now, _, _, act = heapq.heappop(self.heap)
            if now > self.deadline:
                break
            act()
        return self.outcome or Ended(self.deadline, timed_out=True)

    def begin(self, strand: Strand, now: float, env: Env[Json], given: Json) -> None:
        self.go(strand, now, getattr(strand.scope.start_at, "value", ""), env, given)

    def later(self, strand: Strand, at: float, resume: Callable[[], Moves]) -> None:
        """Go on with a strand at that time, if it is alive then."""
        heapq.heappush(self.heap, (at, strand.order, next(self.numbers), lambda: self._advance(strand, at, resume)))

    def expire(self, strand: Strand, at: float) -> None:
        """A child execution's time is up, after everything else that it does at that moment."""
        order = (*strand.order, maxsize)
        heapq.heappush(self.heap, (at, order, next(self.numbers), lambda: groups.child_expired(self, strand, at)))

    def go(self, strand: Strand, now: float, name: str, env: Env[Json], given: Json) -> None:
        """Enter a state; what it does comes when its turn comes."""
        state = strand.scope.states.get(name)
        if state is None:
            self.fail(strand, now, runtime(f"There is no state '{name}'.", strand.scope.start_at))
            return
        if strand.visit is not None:
            self.domain.recorder.edges[strand.visit.state.name, name] += 1
        entered = self.domain.recorder.enter(strand.line, state, env, given, now)
        strand.visit = visit = Visit(state, env, given, entered, entered=self.domain.now(now))
        self.later(strand, now, lambda: enter(self.domain, now, visit))

    def _advance(self, strand: Strand, now: float, resume: Callable[[], Moves]) -> None:
        if not strand.alive:
            return
        self.domain.line = strand.line
        try:
            self._carry_out(strand, next(resume()))
        except RecursionError:
            self.fail(strand, now, runtime("A value is nested too deeply to be processed."))
        if strand.line.history.overflowed:
            self._overflow(strand, now)

    def _overflow(self, strand: Strand, now: float) -> None:
        """No execution has more events than its limit: it ends here, be it the whole or a distributed Map's child."""
        whole = strand.execution
        limits = self.limits if whole.group is None else whole.group.limits
        if limits is not None and limits.by_time:
            whole.hangs = True
            return
        cause = f"The execution reached the maximum number of history events ({strand.line.history.limit})."
        failure = Failure(RUNTIME, cause, at=strand.scope.node)
        if whole.group is None:
            self.outcome = Ended(now, failure=failure)
        elif not whole.ended:
            whole.ended = True
            groups.child_failed(self, whole.group, whole, now, failure)

    def _carry_out(self, strand: Strand, move: Move[float, Json]) -> None:
        match move:
            case Goto():
                self._goto(strand, move)
            case End():
                self._leave(strand, move.world, move.output, move.assigned, None)
                self.finish(strand, move.world, move.output)
            case Stop():
                self.fail(strand, move.world, move.failure)
            case Sleep():
                self._sleep(strand, move)
            case Perform():
                calls.perform(self, strand, move)
            case ReadItems():
                calls.read_items(self, strand, move)
            case Branches():
                groups.start_branches(self, strand, move)
            case Iterations():
                groups.start_iterations(self, strand, move)
            case _:
                assert_never(move)

    def _goto(self, strand: Strand, move: Goto[float, Json]) -> None:
        failure = variables_fault(move.env, move.assigned)
        if failure is not None:
            self.fail(strand, move.world, replace(failure, at=strand.visit.state.key if strand.visit else None))
            return
        self._leave(strand, move.world, move.output, move.assigned, move.target)
        self.go(strand, move.world, move.target, move.env, move.output)

    def _leave(
        self, strand: Strand, now: float, output: Json, assigned: Mapping[str, Json], target: str | None
    ) -> None:
        visit = strand.visit
        assert visit is not None
        groups.note_end(self, strand, now, None)
        self.domain.recorder.leave(strand.line, visit, now, output, assigned, target)

    def _sleep(self, strand: Strand, move: Sleep[float, Json]) -> None:
        seconds = self._pause(move)
        if seconds >= LONGEST_WAIT and move.kind in ("seconds", "timestamp"):
            failure = runtime("Wait state delay is too long.", strand.visit.state.key if strand.visit else None)
            self.later(strand, move.world, lambda: move.then(move.world, failure))
            return
        woken = move.world + seconds
        self.later(strand, woken, lambda: move.then(woken, None))

    def _pause(self, move: Sleep[float, Json]) -> float:
        """Seconds until the move goes on; a moment that has passed is now."""
        amount = move.amount
        if move.kind == "jittered-retry" and isinstance(amount, int | float):
            return self.domain.rng.uniform(0, amount)
        if isinstance(amount, str):
            until = parse_timestamp(amount)
            return max(0.0, (until - self.domain.start).total_seconds() - move.world) if until else 0.0
        return max(0.0, float(amount)) if isinstance(amount, int | float) else 0.0

    def finish(self, strand: Strand, now: float, output: Json) -> None:
        """A scope ended well."""
        strand.ended = True
        if strand.group is None:
            self.outcome = Ended(now, output)
        else:
            groups.child_finished(self, strand.group, strand, now, output)

    def fail(self, strand: Strand, now: float, failure: Failure) -> None:
        """A scope failed: the whole execution, or the Map or Parallel that started it is told."""
        if strand.visit is not None:
            groups.note_end(self, strand, now, failure)
        strand.ended = True
        if strand.group is None:
            self.outcome = Ended(now, failure=failure)
        else:
            groups.child_failed(self, strand.group, strand, now, failure)
