"""Which states, choice rules, catchers and retriers of a machine the runs of a test have been through.

A Choice counts each of its rules, and its Default where it has one. States of every depth count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from stepvet.asl.model import Choice, Handled, State, StateMachine
from stepvet.run.concrete.execution import Execution

KINDS = ("states", "choices", "catchers", "retriers")
Unit = tuple[str, str]
"""Kind, and a readable name: `Choose: rule 1`."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Units of each kind, in the order of the text, and those that were taken."""

    all: tuple[Unit, ...]
    taken: frozenset[Unit]

    def total(self, kind: str) -> int:
        return sum(unit[0] == kind for unit in self.all)

    def missed(self, kind: str) -> list[str]:
        return [name for found, name in self.all if found == kind and (found, name) not in self.taken]

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
                "missed": self.missed(kind),
            }
            for kind in KINDS
        }


def share(covered: int, total: int) -> float:
    """Per cent, to one decimal and never rounded up; 100 where there is nothing to cover.

    >>> share(1999, 2000), share(0, 0)
    (99.9, 100.0)
    """
    return 1000 * covered // total / 10 if total else 100.0


def coverage_of(machine: StateMachine, executions: Iterable[Execution]) -> Coverage:
    units = tuple(unit for state in machine.states() for unit in _units(state))
    taken = {unit for execution in executions for unit in _taken(execution)}
    return Coverage(units, frozenset(taken))


def _units(state: State) -> Iterator[Unit]:
    yield "states", state.name
    if isinstance(state, Choice):
        yield from (("choices", f"{state.name}: rule {rule.index + 1}") for rule in state.choices)
        if state.default is not None:
            yield "choices", f"{state.name}: Default"
    if isinstance(state, Handled):
        yield from (("catchers", f"{state.name}: catcher {index + 1}") for index in range(len(state.catch)))
        yield from (("retriers", f"{state.name}: retrier {index + 1}") for index in range(len(state.retry)))


def _taken(execution: Execution) -> Iterator[Unit]:
    for name in execution.entered:
        yield "states", name
    for state, turn, index in execution.turns:
        match turn:
            case "rule":
                yield "choices", f"{state}: rule {index + 1}"
            case "default":
                yield "choices", f"{state}: Default"
            case "catcher":
                yield "catchers", f"{state}: catcher {index + 1}"
            case "retrier":
                yield "retriers", f"{state}: retrier {index + 1}"
