"""Variables: which may have a value when a state is entered, and where they are assigned and read.

A variable lives in the scope of the state that assigns it. Inner scopes read the outer ones' variables as they were on
entry to the Map or Parallel, child executions of a distributed Map read none of them, and outer scopes never see inner
variables (recorded). An assignment happens on leaving a state, with the transition that performs it.

A forward analysis of each scope's graph, over sets of variables as bits of an integer, joins the ways to a state by
union. Where a hole hides a transition or an assigned name, the answer is None: unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from stepvet.asl.model import Map, Scope, State, StateMachine
from stepvet.flow.graph import FlowGraph
from stepvet.flow.nesting import Nesting
from stepvet.flow.references import Read, Write, all_writes, hides_reads, hides_writes, reads, writes
from stepvet.text.node import String, is_known

Bits = int
Facts = Mapping[str, Bits]
"""State → variables that may have a value on entry; states that StartAt doesn't lead to are missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """Where a variable gets a value: the state, its scope, and the key in `Assign`."""

    name: str
    key: String
    state: State
    scope: Scope


class VariableFlow:
    """Variable facts of one machine; `graph_of` gives a scope's graph."""

    def __init__(self, machine: StateMachine, graph_of: Callable[[Scope], FlowGraph]) -> None:
        self.machine = machine
        self._graph_of = graph_of
        self._nesting = Nesting(machine)
        self._facts: dict[int, Facts | None] = {}
        self._reads: dict[int, tuple[Read, ...]] = {}

    @cached_property
    def assignments(self) -> Mapping[str, tuple[Assignment, ...]]:
        """Variable → everywhere that it is assigned, in the order of the text, outer scopes first."""
        found: dict[str, list[Assignment]] = {}
        for state in self.machine.states():
            for write in all_writes(state):
                made = Assignment(write.name, write.key, state, self._nesting.scope_of(state))
                found.setdefault(write.name, []).append(made)
        return {name: tuple(places) for name, places in found.items()}

    def possible(self, state: State) -> frozenset[str] | None:
        """Variables that may have a value when the state is entered; None where that is unknown or never happens."""
        bits = self._at(state)
        return None if bits is None else frozenset(name for name, bit in self._bits.items() if bits & bit)

    def may_have(self, state: State, name: str) -> bool | None:
        """May the variable have a value when the state is entered? None as for `possible`."""
        bits = self._at(state)
        return None if bits is None else bool(bits & self._bits.get(name, 0))

    def reads(self, state: State) -> tuple[Read, ...]:
        """The reads in the state's own text; those of the states inside it are theirs."""
        if id(state) not in self._reads:
            self._reads[id(state)] = tuple(reads(state))
        return self._reads[id(state)]

    def without_value(self, state: State) -> Iterator[tuple[Read, tuple[Assignment, ...]]]:
        """Reads of variables that have no value on any way to the state, with the assignments that there are elsewhere.

        The first read of each variable; nothing where a hole hides what is assigned.
        """
        told: set[str] = set()
        for read in self.reads(state):
            if read.name not in told and not read.is_function and self.may_have(state, read.name) is False:
                told.add(read.name)
                yield read, self.assignments.get(read.name, ())

    @cached_property
    def may_hide_reads(self) -> bool:
        """Can a hole, or a part that can't be read, hide a read? Then a variable may be used although none is seen."""
        graphs = map(self._graph_of, self.machine.scopes())
        return any(graph.is_open for graph in graphs) or any(map(hides_reads, self.machine.states()))

    def shadows(self, state: State) -> Iterator[tuple[Write, Assignment]]:
        """Each variable that the state assigns although an outer scope may have one of that name already."""
        around = list(takewhile(lambda outer: not is_distributed(outer), self._nesting.around(state)))
        for write in all_writes(state) if around else ():
            for outer in around:
                home = self._nesting.scope_of(outer)
                first = next((one for one in self.assignments[write.name] if one.scope is home), None)
                if first is not None and self.may_have(outer, write.name):
                    yield write, first
                    break

    def barrier(self, scope: Scope, assignments: tuple[Assignment, ...]) -> str:
        """Why a read in `scope` can't see these assignments, all of them in other scopes."""
        for outer, state in self._outer_scopes(scope):
            if any(one.scope is outer for one in assignments):
                if is_distributed(state):
                    return f'the executions that the distributed Map "{state.name}" starts see no variable from outside'
                return f'it is assigned only after "{state.name}" starts'
        inner = assignments[0].state.path[-2:-1]
        return f'it is assigned only inside "{"".join(inner)}" and gone at its end'

    def _outer_scopes(self, scope: Scope) -> Iterator[tuple[Scope, State]]:
        """Each scope around this one with the Map or Parallel state in it that this one stands in, innermost first."""
        while (outer := self._nesting.owner(scope)) is not None:
            scope = self._nesting.scope_of(outer)
            yield scope, outer

    @cached_property
    def _bits(self) -> Mapping[str, Bits]:
        return {name: 1 << index for index, name in enumerate(self.assignments)}

    def _at(self, state: State) -> Bits | None:
        facts = self._of(self._nesting.scope_of(state))
        return facts.get(state.name) if facts else None

    def _of(self, scope: Scope) -> Facts | None:
        if id(scope) not in self._facts:
            self._facts[id(scope)] = self._analysed(scope)
        return self._facts[id(scope)]

    def _analysed(self, scope: Scope) -> Facts | None:
        graph = self._graph_of(scope)
        if not graph.is_complete or any(map(hides_writes, scope.states.values())):
            return None
        entry = self._entry(scope)
        if entry is None:
            return None
        ways = {name: tuple(self._ways(graph, name)) for name in graph.states}
        return _flow(graph, ways, entry)

    def _entry(self, scope: Scope) -> Bits | None:
        """What may have a value when the scope is entered."""
        outer = self._nesting.owner(scope)
        if outer is None or is_distributed(outer):
            return 0
        if isinstance(outer, Map) and outer.processor and not is_known(outer.processor.mode or outer.key):
            return None
        return self._at(outer)

    def _ways(self, graph: FlowGraph, name: str) -> Iterator[tuple[str, Bits]]:
        state = graph.scope.states[name]
        for target in graph.successors(name):
            for reason in graph.reasons(name, target):
                yield target, self._sum(writes(state, reason))

    def _sum(self, written: Iterator[Write]) -> Bits:
        bits = 0
        for write in written:
            bits |= self._bits[write.name]
        return bits


def is_distributed(state: State) -> bool:
    """Do the states inside run as child executions, which see no outer variable?"""
    return isinstance(state, Map) and state.processor is not None and state.processor.is_distributed


def _flow(graph: FlowGraph, ways: Mapping[str, tuple[tuple[str, Bits], ...]], entry: Bits) -> Facts:
    """The solution on entry to each state: rounds in order until nothing changes, two or three for most graphs."""
    assert graph.start is not None
    found = {graph.start: entry}
    changed = True
    while changed:
        changed = False
        for name in graph.order:
            for target, gained in ways[name] if name in found else ():
                joined = found.get(target, 0) | found[name] | gained
                changed |= found.get(target) != joined
                found[target] = joined
    return found
