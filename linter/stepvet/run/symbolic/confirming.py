"""Witnesses that the executor confirms: with their input and answers a concrete run fails in the same state, and there
at the same place. Who meets no failure doesn't load the executor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stepvet.asl.model import State, StateMachine
from stepvet.run.failure import Failure
from stepvet.run.symbolic.domain import Met
from stepvet.run.symbolic.values import Value
from stepvet.run.symbolic.witness import Witness, replay, witness

MOST_MEMBERS = 24
"""An input with more members is left as it is."""


def confirmed(machine: StateMachine, start: Value, state: State, met: Met) -> Witness | None:
    """A small witness of a failure in a state, confirmed; None where none is found. `start` is the symbolic input."""
    shown = witness(machine, start, met.world, met.failure)
    return _minimal(machine, shown, state, met.failure) if _fails_there(shown, state, met.failure) else None


def _fails_there(shown: Witness, state: State, failure: Failure) -> bool:
    """Whether the executor met this failure in this state: it ended the run there, or a handler took it."""
    run = shown.run
    if run is None:
        return False
    if run.failure is not None and run.failure.at is failure.at and run.error == failure.error:
        return True
    return any(
        e["event"] == "failed" and e.get("state") == state.name and e.get("error") == failure.error for e in run.trace
    )


def _minimal(machine: StateMachine, shown: Witness, state: State, failure: Failure) -> Witness:
    """The witness without input members that the failure doesn't need."""
    given = shown.input
    if not isinstance(given, dict) or len(given) > MOST_MEMBERS:
        return shown
    for key in list(given):
        fewer = {k: v for k, v in given.items() if k != key}
        run = replay(machine, fewer, shown.services)
        smaller = Witness(fewer, shown.services, run, shown.confirmed)
        if run is not None and _fails_there(smaller, state, failure) and _same_route(run.trace, shown):
            given, shown = fewer, smaller
    return shown


def _same_route(trace: Iterable[Mapping[str, object]], shown: Witness) -> bool:
    assert shown.run is not None
    routes = [[e["state"] for e in t if e["event"] == "entered"] for t in (trace, shown.run.trace)]
    return routes[0] == routes[1]
