"""Errors whose names nobody knows yet: what a failed task throws, narrowed by the catchers that do or don't match.

The name is an unknown text. An `ErrorEquals` that names it pins it; a wildcard takes every name but those that it can't
match; what no catcher takes differs from all that they take.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stepvet.asl.errors import ALL, RUNTIME, TASK_FAILED, TIMEOUT, matched_by
from stepvet.asl.services import shapes
from stepvet.run.failure import Failure
from stepvet.run.symbolic.facts import Fact, equal_to
from stepvet.run.symbolic.values import Con, Obj, Origin, Source, Sym, Symbols, Value
from stepvet.run.symbolic.world import World, learn, pinned

WILDCARDS = frozenset((ALL, TASK_FAILED))


@dataclass(frozen=True, slots=True)
class Thrown:
    """What a task or a Fail state threw, as far as it isn't known. None: it has no such text."""

    error: Value | None
    cause: Value | None


def thrown(symbols: Symbols, state: tuple[str, ...]) -> Failure:
    """A failure of a task with any name but `States.Runtime`, which the engine alone raises."""
    origin = Origin(Source.ERROR, f'the error of "{state[-1]}"', state)
    error = symbols.fresh(origin, shapes.STRING, ("Error",))
    return Failure(None, None, detail=Thrown(error, symbols.fresh(origin, shapes.STRING, ("Cause",))))


def raised(world: World, error: Value | None, cause: Value | None) -> Failure:
    """The failure of a Fail state."""
    name = pinned(world, error) if error is not None else None
    text = pinned(world, cause) if cause is not None else None
    known = str(name.value) if name else None
    return Failure(known, str(text.value) if text else None, detail=Thrown(error, cause))


def unnamed(failure: Failure) -> Sym | None:
    """The unknown name of a failure that has one."""
    if failure.error is None and isinstance(failure.detail, Thrown) and isinstance(failure.detail.error, Sym):
        return failure.detail.error
    return None


def catches(world: World, failure: Failure, names: Sequence[str]) -> Iterator[tuple[World, bool, Failure]]:
    """Whether an `ErrorEquals` of these names takes the failure; "yes" answers first, one for each name."""
    error = unnamed(failure)
    if error is None:
        yield world, matched_by(failure.error or "", names), failure
        return
    known = pinned(world, error)
    if known is not None:
        yield world, matched_by(str(known.value), names), failure
        return
    yield from _open(world, failure, error, list(dict.fromkeys(names)))


def _open(world: World, failure: Failure, error: Sym, names: list[str]) -> Iterator[tuple[World, bool, Failure]]:
    left: World | None = world
    for name in names:
        if left is None:
            return
        met, missed = _facts(name)
        taken = learn(left, error, *met)
        if taken is not None:
            yield taken, True, failure
        left = learn(left, error, *missed) if missed is not None else None
    if left is not None:
        yield left, False, failure


def _facts(name: str) -> tuple[tuple[Fact, ...], tuple[Fact, ...] | None]:
    """What holds of an error that the entry matches, and of one that it doesn't; None: it matches every error."""
    if name == ALL:
        return (equal_to(RUNTIME, holds=False),), None
    if name == TASK_FAILED:
        return (equal_to(TIMEOUT, holds=False), equal_to(RUNTIME, holds=False)), (equal_to(TIMEOUT),)
    return (equal_to(name),), (equal_to(name, holds=False),)


def error_output(world: World, failure: Failure, state: tuple[str, ...]) -> Value:
    """`{Error, Cause}`, closed."""
    origin = Origin(Source.ERROR, f'the error output caught from "{state[-1]}"' if state else "an error output", state)
    thrown = failure.detail if isinstance(failure.detail, Thrown) else Thrown(None, None)
    return Obj(
        {
            "Error": _text(world, failure.error, thrown.error, origin),
            "Cause": _text(world, failure.cause, thrown.cause, origin),
        },
        None,
        origin,
    )


def _text(world: World, text: str | None, value: Value | None, origin: Origin) -> Value:
    if text is None and value is not None:
        return pinned(world, value) or value
    return Con(text or "", origin)


def settled(world: World, failure: Failure) -> Failure:
    """The failure with the name that its world pins, if it does."""
    error = unnamed(failure)
    known = pinned(world, error) if error else None
    return replace(failure, error=str(known.value)) if known else failure
