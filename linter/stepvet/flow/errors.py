"""Error flow: what a state can raise, what its catchers take, what is left for the states around it.

`Raised` over-approximates: what it doesn't have cannot occur, what it has may. A function, an activity or a callback
raises names of its own choosing, so none is ruled out there. Retriers take nothing away: after the
last attempt the error goes on.

Invariant: `escaping(state)` is a subset of `raised(state)`; `States.Runtime` escapes every catcher (recorded).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stepvet.asl.errors import ALL, RUNTIME, TASK_FAILED, TIMEOUT, matched_by
from stepvet.asl.model import (
    Choice,
    Fail,
    Handled,
    Map,
    Parallel,
    Scope,
    State,
    StateMachine,
    Task,
    inner_scopes,
)
from stepvet.asl.services.errors import ANYTHING, ServiceErrors, service_errors
from stepvet.asl.services.resource import Optimized, SdkCall
from stepvet.flow.calls import called
from stepvet.flow.handlers import entries, has_handlers, hides_items, is_literal, tolerates
from stepvet.flow.nesting import Nesting
from stepvet.text.node import Object, String

_ANYWHERE = frozenset(
    {
        RUNTIME,
        "States.DataLimitExceeded",
        "States.ResultPathMatchFailure",
        "States.IntrinsicFailure",
        "States.QueryEvaluationError",
    }
)
_OF_TASKS = frozenset({TASK_FAILED, TIMEOUT, "States.HeartbeatTimeout", "States.Permissions", "States.Http.Socket"})
_OF_MAPS = frozenset({"States.ExceedToleratedFailureThreshold", "States.ItemReaderFailed", "States.ResultWriterFailed"})
_RUNS_OTHERS = frozenset({"states", "sfn"})
"""Services whose jobs are state machines of their own, with errors of their own."""


@dataclass(frozen=True, slots=True)
class Raised:
    """Error names that may occur: `names`, and whatever `calls` may fail with."""

    names: frozenset[str]
    calls: frozenset[ServiceErrors] = frozenset()

    def __or__(self, other: Raised) -> Raised:
        return Raised(self.names | other.names, self.calls | other.calls)

    def can_match(self, entry: str) -> bool:
        """May an entry of `ErrorEquals` match one of these errors?"""
        if entry in (ALL, TASK_FAILED) or entry in self.names:
            return entry != RUNTIME
        return any(call.may_raise(entry) for call in self.calls)

    def without(self, entries: Iterable[str]) -> Raised:
        """What is left when catchers with these entries have taken theirs."""
        taken = frozenset(entries)
        left = frozenset(name for name in self.names if not matched_by(name, taken))
        return Raised(left, frozenset() if taken & {ALL, TASK_FAILED} else self.calls)


_ANYTHING = Raised(_ANYWHERE | _OF_TASKS | _OF_MAPS, frozenset({ANYTHING}))


class ErrorFlow:
    """Error facts of one machine."""

    def __init__(self, machine: StateMachine) -> None:
        self.machine = machine
        self._nesting = Nesting(machine)
        self._raised: dict[int, Raised] = {}

    def around(self, state: State) -> Iterator[State]:
        """The Parallel and Map states that the state stands in, innermost first."""
        return self._nesting.around(state)

    def raised(self, state: State) -> Raised:
        """What the state itself can raise, its own catchers not counted."""
        if id(state) not in self._raised:
            self._raised[id(state)] = self._raises(state)
        return self._raised[id(state)]

    def escaping(self, state: State) -> Raised:
        """What its own catchers leave."""
        raised = self.raised(state)
        return raised.without(entries(state)) if isinstance(state, Handled) else raised

    def is_handled(self, state: State) -> bool:
        """Has the state, or one around it, any retrier or catcher, or a field that may hold some? A Map around it that
        tolerates failures handles them, too."""
        return has_handlers(state) or any(has_handlers(one) or tolerates(one) for one in self.around(state))

    def is_caught(self, state: State, error: str) -> bool:
        """Does a catcher of the state, or of one around it, take the error? True where a hole may hide one."""
        return any(
            hides_items(one.node.get("Catch")) or matched_by(error, entries(one))
            for one in (state, *self.around(state))
            if isinstance(one, Handled)
        )

    def respelled(self, task: Task, name: str) -> str | None:
        """The name as the task's service spells it, where the two differ in letter case before the dot alone."""
        resource = called(task)
        return service_errors(resource).respelled(name) if resource else None

    def _raises(self, state: State) -> Raised:
        match state:
            case Task():
                return _task(state)
            case Parallel() | Map():
                return self._composite(state)
            case Fail():
                return _fail(state)
            case Choice():
                return Raised(_ANYWHERE | {"States.NoChoiceMatched"})
            case _:
                return Raised(_ANYWHERE)

    def _composite(self, state: Parallel | Map) -> Raised:
        scopes = inner_scopes(state)
        if not scopes or not all(map(_is_readable, scopes)):
            return _ANYTHING
        raised = Raised(_ANYWHERE | _OF_MAPS if isinstance(state, Map) else _ANYWHERE)
        for scope in scopes:
            for inner in scope.states.values():
                raised |= self.escaping(inner)
        return raised


def _is_readable(scope: Scope) -> bool:
    states = scope.node.get("States")
    return isinstance(states, Object) and len(states.members) == len(scope.states)


def _task(state: Task) -> Raised:
    names = _ANYWHERE | _OF_TASKS
    resource = called(state)
    runs_others = isinstance(resource, Optimized | SdkCall) and resource.service in _RUNS_OTHERS
    errors = ANYTHING if resource is None or runs_others else service_errors(resource)
    return Raised(names, frozenset({errors}))


def _fail(state: Fail) -> Raised:
    error = state.error
    if state.error_path is not None or (error is not None and not is_literal(error)):
        return Raised(_ANYWHERE, frozenset({ANYTHING}))
    return Raised(_ANYWHERE | {error.value if isinstance(error, String) else ""})
