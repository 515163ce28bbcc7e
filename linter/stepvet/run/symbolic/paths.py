"""Every path through a machine, as far as the limits go, with witnesses: what `stepvet paths` shows.

Worlds are not merged, so each end is one path with its own assumptions. Where there are too many paths, those that are
left out go in favour of ones that take edges which no path took yet: for each such edge the search starts again, led
by the distance to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from stepvet.asl.model import Scope, StateMachine
from stepvet.asl.services.shapes import Shape
from stepvet.run.failure import Failure
from stepvet.run.symbolic.describing import assumptions
from stepvet.run.symbolic.explorer import TO, Edge, Explorer, Outcome
from stepvet.run.symbolic.limits import Cut, Limits
from stepvet.run.symbolic.live import live_names, next_names
from stepvet.run.symbolic.throwing import settled
from stepvet.run.symbolic.values import Origin, Source, Value
from stepvet.run.symbolic.witness import Witness, witness
from stepvet.run.symbolic.world import World, trail_of
from stepvet.text.node import Json


@dataclass(frozen=True, slots=True)
class Path:
    """`states` in order of entry; `services` go with `input` and have the shape of a mocks file. `confirmed`: the
    executor ran the witness, and it took this path to this end."""

    states: tuple[str, ...]
    status: str
    error: str | None
    assumptions: tuple[str, ...]
    input: Json
    services: Mapping[str, Json]
    confirmed: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "states": list(self.states),
            "status": self.status,
            "error": self.error,
            "assumptions": list(self.assumptions),
            "input": self.input,
            "services": dict(self.services),
            "confirmed": self.confirmed,
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numbers of states and edges (pairs of a state and one that can come next), how many of them a path visits, and
    what was cut, with the reason."""

    states: int
    states_reached: int
    edges: int
    edges_taken: int
    limits: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "states": self.states,
            "states_reached": self.states_reached,
            "edges": self.edges,
            "edges_taken": self.edges_taken,
            "limits": list(self.limits),
        }


@dataclass(frozen=True, slots=True)
class Exploration:
    paths: tuple[Path, ...]
    coverage: Coverage
    edges_missed: tuple[Edge, ...] = field(default=(), repr=False)

    def to_json(self) -> dict[str, Any]:
        return {"paths": [path.to_json() for path in self.paths], "coverage": self.coverage.to_json()}


@dataclass(frozen=True, slots=True)
class End:
    """A path's end with the edges that it took."""

    world: World
    answer: Value | Failure
    start: Value
    edges: frozenset[Edge]


def explore(
    machine: StateMachine, limits: Limits | None = None, known: Mapping[str, Shape] | None = None
) -> Exploration:
    """The machine's paths. `known` has what the user says of the input (under "") and of task results by state name."""
    search = Search(machine, limits or Limits(), known or {})
    ends = list(search.ends())
    paths = tuple(path for end in ends for path in [path_of(machine, end)])
    taken = frozenset(edge for end in ends for edge in end.edges)
    edges = all_edges(machine)
    visited = {e.state for end in ends for e in trail_of(end.world)}
    states = {state.path for state in machine.states()}
    coverage = Coverage(
        len(states), len(states & visited), len(edges), len(edges & taken), tuple(sorted(map(_told, search.cuts)))
    )
    return Exploration(paths, coverage, tuple(sorted(edges - taken)))


def _told(cut: Cut) -> str:
    return f'"{cut.state[-1]}": {cut.why}' if cut.state else cut.why


