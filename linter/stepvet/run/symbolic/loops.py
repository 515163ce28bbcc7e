"""The order of a scope's states and the heads of its loops, by one depth-first walk.

A head is a state that the walk comes back to; every cycle has one. In the order, a state stands before all that come
after it, loops aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stepvet.asl.model import Scope
from stepvet.run.symbolic.live import next_names
from stepvet.text.node import String


@dataclass(frozen=True, slots=True)
class Order:
    """`ranks` count from the start; `heads` are the targets of the edges that lead back."""

    ranks: Mapping[str, int]
    heads: frozenset[str]


def order(scope: Scope) -> Order:
    """States that nothing leads to are walked from as well, after the start."""
    following = {name: [t for t in next_names(s) if t in scope.states] for name, s in scope.states.items()}
    done: dict[str, None] = {}
    found: set[str] = set()
    first = [scope.start_at.value] if isinstance(scope.start_at, String) else []
    for root in (*first, *following):
        if root in following and root not in done:
            _walk(root, following, done, found)
    return Order({name: len(done) - place for place, name in enumerate(done)}, frozenset(found))


def _walk(root: str, following: dict[str, list[str]], done: dict[str, None], found: set[str]) -> None:
    open_states: dict[str, None] = {root: None}
    stack = [(root, iter(following[root]))]
    while stack:
        name, targets = stack[-1]
        target = next(targets, None)
        if target is None:
            stack.pop()
            del open_states[name]
            done[name] = None
        elif target in open_states:
            found.add(target)
        elif target not in done:
            open_states[target] = None
            stack.append((target, iter(following[target])))
