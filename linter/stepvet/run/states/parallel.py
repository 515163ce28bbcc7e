"""Parallel: the same input for every branch, the array of their outputs as the result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from stepvet.asl.model import Parallel
from stepvet.run.domain import Domain
from stepvet.run.expression import Sight, bind
from stepvet.run.failure import Failure
from stepvet.run.move import Branches, Env, Move, Visit
from stepvet.run.stages import arguments, effective
from stepvet.run.states.handlers import handle
from stepvet.run.states.task import after_work

W = TypeVar("W")
V = TypeVar("V")


def enter_parallel(domain: Domain[W, V], world: W, visit: Visit[V]) -> Iterator[Move[W, V]]:
    state = visit.state
    assert isinstance(state, Parallel)
    node = state.arguments if state.language == "JSONata" else state.parameters
    inputs = bind(effective(domain, world, visit), lambda w, v: arguments(domain, w, Sight(visit, v), node))
    for found, value in inputs:
        if isinstance(value, Failure):
            yield from handle(domain, found, visit, value, enter_parallel)
        else:
            yield _start(domain, domain.took(found, visit, "started", 0), visit, state, value)


def _start(domain: Domain[W, V], world: W, visit: Visit[V], state: Parallel, value: V) -> Move[W, V]:
    children = [(scope, _inside(visit.env, index)) for index, scope in enumerate(state.branches)]

    def then(joined: W, answer: V | Failure) -> Iterator[Move[W, V]]:
        return after_work(domain, joined, visit, answer, f"The state/task '{state.name}'", enter_parallel)

    return Branches(world, visit, state, children, value, then)


def _inside(env: Env[V], index: int) -> Env[V]:
    return replace(env, variables={}, outer=env.visible, branch=(*env.branch, index))
