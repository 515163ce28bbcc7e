"""What symbolic runs find out about a definition: failures that some or all runs meet, rules and states that none does.

Each failure is told with its place, the places where the value was made, the path in words and a witness, which the
executor has run: it failed in the same state at the same place. Nothing that depends on unknown data is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from stepvet.asl.model import Choice, ChoiceRule, State, StateMachine
from stepvet.asl.paths.tree import Root
from stepvet.asl.services.shapes import Shape
from stepvet.run.failure import NO_CHOICE_MATCHED, Failure
from stepvet.run.symbolic.choices import (
    ImpossibleConstant,
    StuckStatus,
    comparisons,
    impossible_constants,
    stuck_status,
)
from stepvet.run.symbolic.describing import route_in_words
from stepvet.run.symbolic.domain import Asked, Hint, Met
from stepvet.run.symbolic.explorer import Explorer
from stepvet.run.symbolic.failure_kinds import FailureKind, kind_of_failure
from stepvet.run.symbolic.limits import Limits
from stepvet.run.symbolic.live import live_names, next_names
from stepvet.run.symbolic.telling import Told, tell
from stepvet.run.symbolic.trouble import Trouble
from stepvet.run.symbolic.values import Origin, Source, Value
from stepvet.run.symbolic.world import World, enumeration, trail_of
from stepvet.text.node import At, String

if TYPE_CHECKING:
    from stepvet.run.symbolic.witness import Witness


@dataclass(frozen=True, slots=True)
class DataFailure:
    """`always`: every run that gets there fails. `labels` are the places of the story, `route` the path in words."""

    kind: FailureKind
    state: State
    at: At
    told: Told
    route: str
    witness: Witness
    always: bool
    error: str
    enumerated: bool = False
    """For a Choice: the value that no rule takes is one of those that an API lists."""


@dataclass(frozen=True, slots=True)
class DeadRule:
    """A Choice rule that no run takes."""

    state: Choice
    rule: ChoiceRule


@dataclass(frozen=True, slots=True)
class LeftOver:
    """`enumerated`: the value that no rule takes is one of those that an API lists."""

    witness: Witness
    enumerated: bool


class DataFacts:
    """The facts of one machine, worked out when they are first asked for."""

    def __init__(self, machine: StateMachine, known: Mapping[str, Shape] | None = None) -> None:
        self.machine = machine
        self._known = known or {}

    @cached_property
    def explorer(self) -> Explorer:
        """The exploration with merged worlds, run to its end."""
        explorer = Explorer(self.machine, Limits(), live_names(self.machine), known=self._known)
        origin = Origin(Source.INPUT, "the execution's input")
        self._start: Value = explorer.domain.symbols.fresh(origin, explorer.input_shape())
        for _ in explorer.run(self._start):
            pass
        return explorer

    @cached_property
    def incomplete(self) -> frozenset[tuple[str, ...]]:
        """States of which nothing can be said that holds for every run: something was cut there or before."""
        explorer = self.explorer
        cut = {c.state for c in explorer.cuts}
        if () in cut:
            return frozenset(state.path for state in self.machine.states())
        return frozenset(_after(self.machine, cut))

    @cached_property
    def failures(self) -> tuple[DataFailure, ...]:
        """One for each place that fails, in the order of the text; those of a state in which all runs fail first."""
        return tuple(self._failures())

    def of(self, state: State, kind: FailureKind | str) -> Iterator[DataFailure]:
        return (f for f in self._by_state.get(state.path, ()) if f.kind == kind)

    @cached_property
    def _by_state(self) -> Mapping[tuple[str, ...], Sequence[DataFailure]]:
        found: dict[tuple[str, ...], list[DataFailure]] = {}
        for failure in self.failures:
            found.setdefault(failure.state.path, []).append(failure)
        return found

    def _failures(self) -> Iterator[DataFailure]:
        met: dict[int, list[Met]] = {}
        for each in self.explorer.domain.met:
            met.setdefault(id(each.failure.at), []).append(each)
        states = {state.path: state for state in self.machine.states()}
        for group in met.values():
            found = self._failure(states[group[0].state.path], group)
            if found is not None:
                yield found

    def _failure(self, state: State, group: list[Met]) -> DataFailure | None:
        """The failure with the shortest way to it whose witness is confirmed."""
        at = group[0].failure.at
        assert at is not None
        kind = kind_of_failure(self.explorer, state, group[0])
        if kind is None:
            return None
        certain = [m for m in group if not m.world.supposed]
        for met in sorted(certain, key=lambda m: _length(m.world))[:_TRIES]:
            shown = self._witness(state, met)
            if shown is not None:
                passed = (id(at), asked_of(met.failure)) in self.explorer.domain.passed
                whole = state.path not in self.incomplete | self.explorer.left
                always = whole and not passed and not _reads_context(met.failure)
                told = tell(self.explorer.domain, state, met)
                route = route_in_words(met.world)
                return DataFailure(
                    kind, state, at, told, route, shown, always, met.failure.error or "", _is_enumerated(state, met)
                )
        return None

    def _witness(self, state: State, met: Met) -> Witness | None:
        """A witness with which the executor fails in this state, at this place."""
        from stepvet.run.symbolic.confirming import confirmed

        return confirmed(self.machine, self._start, state, met)

    def left_over(self, state: Choice) -> LeftOver | None:
        """What falls through a Choice without a Default; None where that can't be told, or isn't told."""
        failure = next(self.of(state, FailureKind.NO_MATCH), None)
        if failure is not None:
            return LeftOver(failure.witness, failure.enumerated)
        return None

    def leaves_nothing(self, state: Choice) -> bool:
        """Whether every run that gets to the Choice finds a rule that matches."""
        return self._is_settled(state) and state.path not in self._unmatched

    @cached_property
    def _unmatched(self) -> frozenset[tuple[str, ...]]:
        return frozenset(m.state.path for m in self.explorer.domain.met if m.failure.error == NO_CHOICE_MATCHED)

    @cached_property
    def dead_rules(self) -> tuple[DeadRule, ...]:
        """Choice rules that no run takes though runs get to their state; none where a failure in the state explains
        it."""
        return tuple(self._dead_rules())

    def _dead_rules(self) -> Iterator[DeadRule]:
        explorer = self.explorer
        failing = {m.state.path for m in explorer.domain.met if m.failure.error != NO_CHOICE_MATCHED}
        impossible = {id(constant.operand) for constant in self.impossible_constants}
        for state in self.machine.states():
            if not isinstance(state, Choice) or not self._is_settled(state) or state.path in failing:
                continue
            for rule in state.choices:
                if any(id(test.operand) in impossible for test in comparisons(rule.test)):
                    continue
                if (state.path, "rule", rule.index) not in explorer.domain.turns:
                    yield DeadRule(state, rule)

    @cached_property
    def dead_defaults(self) -> tuple[Choice, ...]:
        """Choices whose Default no run takes; one with a dead rule is told by that."""
        told = {m.state.path for m in self.explorer.domain.met} | {dead.state.path for dead in self.dead_rules}
        return tuple(
            state
            for state in self.machine.states()
            if isinstance(state, Choice)
            and state.default is not None
            and self._is_settled(state)
            and state.path not in told
            and (state.path, "default", 0) not in self.explorer.domain.turns
        )

    @cached_property
    def impossible_constants(self) -> tuple[ImpossibleConstant, ...]:
        """Constants that no value of the API's member equals."""
        found = (impossible_constants(self.explorer, state) for state in self._choices())
        return tuple(each for constants in found for each in constants)

    @cached_property
    def stuck_statuses(self) -> tuple[StuckStatus, ...]:
        """Final statuses with which a polling loop goes on."""
        states = {state.path: state for state in self.machine.states()}
        found = (stuck_status(self.explorer, states, state) for state in self._choices())
        return tuple(each for each in found if each is not None)

    def hints(self, state: State) -> Iterable[Hint]:
        """Paths of a state that read names of which nothing is known."""
        return self._hints.get(state.path, ())

    @cached_property
    def _hints(self) -> Mapping[tuple[str, ...], Sequence[Hint]]:
        found: dict[tuple[str, ...], list[Hint]] = {}
        for hint in self.explorer.domain.hints.values():
            found.setdefault(hint.state, []).append(hint)
        return found

    def _choices(self) -> Iterator[Choice]:
        reached = self.explorer.entered
        return (s for s in self.machine.states() if isinstance(s, Choice) and s.path in reached)

    def _is_settled(self, state: State) -> bool:
        return state.path in self.explorer.entered and state.path not in self.incomplete

    @cached_property
    def unreached(self) -> tuple[State, ...]:
        """States that no run enters, where nothing else that is told here explains it."""
        if self.dead_rules or self.failures or self.dead_defaults:
            return ()
        explorer = self.explorer
        return tuple(
            s for s in self.machine.states() if s.path not in explorer.entered and not _is_cut(s, self.incomplete)
        )


