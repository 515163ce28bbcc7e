"""What the scheduler moves: a strand is one scope being run; a group is the children of one Map or Parallel.

Both are mutable and belong to one run. A strand has an `order`, its place among its siblings under its parent's, so
that at one moment the first branch goes on before the second (the same rule on every run).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from stepvet.asl.model import Scope
from stepvet.run.concrete.recorder import Line
from stepvet.run.distributed.tolerance import Tolerance
from stepvet.run.move import Env, Move, Visit
from stepvet.text.node import Json

Then = Callable[[float, Any], Iterator[Move[float, Json]]]


@dataclass(slots=True, eq=False)
class Strand:
    """`index` is its number within its group. A strand that ended or was aborted is not `alive`."""

    order: tuple[int, ...]
    scope: Scope
    line: Line
    group: Group | None = None
    index: int = 0
    visit: Visit[Json] | None = None
    ended: bool = False

    @property
    def alive(self) -> bool:
        if self.ended:
            return False
        group = self.group
        while group is not None:
            if group.over or group.parent.ended:
                return False
            group = group.parent.group
        return True


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
    failure fails the group."""

    parent: Strand
    then: Then
    results: list[Json]
    waiting: deque[tuple[int, Start]]
    width: int
    tolerance: Tolerance | None = None
    distributed: bool = False
    iterates: bool = False
    running: dict[int, Strand] = field(default_factory=dict)
    failed: int = 0
    over: bool = False
