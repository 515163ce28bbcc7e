"""One state by itself, with a mocked result: what TestState does. Requests are checked elsewhere.

The core is the same as in a whole run; this driver answers its moves from the request, and doesn't go on to another
state. A pause before a retry ends the test: the state is RETRIABLE.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

from stepvet.asl.errors import matched_by
from stepvet.asl.model import Handled, Map, State
from stepvet.run.concrete.domain import Concrete
from stepvet.run.concrete.execution import START
from stepvet.run.concrete.groups import items_in
from stepvet.run.concrete.history import History
from stepvet.run.concrete.recorder import Line, Recorder
from stepvet.run.demand import number_of
from stepvet.run.distributed.batching import batches
from stepvet.run.distributed.dataset import items_of_file, limited
from stepvet.run.distributed.tolerance import tolerance_of
from stepvet.run.domain import Stage, Turn
from stepvet.run.failure import Failure
from stepvet.run.machine import enter
from stepvet.run.move import (
    Absent,
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
from stepvet.run.services.service import MissingMock
from stepvet.text.node import Json, String, plain

Status = Literal["SUCCEEDED", "FAILED", "RETRIABLE", "CAUGHT_ERROR"]


@dataclass(frozen=True, slots=True)
class Request:
    """What the state is tested with. `answer` is the mocked result or failure; None where none is given. `retries`
    have happened already; `failures` is the number of a Map's iterations that failed; `read` is what its ItemReader
    finds."""

    given: Json
    context: Mapping[str, Json]
    variables: Mapping[str, Json] = field(default_factory=dict)
    answer: tuple[Json | Failure] | None = None
    retries: int = 0
    failures: int = 0
    read: Any = None


@dataclass(slots=True)
class StateOutcome:
    """What came of it: the values of every stage, and what was taken on the way."""

    status: Status = "SUCCEEDED"
    output: tuple[Json] | None = None
    failure: Failure | None = None
    next: str | None = None
    stages: dict[Stage, Json] = field(default_factory=dict)
    variables: dict[str, Json] = field(default_factory=dict)
    details: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class _Watch(Recorder):
    """Notes stages and turns of the one visit."""

    tested: StateOutcome = field(default_factory=StateOutcome)

    def saw(self, visit: Visit[Json], stage: Stage, value: Json) -> None:
        self.tested.stages[stage] = value

    def took(self, visit: Visit[Json], turn: Turn, index: int) -> None:
        if turn == "catcher":
            self.tested.status, self.tested.failure = "CAUGHT_ERROR", self.latest
            self.tested.details["catchIndex"] = index
        elif turn == "retrier":
            self.tested.status, self.tested.failure = "RETRIABLE", self.latest
            self.tested.details["retryIndex"] = index


def try_state(state: State, request: Request) -> StateOutcome:
    """Test it. Raises `MissingMock` where the state needs a mocked answer and there is none."""
    watch = _Watch()
    domain = Concrete(START, Random(0), watch, Line(History()))
    retriers = len(state.retry) if isinstance(state, Handled) else 0
    env = Env(variables=dict(request.variables), context=request.context)
    visit = Visit(state, env, request.given, retries=(request.retries,) * retriers, attempt=request.retries)
    tested, move = watch.tested, next(enter(domain, 0.0, visit))
    tested.variables = dict(request.variables)
    while not _is_last(move):
        if isinstance(move, Sleep) and move.kind in ("retry", "jittered-retry"):
            tested.details["retryBackoffIntervalSeconds"] = _whole(move.amount)
            return tested
        move = _answered(domain, move, request, tested)
    _conclude(tested, state, move)
    return tested


def _is_last(move: Move[float, Json]) -> bool:
    return isinstance(move, Goto | End | Stop)


def _whole(amount: Json) -> Json:
    return int(amount) if isinstance(amount, float) and amount.is_integer() else amount


def _conclude(tested: StateOutcome, state: State, move: Move[float, Json]) -> None:
    if isinstance(move, Stop):
        tested.status, tested.failure = "FAILED", move.failure
        index = _exhausted(state, move.failure)
        if index is not None:
            tested.details["retryIndex"] = index
        return
    assert isinstance(move, Goto | End)
    tested.output = (move.output,)
    tested.variables |= move.assigned
    if isinstance(move, Goto):
        tested.next = move.target


def _exhausted(state: State, failure: Failure) -> int | None:
    """The retrier that matched and had no attempt left."""
    for index, retrier in enumerate(state.retry if isinstance(state, Handled) else ()):
        names = [name.value for name in retrier.error_equals if isinstance(name, String)]
        if matched_by(failure.error or "", names):
            return index
    return None


def _answered(domain: Concrete, move: Move[float, Json], request: Request, tested: StateOutcome) -> Move[float, Json]:
    match move:
        case Sleep():
            return next(move.then(move.world, None))
        case ReadItems():
            return next(move.then(move.world, _read(move, request, tested)))
        case Iterations():
            _inspect(domain, move, tested)
            return next(move.then(move.world, _beyond(move, request) or _mocked(move.state, request)))
        case Branches():
            return next(move.then(move.world, _mocked(move.state, request)))
        case Perform():
            return next(move.then(move.world, _mocked(move.call.visit.state, request)))
        case _:
            return move


def _mocked(state: State, request: Request) -> Json | Failure:
    if request.answer is None:
        raise MissingMock(state.name, "", "the state needs a mocked result or errorOutput")
    return request.answer[0]


def _read(move: ReadItems[float, Json], request: Request, tested: StateOutcome) -> Json | Failure:
    config = plain(move.config) if move.config is not None else {}
    settings = config if isinstance(config, dict) else {}
    items = items_of_file(request.read, settings, lambda _place: request.read) if request.read is not None else []
    if isinstance(items, Failure):
        return items
    if settings.get("ItemsPointer") is not None:
        tested.stages["items_pointer"] = items
    return limited(items, None if isinstance(move.limit, Absent) else number_of(move.limit))


def _beyond(move: Iterations[float, Json], request: Request) -> Failure | None:
    """Without thresholds of its own, a Map tolerates the failures that a test declares (recorded)."""
    tolerance = tolerance_of(move.tolerated_count, move.tolerated_percentage)
    if tolerance.count is None and tolerance.percentage is None:
        return None
    return tolerance.exceeded(request.failures, len(items_in(move.items)))


def _inspect(domain: Concrete, move: Iterations[float, Json], tested: StateOutcome) -> None:
    """The inputs of all iterations, where a selector or a batcher makes them."""
    inputs = [next(move.select(move.world, item))[1] for item in items_in(move.items)]
    values = [value for value in inputs if not isinstance(value, Failure)]
    if isinstance(move.state, Map) and (move.state.item_selector or move.state.parameters):
        tested.stages["item_selector"] = values
    if move.batch is not None:
        tested.stages["item_batcher"] = list(batches(values, move.batch, domain.size))
