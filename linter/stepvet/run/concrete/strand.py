"""What the scheduler moves: a strand is one scope being run; a group is the children of one Map or Parallel.

Both are mutable and belong to one run. A strand has an `order`, its place among its siblings under its parent's, so
that at one moment the first branch goes on before the second (the same rule on every run).
A strand that hangs makes no further move, and only its execution's time ends it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from stepvet.asl.model import Scope
from stepvet.run.concrete.limits import Limits
from stepvet.run.concrete.recorder import Line
from stepvet.run.distributed.results import ChildRun
from stepvet.run.distributed.tolerance import Tolerance
from stepvet.run.move import Env, Move, Visit
from stepvet.text.node import Json

Then = Callable[[float, Any], Iterator[Move[float, Json]]]


@dataclass(slots=True, eq=False)
class Strand:
    """`index` is its number within its group. Not `alive`: it or one above it ended, was aborted or hangs."""

    order: tuple[int, ...]
    scope: Scope
    line: Line
    group: Group | None = None
    index: int = 0
    visit: Visit[Json] | None = None
    ended: bool = False
    hangs: bool = False

    @property
    def alive(self) -> bool:
        if self.ended or self.hangs:
            return False
        return self.group is None or (not self.group.over and self.group.parent.alive)

    @property
    def execution(self) -> Strand:
        """The strand that is the whole execution, or a distributed Map's child, to which this one belongs."""
        group = self.group
        return self if group is None or group.limits is not None else group.parent.execution


@dataclass(slots=True)
class Child:
    """A child that is to be started: its scope, environment and input."""

    scope: Scope
    env: Env[Json]
    input: Json


Start = Callable[[float], Child]
"""Makes a child at the time when it starts."""


@dataclass(slots=True, eq=False)
class Group:
    """`waiting` children start when running ones end, at most `width` at a time. `tolerance` is None where the first
    failure fails the group. Children with `limits` are executions of their own; `runs` tell of those that ended, for a
    ResultWriter that wants to know."""

    parent: Strand
    then: Then
    results: list[Json]
    waiting: deque[tuple[int, Start]]
    width: int
    tolerance: Tolerance | None = None
    limits: Limits | None = None
    iterates: bool = False
    running: dict[int, Strand] = field(default_factory=dict)
    runs: dict[int, ChildRun] | None = None
    failed: int = 0
    over: bool = False