class Search:
    """The searches for one machine's paths."""

    def __init__(self, machine: StateMachine, limits: Limits, known: Mapping[str, Shape]) -> None:
        self.machine = machine
        self.limits = limits
        self.known = known
        self.live = live_names(machine)
        self.cuts: set[Cut] = set()
        self.left = 0
        """Steps that are left for looking for edges that no path has taken."""

    def ends(self) -> Iterator[End]:
        missing = set(all_edges(self.machine))
        plain = self._ends(self.limits.paths, {})
        for end in plain:
            missing -= end.edges
            yield end
        self.left = 2 * self.limits.steps
        for edge in sorted(missing):
            if edge not in missing or self.left <= 0:
                continue
            for end in self._ends(self.limits.paths, distances(self.machine, edge)):
                if edge in end.edges:
                    missing -= end.edges
                    yield end
                    break

    def _ends(self, most: int, toward: Mapping[tuple[str, ...], int]) -> Iterator[End]:
        limits = replace(self.limits, steps=min(self.left, self.limits.steps // 4)) if toward else self.limits
        explorer = Explorer(self.machine, limits, self.live, merging=False, known=self.known, toward=toward)
        start = explorer.domain.symbols.fresh(Origin(Source.INPUT, "the execution's input"), explorer.input_shape())
        found: Iterator[Outcome] = explorer.run(start)
        before = 0
        for world, answer in islice(found, most):
            self.left, before = self.left - (explorer.steps - before), explorer.steps
            yield End(world, answer, start, frozenset(edges_of(world)))
        if next(found, None) is not None:
            explorer.cut((), f"more than {most} paths")
        self.left -= explorer.steps - before
        self.cuts |= explorer.cuts


def path_of(machine: StateMachine, end: End) -> Path:
    failure = end.answer if isinstance(end.answer, Failure) else None
    shown = witness(machine, end.start, end.world, failure)
    entered = (
        [e["state"] for e in shown.run.trace if e["event"] == "entered"]
        if shown.run is not None and shown.confirmed
        else [e.state[-1] for e in trail_of(end.world) if e.event == "entered"]
    )
    status = "SUCCEEDED" if failure is None else "FAILED"
    error = _error_of(end.world, failure, shown)
    return Path(
        tuple(entered),
        status,
        error,
        tuple(assumptions(end.world, end.start)),
        shown.input,
        shown.services,
        shown.confirmed,
    )


def _error_of(world: World, failure: Failure | None, shown: Witness) -> str | None:
    if failure is None:
        return None
    return settled(world, failure).error or (shown.run.error if shown.run else None)


def edges_of(world: World) -> Iterator[Edge]:
    return ((e.state, e.event.removeprefix(TO)) for e in trail_of(world) if e.event.startswith(TO))


def all_edges(machine: StateMachine) -> frozenset[Edge]:
    """Every transition that the definition writes: a state's path and the name of one that can come next."""
    return frozenset(
        (state.path, target)
        for scope in machine.scopes()
        for state in scope.states.values()
        for target in next_names(state)
        if target in scope.states
    )


def distances(machine: StateMachine, edge: Edge) -> Mapping[tuple[str, ...], int]:
    """How many steps each state is from the edge's target, counted through the edge itself, in its own scope and in
    those around it."""
    (*around, name), target = edge
    found: dict[tuple[str, ...], int] = {}
    by_path = {scope.path: scope for scope in machine.scopes() if _holds(scope, around, name)}
    scope = by_path.get(tuple(around))
    if scope is None:
        return found
    _spread(scope, name, found)
    found[*scope.path, target] = min(0, found.get((*scope.path, target), 0))
    for depth in range(len(around)):
        outer = next(
            (s for s in machine.scopes() if s.path == tuple(around[:depth]) and around[depth] in s.states), None
        )
        if outer is not None:
            _spread(outer, around[depth], found)
    return found


def _holds(scope: Scope, around: list[str], name: str) -> bool:
    return scope.path == tuple(around) and name in scope.states


def _spread(scope: Scope, goal: str, found: dict[tuple[str, ...], int]) -> None:
    before: dict[str, list[str]] = {}
    for name, state in scope.states.items():
        for target in next_names(state):
            before.setdefault(target, []).append(name)
    pending = deque([(goal, 1)])
    while pending:
        name, distance = pending.popleft()
        if (*scope.path, name) in found:
            continue
        found[*scope.path, name] = distance
        pending.extend((earlier, distance + 1) for earlier in before.get(name, ()))
