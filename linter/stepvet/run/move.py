"""What a state does next, as values: where it goes, what it waits for, what it starts.

The core makes moves and a driver carries them out. A move that waits holds the rest of the state's work in `then`,
a pure function from an answer to further moves; calling it twice is a fork. Drivers differ (a scheduler with a
virtual clock, an explorer of worlds); the moves are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final, Generic, Literal, TypeVar

from stepvet.asl.model import Map, Parallel, Scope, State
from stepvet.run.failure import Failure
from stepvet.text.node import Object

W = TypeVar("W")
V = TypeVar("V")


class Absent(Enum):
    """No value; None is one (JSON's null)."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Env(Generic[V]):
    """What a scope's states see besides their input. `variables` are the scope's own, `outer` those that it only
    reads. `context` holds the Context Object's members that stay the same in this scope (`Execution`,
    `StateMachine`, `Map`). `iteration` names the enclosing map iterations, outermost first."""

    variables: Mapping[str, V] = field(default_factory=dict)
    outer: Mapping[str, V] = field(default_factory=dict)
    context: Mapping[str, V] = field(default_factory=dict)
    iteration: tuple[tuple[str, int], ...] = ()
    branch: tuple[int, ...] = ()

    def variable(self, name: str) -> V | Absent:
        return self.variables[name] if name in self.variables else self.outer.get(name, ABSENT)

    @property
    def visible(self) -> Mapping[str, V]:
        return {**self.outer, **self.variables} if self.outer else self.variables

    def assigning(self, assigned: Mapping[str, V]) -> Env[V]:
        return replace(self, variables={**self.variables, **assigned}) if assigned else self


@dataclass(frozen=True, slots=True)
class Visit(Generic[V]):
    """One stay in a state, from its entry to its exit. `event` is the id of the event that entered it, `entered` the
    time, where the driver keeps one; `retries` counts per retrier, `attempt` over all of them."""

    state: State
    env: Env[V]
    raw: V
    event: int = 0
    retries: tuple[int, ...] = ()
    attempt: int = 0
    entered: V | Absent = ABSENT

    @property
    def place(self) -> tuple[object, ...]:
        """What tells it from every other visit of a run: children of a distributed Map count their own events."""
        return (self.env.iteration, self.env.branch, self.event)


@dataclass(frozen=True, slots=True)
class Goto(Generic[W, V]):
    """To the next state of the scope, with the state's output and the variables that it assigned."""

    world: W
    target: str
    output: V
    env: Env[V]
    assigned: Mapping[str, V] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End(Generic[W, V]):
    """The scope ends well."""

    world: W
    output: V
    assigned: Mapping[str, V] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stop(Generic[W]):
    """The scope fails; nothing in it caught the failure."""

    world: W
    failure: Failure


@dataclass(frozen=True, slots=True)
class Sleep(Generic[W, V]):
    """Time passes: a Wait (`amount` is the checked value of its field) or the pause before a retry (a number)."""

    world: W
    kind: Literal["seconds", "timestamp", "retry", "jittered-retry"]
    amount: V | float
    then: Callable[[W, Failure | None], Iterator[Move[W, V]]]


@dataclass(frozen=True, slots=True)
class Call(Generic[V]):
    """A Task's request. `timeout` and `heartbeat` are seconds, checked."""

    visit: Visit[V]
    resource: str
    arguments: V
    timeout: V | Absent = ABSENT
    heartbeat: V | Absent = ABSENT
    credentials: V | Absent = ABSENT


@dataclass(frozen=True, slots=True)
class Perform(Generic[W, V]):
    """A Task's call; the answer is its result or its failure."""

    world: W
    call: Call[V]
    then: Callable[[W, V | Failure], Iterator[Move[W, V]]]


@dataclass(frozen=True, slots=True)
class ReadItems(Generic[W, V]):
    """An ItemReader's work; the answer is an array (or an object) of items, cut to `limit`."""

    world: W
    visit: Visit[V]
    resource: str
    arguments: V
    config: Object | None
    limit: V | Absent
    then: Callable[[W, V | Failure], Iterator[Move[W, V]]]


@dataclass(frozen=True, slots=True)
class Branches(Generic[W, V]):
    """A Parallel's branches start, each with the same input; the answer is the array of their outputs, or the
    failure of the one that failed first."""

    world: W
    visit: Visit[V]
    state: Parallel
    children: Sequence[tuple[Scope, Env[V]]]
    input: V
    then: Callable[[W, V | Failure], Iterator[Move[W, V]]]


@dataclass(frozen=True, slots=True)
class Item(Generic[V]):
    """What a Map iterates over: an array's element, or an object's member with its `key`."""

    index: int
    value: V
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Batch(Generic[V]):
    """How items are put together, checked; `input` is the rendered BatchInput."""

    items: V | Absent
    size: V | Absent
    input: V | Absent


@dataclass(frozen=True, slots=True)
class Iterations(Generic[W, V]):
    """A Map's iterations start. `items` is known to be an array, or an object under a distributed Map. `select` makes
    an iteration's input of an item, `inside` the environment of an iteration (its index, input and first item).
    The answer is the array of outputs in the order of the items, or a failure."""

    world: W
    visit: Visit[V]
    state: Map
    scope: Scope
    items: V
    concurrency: V | Absent
    tolerated_count: V | Absent
    tolerated_percentage: V | Absent
    batch: Batch[V] | None
    select: Callable[[W, Item[V]], Iterator[tuple[W, V | Failure]]]
    inside: Callable[[W, int, V, Item[V] | None], Env[V]]
    then: Callable[[W, V | Failure], Iterator[Move[W, V]]]


Move = (
    Goto[W, V] | End[W, V] | Stop[W] | Sleep[W, V] | Perform[W, V] | ReadItems[W, V] | Branches[W, V] | Iterations[W, V]
)
