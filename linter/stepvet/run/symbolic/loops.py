"""The heads of a scope's loops: states that a walk from the start comes back to. Every cycle has one."""

from __future__ import annotations

from stepvet.asl.model import Scope
from stepvet.run.symbolic.live import next_names
from stepvet.text.node import String


def heads(scope: Scope) -> frozenset[str]:
    """Targets of back edges in a depth-first walk; states that nothing leads to are walked from as well."""
    following = {name: [t for t in next_names(s) if t in scope.states] for name, s in scope.states.items()}
    done: set[str] = set()
    found: set[str] = set()
    first = [scope.start_at.value] if isinstance(scope.start_at, String) else []
    for root in (*first, *following):
        if root in following and root not in done:
            _walk(root, following, done, found)
    return frozenset(found)


def _walk(root: str, following: dict[str, list[str]], done: set[str], found: set[str]) -> None:
    open_states: dict[str, None] = {root: None}
    stack = [(root, iter(following[root]))]
    while stack:
        name, targets = stack[-1]
        target = next(targets, None)
        if target is None:
            stack.pop()
            del open_states[name]
            done.add(name)
        elif target in open_states:
            found.add(target)
        elif target not in done:
            open_states[target] = None
            stack.append((target, iter(following[target])))