_TRIES = 4


def _is_enumerated(state: State, met: Met) -> bool:
    """Whether the rules of a Choice compare a value whose API lists what it can be."""
    if not isinstance(state, Choice):
        return False
    operands = (t.operand for rule in state.choices for t in comparisons(rule.test))
    constants = {operand.value for operand in operands if isinstance(operand, String)}
    known, facts = met.world.known, met.world.facts
    return any(enumeration(known[i]) and any(f.constant in constants for f in told) for i, told in facts.items())


def asked_of(failure: Failure) -> Asked:
    """Whether the field's value couldn't be read or wasn't taken."""
    trouble = failure.detail
    is_check = isinstance(trouble, Trouble) and trouble.miss is None and trouble.value is not None
    return "check" if is_check else "read"


def _reads_context(failure: Failure) -> bool:
    """AWS adds to the Context Object from time to time, so that what it lacks today is not sure to be missing."""
    trouble = failure.detail
    return isinstance(trouble, Trouble) and trouble.path is not None and trouble.path.root is Root.CONTEXT


def _length(world: World) -> int:
    return sum(1 for _ in trail_of(world))


def _is_cut(state: State, incomplete: frozenset[tuple[str, ...]]) -> bool:
    return any(state.path[:depth] in incomplete for depth in range(1, len(state.path) + 1)) or bool(incomplete)


def _after(machine: StateMachine, cut: set[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The states at which something was cut and all that can come after them, in inner scopes and in the ones
    around."""
    following: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for scope in machine.scopes():
        for state in scope.states.values():
            following[state.path] = [(*scope.path, name) for name in next_names(state) if name in scope.states]
    inner: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for path in following:
        inner.setdefault(path[:-1], []).append(path)
    pending, done = [path for path in cut if path in following], set[tuple[str, ...]]()
    while pending:
        path = pending.pop()
        if path in done:
            continue
        done.add(path)
        yield path
        pending.extend(following[path])
        pending.extend(inner.get(path, ()))
        if path[:-1] in following:
            pending.extend(following[path[:-1]])
            yield path[:-1]
