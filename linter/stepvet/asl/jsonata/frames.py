"""Variables in force while a JSONata expression is evaluated, and the bounds of its evaluation.

Step Functions stops an expression after one second, at about 200 operators or 100 brackets in one another, and when it
makes too large a value. Here work is counted, so that the same expression ends the same way on every machine; a clock
on the wall stops what counting can't see.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from stepvet.asl.jsonata.tree import Binary, Expression
from stepvet.asl.jsonata.values import UNDEFINED, Failure, Value

MAX_STEPS = 600_000
"""About a second's work, which is what Step Functions allows. `$map` over 10,000 items takes 40,000 steps."""
MAX_SECONDS = 20.0
"""Far more than so many steps take, even on a busy machine: a net for what steps don't count."""
MAX_DEPTH = 600
MAX_ITEMS = 800_000
"""Items of one array; `[1..900000]` is known to be too much."""
MAX_CHARACTERS = 16_000_000
_STEPS_BETWEEN_LOOKS = 1024
_LARGE = 10_000
_WIDE = 128


class Frame:
    """A scope: names bound here, and the scope around it."""

    __slots__ = ("_names", "_outer")

    def __init__(self, outer: Frame | None = None, names: Mapping[str, Value] | None = None) -> None:
        self._outer = outer
        self._names: dict[str, Value] = dict(names or {})

    def bind(self, name: str, value: Value) -> None:
        self._names[name] = value

    def find(self, name: str) -> Value:
        frame: Frame | None = self
        while frame is not None:
            if name in frame._names:
                return frame._names[name]
            frame = frame._outer
        return UNDEFINED


class Meter:
    """Counts the work of one evaluation. Each check raises `Failure` when its bound is passed."""

    def __init__(self) -> None:
        self._steps = 0
        self._depth = 0
        self._deadline = time.monotonic() + MAX_SECONDS

    def enter(self, expression: Expression) -> int:
        """Begins an expression inside another; gives what `leave` wants."""
        weight = 3 if isinstance(expression, Binary) else 6
        self._depth += weight
        if self._depth > MAX_DEPTH:
            raise Failure("U1001")
        self.work(1)
        return weight

    def leave(self, weight: int) -> None:
        self._depth -= weight

    def work(self, steps: int) -> None:
        """Counts steps: one for an expression, one for each item that a function goes through."""
        before = self._steps
        self._steps += steps
        if self._steps > MAX_STEPS:
            raise Failure("U1002")
        if before // _STEPS_BETWEEN_LOOKS != self._steps // _STEPS_BETWEEN_LOOKS and time.monotonic() > self._deadline:
            raise Failure("U1002")

    def hold(self, value: Value) -> Value:
        """The value, if it isn't too large. Large ones count as work, so that many of them are too much, too."""
        if isinstance(value, list):
            self.reserve(len(value))
            if len(value) > _LARGE:
                self.work(len(value) // 16)
        elif isinstance(value, str) and len(value) > _LARGE:
            if len(value) > MAX_CHARACTERS:
                raise Failure("U1003")
            self.work(len(value) // 1024)
        elif isinstance(value, dict) and len(value) > _WIDE:
            self.work(len(value) // 64)
        return value

    def reserve(self, items: float) -> None:
        """Makes sure that an array of so many items may be made."""
        if items > MAX_ITEMS:
            raise Failure("U1003")
