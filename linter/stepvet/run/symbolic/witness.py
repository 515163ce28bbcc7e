"""From the end of a symbolic run to a real one: an input and task answers with which the executor goes the same way.

The executor decides: a witness is confirmed when the run ends alike and took the same route. Branches and iterations
run at the same time for the executor and one after the other here, so their states are compared by number, not by
order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from stepvet.asl.errors import matched_by
from stepvet.asl.model import Handled, Map, Parallel, State, StateMachine
from stepvet.run.concrete.execution import Execution, Settings, execute
from stepvet.run.failure import Failure
from stepvet.run.services.service import MissingMock
from stepvet.run.states.handlers import max_attempts
from stepvet.run.symbolic.model import Model
from stepvet.run.symbolic.reading import file_of
from stepvet.run.symbolic.throwing import settled, unnamed
from stepvet.run.symbolic.values import Value
from stepvet.run.symbolic.world import Answered, World, answers_of, trail_of
from stepvet.text.node import Json, String

MOST_REPEATS = 200


@dataclass(frozen=True, slots=True)
class Witness:
    """`services` maps state names to an answer or a list of answers, as a mocks file does. `run` is the executor's,
    None where a task had no answer."""

    input: Json
    services: Mapping[str, Json]
    run: Execution | None = field(default=None, repr=False)
    confirmed: bool = False


def witness(machine: StateMachine, start: Value, world: World, failure: Failure | None) -> Witness:
    """The witness of a run that ended in this world, confirmed or not."""
    model = Model(world)
    given = model.value(start)
    services = dict(_services(machine, world, model))
    run = replay(machine, given, services)
    return Witness(given, services, run, run is not None and _same(machine, world, failure, run))


def replay(machine: StateMachine, given: Json, services: Mapping[str, Json]) -> Execution | None:
    try:
        return execute(machine, given, Settings(services, type=machine.type, max_events=5000))
    except MissingMock:
        return None


def _services(machine: StateMachine, world: World, model: Model) -> Iterator[tuple[str, Json]]:
    states = {state.path: state for state in machine.states()}
    told: dict[tuple[str, ...], list[Answered]] = {}
    for answer in answers_of(world):
        told.setdefault(answer.state, []).append(answer)
    for path, answers in told.items():
        state = states[path]
        shown = [_answer(state, answer, model) for answer in answers]
        if all(answer == shown[0] for answer in shown):
            yield state.name, shown[0]
        else:
            yield state.name, [copy for answer in shown for copy in [answer] * _attempts(state, answer)]


def _answer(state: State, answer: Answered, model: Model) -> Json:
    value = model.value(answer.value)
    if answer.error and isinstance(value, dict):
        return {"errorOutput": {"error": value.get("Error"), "cause": value.get("Cause")}}
    return {"result": file_of(state, value) if isinstance(state, Map) else value}


def _attempts(state: State, answer: Json) -> int:
    """How often an error has to come until the state's retriers give up; results come once."""
    told = answer.get("errorOutput") if isinstance(answer, dict) else None
    if not isinstance(told, dict) or not isinstance(state, Handled):
        return 1
    error = str(told.get("error"))
    for retrier in state.retry:
        if matched_by(error, (e.value for e in retrier.error_equals if isinstance(e, String))):
            return 1 + min(max_attempts(retrier), MOST_REPEATS)
    return 1


def _same(machine: StateMachine, world: World, failure: Failure | None, run: Execution) -> bool:
    if (run.status == "SUCCEEDED") is not (failure is None):
        return False
    if failure is not None and not _same_error(world, failure, run):
        return False
    outer = set(machine.scope.states)
    foreseen = [entry.state for entry in trail_of(world) if entry.event == "entered"]
    names = [path[-1] for path in foreseen]
    walked = [event["state"] for event in run.trace if event["event"] == "entered"]
    if [n for n in names if n in outer] != [n for n in walked if n in outer]:
        return False
    inner, real = Counter(n for n in names if n not in outer), Counter(n for n in walked if n not in outer)
    return inner == real or (bool(real) and real <= inner and _is_cut_short(machine, world, failure))


def _is_cut_short(machine: StateMachine, world: World, failure: Failure | None) -> bool:
    """Whether branches or iterations may have been stopped by the failure of another one."""
    groups = {state.path for state in machine.states() if isinstance(state, Map | Parallel)}
    caught = any(e.event.startswith("catcher ") and e.state in groups for e in trail_of(world))
    return failure is not None or caught


def _same_error(world: World, failure: Failure, run: Execution) -> bool:
    known = settled(world, failure)
    if unnamed(known) is not None:
        return True
    return known.error == run.error
