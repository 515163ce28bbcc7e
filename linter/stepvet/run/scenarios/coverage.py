"""Which states, choice rules, catchers and retriers of a machine the runs of a test have been through.

A Choice counts each of its rules, and its Default where it has one. States of every depth count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from stepvet.asl.model import Choice, Handled, State, StateMachine
from stepvet.run.concrete.execution import Execution
from stepvet.run.domain import Turn
from stepvet.text.node import Node

KINDS = ("states", "choices", "catchers", "retriers")
_KIND: dict[Turn, str] = {"rule": "choices", "default": "choices", "catcher": "catchers", "retrier": "retriers"}


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that a run can go through: its kind, a readable name (`Choose: rule 1`), and its place in the user's
    file (`file:line:column`)."""

    kind: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Units of each kind, in the order of the text, and those that were taken."""

    all: tuple[Unit, ...]
    taken: frozenset[Unit]

    def total(self, kind: str) -> int:
        return sum(unit.kind == kind for unit in self.all)

    def missed(self, kind: str) -> list[Unit]:
        return [unit for unit in self.all if unit.kind == kind and unit not in self.taken]

    def percent(self, kind: str) -> float:
        return share(self.total(kind) - len(self.missed(kind)), self.total(kind))

    def joined(self, other: Coverage) -> Coverage:
        """What both cover together, of the same machine."""
        return Coverage(self.all, self.taken | other.taken)

    def to_json(self) -> dict[str, Any]:
        return {
            kind: {
                "total": self.total(kind),
                "covered": self.total(kind) - len(self.missed(kind)),
                "percent": self.percent(kind),
                "missed": [unit.name for unit in self.missed(kind)],
                "missed_at": [unit.place for unit in self.missed(kind)],
            }
            for kind in KINDS
        }


def share(covered: int, total: int) -> float:
    """Per cent, to one decimal and never rounded up; 100 where there is nothing to cover.

    >>> share(1999, 2000), share(0, 0)
    (99.9, 100.0)
    """
    return 1000 * covered // total / 10 if total else 100.0


def coverage_of(machine: StateMachine, executions: Iterable[Execution], place: Callable[[Node], str]) -> Coverage:
    """What the executions have been through; `place` tells where a part of the definition stands."""
    units = tuple(Unit(kind, name, place(node)) for state in machine.states() for kind, name, node in _units(state))
    taken = {pair for execution in executions for pair in _taken(execution)}
    return Coverage(units, frozenset(unit for unit in units if (unit.kind, unit.name) in taken))


def _units(state: State) -> Iterator[tuple[str, str, Node]]:
    yield "states", state.name, state.key
    if isinstance(state, Choice):
        yield from (("choices", _name(state.name, "rule", rule.index), rule.node) for rule in state.choices)
        if state.default is not None:
            yield "choices", _name(state.name, "default", 0), state.default
    if isinstance(state, Handled):
        yield from (("catchers", _name(state.name, "catcher", n), c.node) for n, c in enumerate(state.catch))
        yield from (("retriers", _name(state.name, "retrier", n), r.node) for n, r in enumerate(state.retry))


def _taken(execution: Execution) -> Iterator[tuple[str, str]]:
    yield from (("states", name) for name in execution.entered)
    yield from ((_KIND[turn], _name(state, turn, n)) for state, turn, n in execution.turns if turn in _KIND)


def _name(state: str, turn: Turn, index: int) -> str:
    return f"{state}: Default" if turn == "default" else f"{state}: {turn} {index + 1}"
