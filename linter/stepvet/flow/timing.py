"""Times that the text alone settles, in seconds: how long a retrier waits in all, how long a machine may live.

A value that a hole, a path or an expression gives later is unknown: None.
"""

from __future__ import annotations

from collections.abc import Iterable

from stepvet.asl.model import Map, Retrier, State, StateMachine
from stepvet.text.node import Node, Number, String

YEAR = 365 * 24 * 3600
EXPRESS_LIMIT = 300
_MOST_TERMS = 100_000
_SENSELESS = 10**15


def seconds(node: Node | None, default: float | None = None) -> float | None:
    """The number that the node is, `default` where there is no node. Beyond all sense, numbers are cut to 1e15."""
    if node is None:
        return default
    return float(max(-_SENSELESS, min(node.value, _SENSELESS))) if isinstance(node, Number) else None


def retry_wait(retrier: Retrier) -> float | None:
    """The sum of all waits between the attempts, without jitter. Defaults: 1 s, 3 attempts, doubling (recorded)."""
    wait = seconds(retrier.node.get("IntervalSeconds"), 1)
    attempts = seconds(retrier.node.get("MaxAttempts"), 3)
    rate = seconds(retrier.node.get("BackoffRate"), 2)
    longest = seconds(retrier.node.get("MaxDelaySeconds"), float("inf"))
    if wait is None or attempts is None or rate is None or longest is None:
        return None
    return _sum(wait, int(attempts), max(rate, 1.0), longest)


def _sum(wait: float, attempts: int, rate: float, longest: float) -> float:
    """A geometric series up to the longest wait, then equal waits."""
    total = 0.0
    for done in range(min(attempts, _MOST_TERMS)):
        if wait >= longest or rate == 1:
            return total + min(wait, longest) * (attempts - done)
        total += wait
        if total > 1e12:
            return total
        wait *= rate
    return total


def lifetime(machine: StateMachine, around: Iterable[State] = ()) -> float | None:
    """How long the execution of a state may last: the machine's TimeoutSeconds, else the limit of its type; None where
    a hole says it. `around` are the Map and Parallel states that it stands in: an EXPRESS child has its own limit."""
    is_express = machine.type == "EXPRESS" or any(map(_starts_express, around))
    limit = EXPRESS_LIMIT if is_express else YEAR
    given = seconds(machine.node.get("TimeoutSeconds"), limit)
    return None if given is None else min(given or limit, limit)


def _starts_express(state: State) -> bool:
    processor = state.processor if isinstance(state, Map) else None
    kind = processor.execution_type if processor and processor.is_distributed else None
    return isinstance(kind, String) and kind.value == "EXPRESS"


def spoken(duration: float) -> str:
    """A duration as people say it, at most two units.

    >>> spoken(90), spoken(3600), spoken(200_000)
    ('1 min 30 s', '1 h', '2 d 7 h')
    """
    parts = []
    left = int(duration)
    for unit, size in (("y", YEAR), ("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2]) or f"{duration:g} s"
