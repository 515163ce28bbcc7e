"""A machine without its retriers. They have no effect on data, so the explorer takes a failed task to have failed at
every attempt of its visit, and the witnesses answer each attempt alike."""

from __future__ import annotations

from dataclasses import replace

from stepvet.asl.model import Handled, Map, Parallel, Scope, State, StateMachine


def without_retries(machine: StateMachine) -> StateMachine:
    return replace(machine, scope=_scope(machine.scope))


def _scope(scope: Scope) -> Scope:
    return replace(scope, states={name: _state(state) for name, state in scope.states.items()})


def _state(state: State) -> State:
    match state:
        case Parallel():
            return replace(state, retry=(), branches=tuple(map(_scope, state.branches)))
        case Map():
            inner = replace(state.processor, scope=_scope(state.processor.scope)) if state.processor else None
            return replace(state, retry=(), processor=inner)
        case Handled():
            return replace(state, retry=())
        case _:
            return state
