"""What symbolic runs say about Choice states: constants that a value can never equal, statuses that never leave a
loop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stepvet.asl.model import Choice, Combination, Comparison, Pass, State, Task, Test, Wait
from stepvet.asl.services import shapes
from stepvet.run.domain import Field
from stepvet.run.expression import Sight, plain_path
from stepvet.run.failure import Failure
from stepvet.run.move import End, Goto, Stop, Visit
from stepvet.run.stages import effective
from stepvet.run.symbolic.explorer import Explorer, Place
from stepvet.run.symbolic.facts import equal_to
from stepvet.run.symbolic.values import Source, Sym
from stepvet.run.symbolic.world import World, enumeration, learn
from stepvet.text.node import String

TERMINAL = re.compile(
    r"(?:^|_|(?<=[a-z]))(FAILED|FAILURE|ABORTED|CANCELL?ED|TIMED_?OUT|EXPIRED|TERMINATED|ERROR|REJECTED|STOPPED)$"
    r"|^(Failed|Aborted|Cancell?ed|TimedOut|Expired|Terminated|Error|Rejected|Stopped)$"
)
"""Values of an API's status that look as if nothing came after them."""
_FARTHEST = 40


@dataclass(frozen=True, slots=True)
class ImpossibleConstant:
    """`values` are all that the API's member can be; `operand` is none of them."""

    state: Choice
    operand: String
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StuckStatus:
    """With any of `values` the run comes back from `state` to `task`, which asks for the status again."""

    state: Choice
    task: State
    values: tuple[str, ...]


def comparisons(test: Test | None) -> Iterator[Comparison]:
    match test:
        case Comparison():
            yield test
        case Combination(tests=tests):
            for part in tests:
                yield from comparisons(part)


def variables_at(explorer: Explorer, state: Choice, place: Place, test: Comparison) -> Iterator[tuple[World, Sym]]:
    """The unknowns that a comparison's Variable reads at a place."""
    if not isinstance(test.variable, String):
        return
    world = place.world.entered(state.path, "entered")
    visit = Visit(state, place.env, place.input)
    field = Field(test.variable, "Variable", "condition")
    for found, document in effective(explorer.domain, world, visit):
        if isinstance(document, Failure):
            continue
        for read, value in plain_path(explorer.domain, found, Sight(visit, document), test.variable, field):
            if isinstance(value, Sym):
                yield read, value


def impossible_constants(explorer: Explorer, state: Choice) -> Iterator[ImpossibleConstant]:
    """Constants compared for equality with a member of an API's answer that can't have that value, in every run."""
    places = explorer.choices.get(state.path, [])
    tests = [t for rule in state.choices for t in comparisons(rule.test) if t.operator.name == "StringEquals"]
    for test in tests:
        if not isinstance(test.operand, String) or test.operand.holes:
            continue
        found = [[enumeration(sym) for _, sym in variables_at(explorer, state, place, test)] for place in places]
        known = {values for each in found for values in each}
        if all(found) and len(known) == 1 and all(known) and test.operand.value not in next(iter(known)):
            yield ImpossibleConstant(state, test.operand, next(iter(known)))


def stuck_status(explorer: Explorer, states: dict[tuple[str, ...], State], state: Choice) -> StuckStatus | None:
    """The statuses that look final and lead back to the task that asks for them."""
    for test in (t for rule in state.choices for t in comparisons(rule.test)):
        for place in explorer.choices.get(state.path, [])[:3]:
            for world, sym in variables_at(explorer, state, place, test):
                task = states.get(sym.origin.state)
                if not isinstance(sym.shape, shapes.String) or sym.origin.source is not Source.RESULT:
                    continue
                if not isinstance(task, Task) or task.path[:-1] != state.path[:-1]:
                    continue
                stuck = tuple(v for v in enumeration(sym) if _comes_back(explorer, state, place, world, sym, task, v))
                if stuck:
                    return StuckStatus(state, task, stuck)
    return None


def _comes_back(
    explorer: Explorer, state: Choice, place: Place, world: World, sym: Sym, task: State, value: str
) -> bool:
    """Whether every way from the Choice with this status leads to the task again, through states that only decide or
    wait."""
    if not TERMINAL.search(value):
        return False
    learnt = learn(world, sym, equal_to(value))
    if learnt is None:
        return False
    scope = explorer.scopes[state.path[:-1]]
    pending = [(state.name, replace(place, world=learnt))]
    for _ in range(_FARTHEST):
        if not pending:
            return True
        name, here = pending.pop()
        current = scope.states.get(name)
        if current is None or (name != task.name and not isinstance(current, Choice | Wait | Pass)):
            return False
        if name == task.name:
            continue
        for move in explorer.step(current, here):
            if isinstance(move, End | Stop):
                return False
            assert isinstance(move, Goto)
            pending.append((move.target, Place(move.target, move.world, move.env, move.output)))
    return False
