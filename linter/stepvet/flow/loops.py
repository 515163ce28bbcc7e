"""What is worth knowing about the loops of a scope: those that nothing leaves, and those that nothing enters.

Facts of the graph's shape; whether a condition can ever hold isn't asked. Nothing is said of a graph with gaps.
Each question first asks by search whether there can be an answer, and only then for the graph's loops.
"""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl.errors import ALL, TASK_FAILED
from stepvet.asl.model import Pass, Task, Text
from stepvet.flow.graph import FlowGraph, Loop
from stepvet.flow.handlers import known_names
from stepvet.text.node import is_known


def endless_loops(graph: FlowGraph) -> Iterator[Loop]:
    """Loops that can be reached and not be left, except by an error that nothing catches."""
    if graph.is_complete and not graph.reachable.isdisjoint(graph.unending):
        yield from (loop for loop in graph.loops if loop.is_endless and loop.states[0] in graph.reachable)


def islands(graph: FlowGraph) -> Iterator[Loop]:
    """Loops that no state outside them and no StartAt leads to, so that their states name each other and never run."""
    if graph.is_complete and len(graph.reachable) < len(graph.states):
        yield from (loop for loop in graph.loops if not loop.entries)


def blind_retries(graph: FlowGraph) -> Iterator[tuple[Task, int]]:
    """Tasks with a catcher (its index) that leads back at once, over Pass states at most, whatever error it takes.

    As long as the error stays, the execution goes round without a pause, a count or a choice.
    """
    tasks = (state for state in graph.scope.states.values() if isinstance(state, Task))
    for task in tasks if graph.is_complete else ():
        for index, catcher in enumerate(task.catch):
            takes_all = {ALL, TASK_FAILED} & set(known_names(catcher.error_equals))
            if takes_all and _leads_back(graph, catcher.next, task.name):
                yield task, index


def _leads_back(graph: FlowGraph, target: Text | None, name: str) -> bool:
    """Do Pass states alone lead from the target to the state?"""
    seen: set[str] = set()
    while is_known(target) and target.value not in seen:
        if target.value == name:
            return True
        seen.add(target.value)
        state = graph.scope.states[target.value]
        target = state.next if isinstance(state, Pass) else None
    return False
