"""The symbolic driver: it carries out the core's moves in every world that they lead to.

A scope is run to all of its ends before the state that started it goes on, so Map and Parallel are calls here. Within a
scope a worklist holds (state, world, input); worlds that no later state can tell apart are merged (`seen`), a path may
come back to a loop's head a few times only, and the whole has a budget. Whatever is left out is marked (`Cut`), never
dropped in silence.

A task answers with a value of its API's type, or fails with any error where somebody could catch it. Retriers are left
out: a task that fails is taken to fail at every attempt of a visit.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import islice

from stepvet.asl.model import Choice, Handled, Map, Parallel, Scope, State, StateMachine
from stepvet.asl.services.shapes import ANY, Shape
from stepvet.run.failure import Failure
from stepvet.run.machine import enter
from stepvet.run.move import Branches, End, Env, Goto, Iterations, Move, Perform, ReadItems, Sleep, Stop, Visit
from stepvet.run.symbolic import answering, iterating
from stepvet.run.symbolic.canon import canonical
from stepvet.run.symbolic.domain import Symbolic, execution
from stepvet.run.symbolic.joining import Joining
from stepvet.run.symbolic.limits import Cut, Limits
from stepvet.run.symbolic.live import NOBODY, Live
from stepvet.run.symbolic.loops import Order, order
from stepvet.run.symbolic.retries import without_retries
from stepvet.run.symbolic.throwing import thrown
from stepvet.run.symbolic.values import Origin, Source, Value, size
from stepvet.run.symbolic.world import World, breadth

Outcome = tuple[World, Value | Failure]
_ROUNDS, _WAYS, _LEAST = 3, 240, 400
TO = "to "
"""How the trail writes that a run went to the next state."""
Run = tuple[World, tuple[Value, ...], Failure | None]
"""A way through some branches or items: their outputs, and the failure that ended it."""
Waiting = tuple[int, int, "Place"]
"""A place that waits for its turn: its state's rank, a running number, itself."""
Edge = tuple[tuple[str, ...], str]
"""A state's path and the state of the same scope that comes next."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run stands in a scope. `visits` counts the times that it came to each loop's head."""

    state: str
    world: World
    env: Env[Value]
    input: Value
    visits: Mapping[str, int] = field(default_factory=dict)
    again: bool = False
    """It came to a loop's head too often to be followed by itself."""

    @property
    def weight(self) -> int:
        """About what it takes to go on from here or to compare it, in pieces of knowledge that are looked at."""
        world, env = self.world, self.env
        learnt = sum(map(len, world.facts.values())) + sum(map(breadth, world.shapes.values()))
        values = (self.input, *env.variables.values(), *env.outer.values())
        return _LEAST + learnt + sum(map(size, values))


@dataclass(slots=True)
class Arrivals:
    """The places at which a scope's run came to one state: the first one, the canonical forms of all, and how many
    were followed."""

    first: Place
    forms: set[Hashable] = field(default_factory=set)
    count: int = 0
    joined: Place | None = None
    """The one place that stands for all that were too many to be followed by themselves."""


