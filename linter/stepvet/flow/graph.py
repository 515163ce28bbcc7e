"""The graph of one scope: its states, the transitions between them, and what follows from their shape alone.

The questions of every run (who refers to whom, what can be reached) are answered by a search over plain mappings;
networkx is loaded for the rest (strongly connected components, dominators) and only when the scope has a cycle or a
rule asks. Its types never leave this module.

Invariant: nodes are the scope's states in the order of the text; an edge joins two of them and has at least one
reason. A graph that is not *complete* (a hole as a target, a target that doesn't exist, a state that can't be read)
lacks edges: then "never" and "cannot" are not to be concluded from it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from stepvet.asl.model import Scope
from stepvet.flow.edges import Edge, Reason, is_settled, is_terminal, leads_on, reasons
from stepvet.text.node import Object, is_known

if TYPE_CHECKING:
    import networkx

Links = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """States that can all reach each other (or one that leads to itself), in the order of the text."""

    states: tuple[str, ...]
    entries: tuple[str, ...]
    """States of the loop that are entered from outside it or by StartAt."""
    exits: tuple[Edge, ...]
    """Transitions out of the loop."""
    ends: tuple[str, ...]
    """States of the loop that may be the last one: a Task with `End` and a catcher that leads back."""
    cycle: tuple[str, ...]
    """A shortest way round from the first entry; its last state leads to its first."""

    @property
    def is_endless(self) -> bool:
        """Nothing leads out: only an error that nobody catches, or a timeout, ends it."""
        return not self.exits and not self.ends


class FlowGraph:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._links: dict[str, dict[str, list[Reason]]] = {name: {} for name in scope.states}
        self._back: dict[str, list[str]] = {name: [] for name in scope.states}
        self.dangling: tuple[Reason, ...] = tuple(self._link())
        """Transitions to a name that the scope doesn't have."""

    def _link(self) -> Iterable[Reason]:
        for name, state in self.scope.states.items():
            for reason in reasons(state):
                target = reason.target.value
                if target not in self._links:
                    yield reason
                    continue
                if target not in self._links[name]:
                    self._back[target].append(name)
                self._links[name].setdefault(target, []).append(reason)

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(self._links)

    @cached_property
    def start(self) -> str | None:
        """The state that StartAt names, if there is one."""
        start = self.scope.start_at
        return start.value if is_known(start) and start.value in self._links else None

    @cached_property
    def is_open(self) -> bool:
        """Does a hole, or a state that can't be read, hide states or transitions?"""
        held = self.scope.node.get("States")
        if not isinstance(held, Object) or held.is_open or self.scope.node.is_open:
            return True
        unread = any(member.key.value not in self._links for member in held.members)
        return unread or not is_known(self.scope.start_at) or not all(map(is_settled, self.scope.states.values()))

    @cached_property
    def is_complete(self) -> bool:
        """Every transition is known and leads to a state, so that a missing way is really missing."""
        whole = self.start is not None and not self.is_open and not self.dangling
        return whole and all(map(leads_on, self.scope.states.values()))

    def successors(self, name: str) -> tuple[str, ...]:
        return tuple(self._links[name])

    def reasons(self, source: str, target: str) -> tuple[Reason, ...]:
        """Why `source` leads to `target`; empty where it doesn't."""
        return tuple(self._links[source].get(target, ()))

    def edges(self) -> Iterable[Edge]:
        for source, targets in self._links.items():
            for target, why in targets.items():
                yield Edge(source, target, tuple(why))

    @cached_property
    def terminals(self) -> tuple[str, ...]:
        return tuple(name for name, state in self.scope.states.items() if is_terminal(state))

    @cached_property
    def reachable(self) -> frozenset[str]:
        """What can be reached from StartAt, itself included; empty where StartAt names no state."""
        return frozenset(_search([self.start], self._links)) if self.start else frozenset()

    @cached_property
    def unending(self) -> tuple[str, ...]:
        """States from which no way leads to a terminal one."""
        ending = _search(self.terminals, self._back)
        return tuple(name for name in self._links if name not in ending)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """All states, each before its successors wherever no loop forbids it."""
        return tuple(reversed(_postorder(self._links, self.start)))

    @cached_property
    def has_loops(self) -> bool:
        rank = {name: index for index, name in enumerate(self.order)}
        return any(rank[target] <= rank[source] for source, targets in self._links.items() for target in targets)

    @cached_property
    def loops(self) -> tuple[Loop, ...]:
        """Every loop once, in the order of the text; loops within a loop belong to the outer one."""
        if not self.has_loops:
            return ()
        import networkx

        found = networkx.strongly_connected_components(self._digraph)
        rank = {name: index for index, name in enumerate(self._links)}
        loops = (sorted(part, key=rank.__getitem__) for part in found if self._is_loop(part))
        return tuple(self._loop(tuple(names)) for names in sorted(loops, key=lambda names: rank[names[0]]))

    @cached_property
    def dominators(self) -> Mapping[str, str | None]:
        """Reachable state → the nearest other state on every way to it; None for the state of StartAt."""
        if self.start is None:
            return {}
        import networkx

        nearest = networkx.immediate_dominators(self._digraph, self.start)
        return {**nearest, self.start: None}  # networkx versions differ in what they say of the start

    def dominates(self, first: str, then: str) -> bool:
        """Is `first` on every way from StartAt to `then`? Every state dominates itself; unreachable ones nothing."""
        at: str | None = then if then in self.dominators else None
        while at is not None and at != first:
            at = self.dominators[at]
        return at is not None

    @cached_property
    def _digraph(self) -> networkx.DiGraph[str]:
        import networkx

        graph: networkx.DiGraph[str] = networkx.DiGraph()
        graph.add_nodes_from(self._links)
        graph.add_edges_from((edge.source, edge.target, {"reasons": edge.reasons}) for edge in self.edges())
        return graph

    def _is_loop(self, part: set[str]) -> bool:
        return len(part) > 1 or all(name in self._links[name] for name in part)

    def _loop(self, names: tuple[str, ...]) -> Loop:
        inside = set(names)
        entries = tuple(n for n in names if n == self.start or any(p not in inside for p in self._back[n]))
        exits = tuple(
            Edge(name, target, tuple(why))
            for name in names
            for target, why in self._links[name].items()
            if target not in inside
        )
        ends = tuple(name for name in names if is_terminal(self.scope.states[name]))
        within = {name: [target for target in self._links[name] if target in inside] for name in names}
        return Loop(names, entries, exits, ends, _cycle((entries or names)[0], within))


def _search(starts: Iterable[str], links: Links) -> dict[str, str]:
    """Every state within reach → the one it was first reached from (itself for a start), nearest first."""
    found = {name: name for name in starts}
    waiting = deque(found)
    while waiting:
        name = waiting.popleft()
        for target in links[name]:
            if target not in found:
                found[target] = name
                waiting.append(target)
    return found


def _cycle(start: str, links: Links) -> tuple[str, ...]:
    """A shortest way from a state of a loop back to itself."""
    found = _search([start], links)
    way = [next(name for name in found if start in links[name])]
    while way[-1] != start:
        way.append(found[way[-1]])
    return tuple(reversed(way))


def _postorder(links: Links, start: str | None) -> list[str]:
    """Depth first, without recursion: scopes may be thousands of states deep."""
    done: list[str] = []
    seen: set[str] = set()
    for root in [start, *links] if start else links:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(links[root]))]
        while stack:
            name, targets = stack[-1]
            target = next((t for t in targets if t not in seen), None)
            if target is None:
                done.append(name)
                stack.pop()
                continue
            seen.add(target)
            stack.append((target, iter(links[target])))
    return done
