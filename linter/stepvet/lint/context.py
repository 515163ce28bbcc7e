"""What a rule may ask: facts about the definition, each computed once and only when asked for.

Rules never derive a fact themselves; a fact that two rules need is a property here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from stepvet.asl.fault import Fault
from stepvet.asl.model import Scope, State, StateMachine
from stepvet.lint.knowledge import known_shapes
from stepvet.lint.registry import AnyRule
from stepvet.lint.settings import Settings
from stepvet.sources.definition import Definition
from stepvet.text.finding import Severity
from stepvet.text.node import Inside, Node, Object, String, walk

if TYPE_CHECKING:
    from stepvet.flow.errors import ErrorFlow
    from stepvet.flow.graph import FlowGraph
    from stepvet.flow.nesting import Nesting
    from stepvet.flow.variables import VariableFlow
    from stepvet.run.symbolic.facts_of_data import DataFacts


class Context:
    """Facts about one definition. `machine` is None where the definition has no readable root object."""

    def __init__(self, definition: Definition, machine: StateMachine | None, settings: Settings) -> None:
        self.definition = definition
        self.machine = machine
        self.settings = settings
        self._graphs: dict[int, FlowGraph] = {}

    def option(self, rule: AnyRule, name: str) -> Any:
        """The value of a rule's option: the user's, else the declared default."""
        return self.settings.option(rule, name)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with shape, names, paths, expressions, resources and transitions, in AWS's order."""
        from stepvet.asl.faults import faults

        return tuple(faults(self.definition.root, self.machine.type if self.machine else "STANDARD"))

    @cached_property
    def _nesting(self) -> Nesting:
        from stepvet.flow.nesting import Nesting

        assert self.machine is not None
        return Nesting(self.machine)

    def graph(self, scope: Scope) -> FlowGraph:
        """The graph of a scope's states, made once."""
        from stepvet.flow.graph import FlowGraph

        if id(scope) not in self._graphs:
            self._graphs[id(scope)] = FlowGraph(scope)
        return self._graphs[id(scope)]

    def lifetime(self, state: State) -> float | None:
        """How many seconds the execution of the state may last at most; None where a hole says it."""
        from stepvet.flow.timing import lifetime

        assert self.machine is not None
        return lifetime(self.machine, self.errors.around(state))

    def indexes_after_filters(self, state: State) -> Iterator[Inside]:
        """Where the state's JSONPaths take an index of each match of a filter."""
        from stepvet.flow.paths import indexes_after_filters

        return indexes_after_filters(state)

    @cached_property
    def errors(self) -> ErrorFlow:
        """What each state can raise, and what becomes of it."""
        from stepvet.flow.errors import ErrorFlow

        assert self.machine is not None  # who visits a part of a machine has one
        return ErrorFlow(self.machine)

    @cached_property
    def variables(self) -> VariableFlow:
        """Which variables have a value where."""
        from stepvet.flow.variables import VariableFlow

        assert self.machine is not None
        return VariableFlow(self.machine, self.graph)

    @cached_property
    def data(self) -> DataFacts | None:
        """What symbolic runs find out about data; None for a definition that AWS refuses."""
        from stepvet.run.symbolic.facts_of_data import DataFacts

        refused = any(fault.aws is not None and fault.aws.severity is Severity.ERROR for fault in self.faults)
        known = known_shapes(self.definition, self.settings)
        return None if self.machine is None or refused else DataFacts(self.machine, known)

    def data_names_elsewhere(self, name: str, node: Node) -> bool:
        """Whether another text of the definition than this one mentions the name, as a key or inside a path."""
        found = (n.value for n in self._nodes if isinstance(n, String) and n is not node)
        return self._keys[name] > 0 or any(name in re.split(r"\W+", text) for text in found)

    @cached_property
    def _keys(self) -> Counter[str]:
        nodes = (n for n in self._nodes if isinstance(n, Object))
        return Counter(m.key.value.removesuffix(".$") for n in nodes for m in n.members)

    @cached_property
    def _nodes(self) -> tuple[Node, ...]:
        root = self.definition.root
        return tuple(node for _, node in walk(root)) if root is not None else ()

    def scope_of(self, state: State) -> Scope:
        """The `States` object that the state stands in."""
        return self._nesting.scope_of(state)