@dataclass
class Explorer:
    """One exploration. What it collects: ends of the machine, edges taken, failures met, cuts."""

    machine: StateMachine
    limits: Limits
    live: Mapping[tuple[str, ...], Live]
    merging: bool = True
    domain: Symbolic = field(default_factory=Symbolic)
    edges: set[Edge] = field(default_factory=set)
    entered: dict[tuple[str, ...], int] = field(default_factory=dict)
    cuts: set[Cut] = field(default_factory=set)
    choices: dict[tuple[str, ...], list[Place]] = field(default_factory=dict)
    """The places at which each Choice was entered."""
    left: set[tuple[str, ...]] = field(default_factory=set)
    """States that some run has gone through, by whatever way."""
    failed: set[tuple[str, ...]] = field(default_factory=set)
    """Tasks of which a path tells that they failed."""
    steps: int = 0
    effort: int = 0
    """The pieces of knowledge that were looked at so far, about what an exploration's time goes by."""
    known: Mapping[str, Shape] = field(default_factory=dict)
    """What the user says of task results, by state name."""
    parts: dict[Hashable, int] = field(default_factory=dict)
    """What the canonical forms of places consist of, numbered."""
    toward: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    """State path → how far a wanted edge is; nearer ones are followed first."""
    guarded: frozenset[tuple[str, ...]] = frozenset()
    orders: dict[int, Order] = field(default_factory=dict)
    most_worlds: int = 1
    """How many worlds are kept apart at a state, so that a machine of this size stays within its steps."""
    scopes: Mapping[tuple[str, ...], Scope] = field(default_factory=dict)
    """The scopes of Maps by the Map's path; of a Parallel's branches only the last one."""

    def __post_init__(self) -> None:
        self.machine = without_retries(self.machine)
        self.scopes = {scope.path: scope for scope in self.machine.scopes()}
        states = sum(1 for _ in self.machine.states())
        self.most_worlds = max(1, min(self.limits.worlds, self.limits.steps // (_ROUNDS * max(1, states))))
        self.guarded = answering.guarded_states(self.machine)

    def shape_of(self, state: State, resource: str) -> Shape:
        return self.known.get(state.name) or answering.shape_of(state, resource)

    def fails_once(self, state: State) -> bool:
        """Whether a path is still wanted on which the state fails and nothing catches it."""
        wanted = not self.merging and not self.toward and state.path not in self.failed
        self.failed.add(state.path)
        return wanted

    def input_shape(self) -> Shape:
        return self.known.get("", ANY)

    def run(self, given: Value | None = None) -> Iterator[Outcome]:
        """The ends of the machine, on an input that nobody knows or on the given one."""
        origin = Origin(Source.INPUT, "the execution's input")
        start = given or self.domain.symbols.fresh(origin, self.input_shape())
        context = {
            "Execution": execution(self.domain.symbols, start),
            "StateMachine": answering.machine(self.domain.symbols),
        }
        yield from self.scope(self.machine.scope, World(), Env(context=context), start)

    def scope(self, scope: Scope, world: World, env: Env[Value], start: Value) -> Iterator[Outcome]:
        """The ends of a scope: an output or a failure, each with its world."""
        if scope.start_at is None or not hasattr(scope.start_at, "value"):
            return
        ways = self.orders.get(id(scope)) or self.orders.setdefault(id(scope), order(scope))
        arrivals: dict[str, Arrivals] = {}
        count = 0
        work: list[Waiting] = [(0, 0, Place(scope.start_at.value, world, env, start))]
        while work:
            asked = self._taken(work)
            state = scope.states.get(asked[0].state)
            if state is None:
                continue
            for place in self._admitted(state, asked, arrivals.setdefault(state.name, Arrivals(asked[0]))):
                following = []
                for found in self._through(scope, state, place, ways.heads):
                    if isinstance(found, Place):
                        following.append(found)
                    else:
                        yield found
                for next_place in self._sorted(scope, following):
                    count += 1
                    heappush(work, (self._rank(ways, next_place, count), count, next_place))

    def _taken(self, work: list[Waiting]) -> list[Place]:
        """What is looked at next; where worlds are merged all that wait at that state, so that they can be joined
        before one of them goes on."""
        rank, _, place = heappop(work)
        asked = [place]
        while self.merging and work and work[0][0] == rank:
            asked.append(heappop(work)[-1])
        return asked

    def _through(self, scope: Scope, state: State, place: Place, heads: frozenset[str]) -> Iterator[Place | Outcome]:
        """The places that follow in the scope, and the ends of the scope that the state is."""
        for move in self.step(state, place):
            if not isinstance(move, Stop):
                self.left.add(state.path)
            match move:
                case Goto():
                    self.edges.add((state.path, move.target))
                    yield from self._next(scope, state, place, move, heads)
                case End():
                    yield move.world, move.output
                case Stop():
                    yield move.world, move.failure

    def _rank(self, ways: Order, place: Place, count: int) -> int:
        """What is taken first: where worlds are merged the state that stands first, so that all that meet there are
        there; else the latest place."""
        return ways.ranks.get(place.state, 0) if self.merging else -count

    def _sorted(self, scope: Scope, following: list[Place]) -> list[Place]:
        """Places in the order in which they are put aside, the one to be taken first last."""
        if self.toward:
            return sorted(following, key=lambda p: -self.distance(scope, p.state))
        return following[::-1]

    def distance(self, scope: Scope, name: str) -> int:
        return self.toward.get((*scope.path, name), len(self.toward))

    def _next(
        self, scope: Scope, state: State, place: Place, move: Goto[World, Value], loops: frozenset[str]
    ) -> Iterator[Place]:
        visits = place.visits
        if move.target in loops:
            count = visits.get(move.target, 0) + 1
            if count >= self.limits.visits and self.merging:
                world = move.world.entered(state.path, f"{TO}{move.target}")
                yield Place(move.target, world, move.env, move.output, visits, again=True)
                return
            if count >= self.limits.visits:
                self.cut(scope.states[move.target].path, f"followed {self.limits.visits} times round a loop")
                return
            visits = {**visits, move.target: count}
        world = move.world.entered(state.path, f"{TO}{move.target}")
        yield Place(move.target, world, move.env, move.output, visits)

    def _admitted(self, state: State, asked: list[Place], arrivals: Arrivals) -> Iterator[Place]:
        """The places to follow: the given ones, one joined of many, or none where nothing new comes of them."""
        for place in self._merged(state, asked, arrivals) if self.merging else asked:
            if self.steps >= self.limits.steps:
                self.cut(state.path, f"{self.limits.steps} steps were taken")
                return
            if self.effort >= self.limits.effort:
                self.cut(state.path, "there is too much to remember")
                return
            self.steps += 1
            self.effort += place.weight * ways_through(state)
            yield place

    def _merged(self, state: State, asked: list[Place], arrivals: Arrivals) -> Iterator[Place]:
        crowd: list[Place] = []
        for place in asked:
            self.effort += place.weight
            if self.effort >= self.limits.effort or not self._is_new(state, place, arrivals):
                continue
            arrivals.count += 1
            if arrivals.count > self.most_worlds or place.again:
                crowd.append(place)
            else:
                yield place
        if self.effort >= self.limits.effort:
            self.cut(state.path, "there is too much to remember")
        elif crowd:
            yield from self._joined(state, crowd, arrivals)

    def _joined(self, state: State, crowd: list[Place], arrivals: Arrivals) -> Iterator[Place]:
        """One place for all that come to a crowded state or to a loop's head once more."""
        before = arrivals.joined
        joined = before or replace(crowd[0], visits={}, again=False)
        joining = Joining(self.domain.symbols, state.path)
        for place in crowd if before else crowd[1:]:
            both = joining.places((joined.world, joined.env, joined.input), (place.world, place.env, place.input))
            if both is None:
                self.cut(state.path, "runs with different variables come here")
            else:
                joined = Place(place.state, *both)
        arrivals.joined = joined
        is_known = len(crowd) == 1 and before is None
        if joined is not before and (is_known or self._is_new(state, joined, arrivals)):
            yield joined

    def _is_new(self, state: State, place: Place, arrivals: Arrivals) -> bool:
        """Whether no arrival before was the same; forms are made from the second arrival on."""
        if place is arrivals.first:
            return True
        if not arrivals.forms:
            arrivals.forms.add(self._form(state, arrivals.first))
        form = self._form(state, place)
        is_new = form not in arrivals.forms
        arrivals.forms.add(form)
        return is_new

    def _form(self, state: State, place: Place) -> Hashable:
        env = place.env
        names = sorted(env.variables) + sorted(env.outer)
        variables = [v for vs in (env.variables, env.outer) for _, v in sorted(vs.items())]
        live = self.live.get(state.path, NOBODY)
        form = canonical(place.world, (place.input, *variables, *env.context.values()), live, self.parts)
        return tuple(names), form

    def step(self, state: State, place: Place) -> Iterator[Move[World, Value]]:
        world = place.world.entered(state.path, "entered")
        self.entered[state.path] = self.entered.get(state.path, 0) + 1
        visit = Visit(state, place.env, place.input)
        if isinstance(state, Choice) and len(self.choices.setdefault(state.path, [])) < self.limits.worlds:
            self.choices[state.path].append(place)
        moves = self.settle(enter(self.domain, world, visit))
        yield from islice(moves, self.limits.ways)
        if next(moves, None) is not None:
            self.cut(state.path, f"more than {self.limits.ways} ways through it")

    def settle(
        self, moves: Iterable[Move[World, Value]]
    ) -> Iterator[Goto[World, Value] | End[World, Value] | Stop[World]]:
        """Carry out moves until all that is left leaves the state."""
        for move in moves:
            match move:
                case Goto() | End() | Stop():
                    yield move
                case Sleep():
                    yield from self.settle(move.then(move.world, None))
                case Perform():
                    for world, answer in answering.answers(self, move):
                        yield from self.settle(move.then(world, answer))
                case ReadItems():
                    for world, answer in answering.items(self, move):
                        yield from self.settle(move.then(world, answer))
                case Branches():
                    for world, answer in (*self._branches(move), *self._unforeseen(move.world, move.state)):
                        yield from self.settle(move.then(world, answer))
                case Iterations():
                    for world, answer in (*iterating.iterations(self, move), *self._unforeseen(move.world, move.state)):
                        yield from self.settle(move.then(world, answer))

    def _unforeseen(self, world: World, state: Map | Parallel) -> Iterator[Outcome]:
        """A failure inside that depends on data, where a catcher waits and an expression inside could fail."""
        if self.merging and state.catch and answering.has_expressions(state):
            yield world.supposing(), thrown(self.domain.symbols, state.path)

    def _branches(self, move: Branches[World, Value]) -> Iterator[Outcome]:
        """Branches run one after the other; what one learns of shared unknowns holds for all. Where one fails, the
        others are followed a little, because they run meanwhile."""
        runs: list[Run] = [(move.world, (), None)]
        most = max(2, min(self.limits.worlds, _WAYS // max(1, len(move.children))))
        for scope, env in move.children:
            following = [r for run in runs for r in self._branch(run, scope, env, move.input)]
            runs = self.kept(following, move.state, most)
        for world, outputs, failure in runs:
            yield world, failure if failure is not None else self.domain.sequence(outputs)

    def _branch(self, run: Run, scope: Scope, env: Env[Value], given: Value) -> Iterator[Run]:
        world, outputs, failure = run
        ends = self.ends(scope, world, env, given)
        if failure is not None:
            meanwhile = sorted(ends, key=lambda end: isinstance(end[1], Failure))
            yield (meanwhile[0][0], outputs, failure) if meanwhile else run
            return
        for ended, value in ends:
            if isinstance(value, Failure):
                yield ended, outputs, value
            else:
                yield ended, (*outputs, value), None
        if not ends:
            self.cut_scope(scope, "no run of a branch was followed to its end")

    def kept(self, runs: list[Run], state: State, most: int | None = None) -> list[Run]:
        most = most or self.limits.worlds
        if len(runs) > most:
            self.cut(state.path, f"more than {most} ways through its branches or items")
        return runs[:most]

    def ends(self, scope: Scope, world: World, env: Env[Value], start: Value) -> list[Outcome]:
        """The ends of an inner scope, as many as are kept apart."""
        found = list(islice(self.scope(scope, world, env, start), self.limits.worlds + 1))
        if len(found) > self.limits.worlds:
            self.cut_scope(scope, f"more than {self.limits.worlds} different runs end here")
        return found[: self.limits.worlds]

    def cut_scope(self, scope: Scope, why: str) -> None:
        for state in scope.states.values():
            self.cut(state.path, why)

    def cut(self, state: tuple[str, ...], why: str) -> None:
        self.cuts.add(Cut(state, why))


def ways_through(state: State) -> int:
    """About how many ways lead out of a state."""
    match state:
        case Choice(choices=rules):
            return 1 + len(rules)
        case Handled(catch=catchers):
            return 1 + len(catchers)
        case _:
            return 1
