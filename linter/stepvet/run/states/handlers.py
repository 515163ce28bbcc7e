"""Retry and Catch: what becomes of an error in a Task, a Map or a Parallel.

The first retrier that matches decides: while it has attempts left the state runs again after a pause, else the catchers
are asked (an exhausted retrier isn't replaced by a later one). Each visit counts anew, one counter for each retrier.
The first catcher that matches gives the next input: its own Assign, and ResultPath on the raw input or Output. Nothing
of the failed state's own later stages applies. `States.Runtime` passes both by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from stepvet.asl.model import Catcher, Handled, Retrier
from stepvet.run.domain import Answers, Domain
from stepvet.run.expression import Sight, stop, told
from stepvet.run.failure import Failure
from stepvet.run.move import Goto, Move, Sleep, Stop, Visit
from stepvet.run.stages import assigned_by, combined, language_output, outcome_of
from stepvet.text.node import Hole, Number, String

W = TypeVar("W")
V = TypeVar("V")
LARGEST = 99_999_999.0
"""AWS's limit of seconds and attempts."""

Enter = Callable[[Domain[W, V], W, Visit[V]], Iterator[Move[W, V]]]


def handle(
    domain: Domain[W, V], world: W, visit: Visit[V], failure: Failure, again: Enter[W, V]
) -> Iterator[Move[W, V]]:
    """What comes of a failure in this state; `again` runs the state once more."""
    world, failure = told(domain, world, visit, failure)
    if not isinstance(visit.state, Handled) or failure.is_fatal:
        yield Stop(world, failure)
        return
    yield from _retry(domain, world, visit, failure, again)


def _retry(
    domain: Domain[W, V], world: W, visit: Visit[V], failure: Failure, again: Enter[W, V]
) -> Iterator[Move[W, V]]:
    """What the first retrier that takes the error does; the catchers, where it is used up and where there is none."""
    state = visit.state
    assert isinstance(state, Handled)
    left = [(world, failure)]
    for index, retrier in enumerate(state.retry):
        asked, left = left, []
        for found, matches, known in _asked(domain, asked, retrier):
            if not matches:
                left.append((found, known))
            elif _count(visit, index) < max_attempts(retrier):
                yield _pause(domain, domain.took(found, visit, "retrier", index), visit, retrier, index, again)
            else:
                yield from _catch(domain, found, visit, known)
    for found, known in left:
        yield from _catch(domain, found, visit, known)


def _asked(
    domain: Domain[W, V], asked: Iterable[tuple[W, Failure]], handler: Retrier | Catcher
) -> Iterator[tuple[W, bool, Failure]]:
    names = [name.value for name in handler.error_equals if isinstance(name, String)]
    for world, failure in asked:
        yield from domain.catches(world, failure, names)


def _count(visit: Visit[V], index: int) -> int:
    return visit.retries[index] if visit.retries else 0


def _pause(
    domain: Domain[W, V], world: W, visit: Visit[V], retrier: Retrier, index: int, again: Enter[W, V]
) -> Move[W, V]:
    state = visit.state
    assert isinstance(state, Handled)
    counts = visit.retries or (0,) * len(state.retry)
    retried = replace(
        visit, retries=(*counts[:index], counts[index] + 1, *counts[index + 1 :]), attempt=visit.attempt + 1
    )
    jitter = isinstance(retrier.jitter_strategy, String) and retrier.jitter_strategy.value == "FULL"

    def then(woken: W, _failure: Failure | None) -> Iterator[Move[W, V]]:
        return again(domain, woken, retried)

    return Sleep(world, "jittered-retry" if jitter else "retry", delay(retrier, counts[index]), then)


def max_attempts(retrier: Retrier) -> int:
    return int(min(_number(retrier.max_attempts, 3), LARGEST))


def delay(retrier: Retrier, retries: int) -> float:
    """Seconds before the next attempt, after so many retries by this retrier; jitter comes on top."""
    interval, rate = _number(retrier.interval_seconds, 1), _number(retrier.backoff_rate, 2.0)
    longest = _number(retrier.max_delay_seconds, float("inf"))
    try:
        return min(interval * rate**retries, longest)
    except OverflowError:
        return min(LARGEST, longest)


def _number(node: Number | String | Hole | None, default: float) -> float:
    return node.value if isinstance(node, Number) else default


def _catch(domain: Domain[W, V], world: W, visit: Visit[V], failure: Failure) -> Iterator[Move[W, V]]:
    """What the first catcher that takes the error does."""
    state = visit.state
    assert isinstance(state, Handled)
    left = [(world, failure)]
    for index, catcher in enumerate(state.catch):
        asked, left = left, []
        for found, matches, known in _asked(domain, asked, catcher):
            if not matches:
                left.append((found, known))
            else:
                taken = domain.took(found, visit, "catcher", index)
                yield from _caught(domain, taken, visit, catcher, index, domain.error_output(taken, known))
    yield from (Stop(found, known) for found, known in left)


def _caught(
    domain: Domain[W, V], world: W, visit: Visit[V], catcher: Catcher, index: int, error: V
) -> Iterator[Move[W, V]]:
    """The catcher's own stages; a failure in them ends the scope."""
    world = domain.saw(world, visit, "error_output", error)
    prefix = f"Catch[{index}]/"
    in_jsonata = visit.state.language == "JSONata"
    sight = Sight(visit, visit.raw, error=error) if in_jsonata else Sight(visit, error)

    def output(w: W) -> Answers[W, V]:
        if in_jsonata:
            return language_output(domain, w, sight, catcher.output, f"{prefix}Output", error)
        return combined(domain, w, visit, catcher.result_path, error, prefix)

    assigned = assigned_by(domain, world, sight, catcher.assign, f"{prefix}Assign")
    target = catcher.next.value if isinstance(catcher.next, String) else ""
    for found, left in outcome_of(domain, assigned, visit, output):
        if isinstance(left, Failure):
            yield stop(domain, found, visit, left)
        else:
            yield Goto(found, target, left.output, visit.env.assigning(left.assigned), left.assigned)
