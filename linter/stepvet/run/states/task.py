"""Task: arguments, limits, the call, and what its answer becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from stepvet.asl.model import Task
from stepvet.run.demand import demand
from stepvet.run.domain import Answers, Domain, Field
from stepvet.run.expression import Found, Maker, Sight, bind, each, only, rendered
from stepvet.run.failure import Failure
from stepvet.run.move import ABSENT, Absent, Call, Move, Perform, Visit
from stepvet.run.stages import arguments, effective, finish
from stepvet.run.states.computed import if_given
from stepvet.run.states.handlers import handle
from stepvet.run.states.plain import leave
from stepvet.text.node import Number, Object, String

W = TypeVar("W")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Request(Generic[V]):
    arguments: V
    timeout: V | Absent = ABSENT
    heartbeat: V | Absent = ABSENT
    credentials: V | Absent = ABSENT


def enter_task(domain: Domain[W, V], world: W, visit: Visit[V]) -> Iterator[Move[W, V]]:
    state = visit.state
    assert isinstance(state, Task)
    for found, request in bind(effective(domain, world, visit), lambda w, v: _request(domain, w, visit, state, v)):
        if isinstance(request, Failure):
            yield from handle(domain, found, visit, request, enter_task)
        else:
            yield _perform(domain, found, visit, state, request)


def _request(domain: Domain[W, V], world: W, visit: Visit[V], state: Task, value: V) -> Found[W]:
    """The fields of a call, in the order in which AWS computes them as far as that is recorded."""
    sight = Sight(visit, value)
    makers: list[Maker[W]] = [
        lambda w: _arguments(domain, w, sight, state),
        lambda w: _limit(domain, w, sight, state, "TimeoutSeconds"),
        lambda w: _limit(domain, w, sight, state, "HeartbeatSeconds"),
        lambda w: _credentials(domain, w, sight, state.credentials),
    ]
    return bind(each(world, makers), lambda w, fields: only(w, _Request(*fields)))


def _arguments(domain: Domain[W, V], world: W, sight: Sight[V], state: Task) -> Found[W]:
    node = state.arguments if state.language == "JSONata" else state.parameters
    return bind(arguments(domain, world, sight, node), lambda w, given: _sendable(domain, w, state, given))


def _sendable(domain: Domain[W, V], world: W, state: Task, given: V) -> Answers[W, V]:
    """What can't be made into a request fails before the call (recorded)."""
    node = state.arguments or state.parameters or state.key
    if resource_of(state).endswith(":apigateway:invoke"):
        return domain.check(world, given, demand("JSONata", "headers"), Field(node, "Parameters"))
    return only(world, given)


def _limit(domain: Domain[W, V], world: W, sight: Sight[V], state: Task, name: str) -> Found[W]:
    given, path = (
        (state.timeout_seconds, state.timeout_seconds_path)
        if name == "TimeoutSeconds"
        else (state.heartbeat_seconds, state.heartbeat_seconds_path)
    )
    known = given if isinstance(given, Number | String) else None
    return if_given(domain, world, sight, name, known, path, "timeout")


def _credentials(domain: Domain[W, V], world: W, sight: Sight[V], node: Object | None) -> Found[W]:
    if node is None:
        return only(world, ABSENT)
    return rendered(domain, world, sight, node, "Credentials")


def resource_of(state: Task) -> str:
    """The resource as written; a hole stands as its own text."""
    if state.resource is None:
        return ""
    return state.resource.value if isinstance(state.resource, String) else state.resource.text


def _perform(domain: Domain[W, V], world: W, visit: Visit[V], state: Task, request: _Request[V]) -> Move[W, V]:
    resource = resource_of(state)

    def then(answered: W, answer: V | Failure) -> Iterator[Move[W, V]]:
        return after_work(domain, answered, visit, answer, f"The state/task '{resource}'", enter_task)

    call = Call(visit, resource, request.arguments, request.timeout, request.heartbeat, request.credentials)
    return Perform(world, call, then)


def after_work(
    domain: Domain[W, V],
    world: W,
    visit: Visit[V],
    answer: V | Failure,
    what: str,
    again: Callable[[Domain[W, V], W, Visit[V]], Iterator[Move[W, V]]],
) -> Iterator[Move[W, V]]:
    """What comes of a Task's, a Parallel's or a Map's answer: the later stages, or the handlers."""
    answers = bind(only(world, answer), lambda w, v: domain.fits(w, v, what))
    outcomes = bind(answers, lambda w, v: finish(domain, domain.saw(w, visit, "result", v), visit, v))
    for found, outcome in outcomes:
        if isinstance(outcome, Failure):
            yield from handle(domain, found, visit, outcome, again)
        else:
            yield from leave(domain, only(found, outcome), visit)
