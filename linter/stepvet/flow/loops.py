"""What is worth knowing about the loops of a scope: those that nothing leaves, and those that nothing enters.

Facts of the graph's shape; whether a condition can ever hold isn't asked. Nothing is said of a graph with gaps.
"""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl.model import Handled, Pass, Task
from stepvet.flow.graph import FlowGraph, Loop
from stepvet.flow.handlers import known_names


def endless_loops(graph: FlowGraph) -> Iterator[Loop]:
    """Loops that can be reached and not be left, except by an error that nothing catches."""
    if graph.is_complete:
        yield from (loop for loop in graph.loops if loop.is_endless and loop.states[0] in graph.reachable)


def islands(graph: FlowGraph) -> Iterator[Loop]:
    """Loops that no state outside them and no StartAt leads to, so that their states name each other and never run."""
    if graph.is_complete:
        yield from (loop for loop in graph.loops if not loop.entries)


def blind_retries(graph: FlowGraph) -> Iterator[tuple[Task, int, Loop]]:
    """Tasks with a catcher (its index) that leads back at once, over Pass states at most, whatever error it takes.

    As long as the error stays, the loop goes round without a pause, a count or a choice.
    """
    if not graph.is_complete:
        return
    for loop in graph.loops:
        states = [graph.scope.states[name] for name in loop.states]
        tasks = [state for state in states if isinstance(state, Task)]
        if len(tasks) == 1 and all(isinstance(state, Task | Pass) for state in states):
            yield from ((tasks[0], index, loop) for index in _catch_alls(graph, tasks[0], loop))


def _catch_alls(graph: FlowGraph, task: Handled, loop: Loop) -> Iterator[int]:
    inside = set(loop.states)
    for index, catcher in enumerate(task.catch):
        target = next((r.target.value for n in inside for r in graph.reasons(task.name, n) if r.index == index), None)
        if target in inside and {"States.ALL", "States.TaskFailed"} & set(known_names(catcher.error_equals)):
            yield index
