"""Which variables a state's text reads and assigns, token by token, in both query languages.

A JSONPath state reads with its paths, a JSONata state with its `{% %}` strings (see `texts`), which `expressions` reads
and which nobody loads who has none.

Invariant: an assignment belongs to the transition that performs it; every read sees the values on entry to the state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stepvet.asl.intrinsics.call import parse_template_value
from stepvet.asl.model import Choice, Handled, State
from stepvet.asl.paths.path import PathError
from stepvet.flow.edges import Reason
from stepvet.flow.paths import paths
from stepvet.flow.texts import PAYLOADS, evaluated
from stepvet.text.node import Hole, Inside, Member, Node, Object, String, walk

_MENTION = re.compile(r"\$[^\W\d]")


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A read of a variable. `is_needed`: whenever the state runs and the variable has no value, the state fails.
    `is_function`: without a variable of this name it is a built-in function of JSONata."""

    name: str
    at: Inside
    is_needed: bool
    is_function: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Write:
    """A key of an `Assign`."""

    name: str
    key: String


def reads(state: State) -> Iterator[Read]:
    """In the order of the text."""
    if state.language == "JSONPath":
        yield from _path_reads(state)
        return
    for text, is_needed in evaluated(state):
        if _MENTION.search(text.value) and not text.holes:
            from stepvet.flow.expressions import expression_reads

            yield from expression_reads(text, is_needed)


def writes(state: State, reason: Reason) -> Iterator[Write]:
    """What is assigned when the state is left this way; a Choice's own `Assign` goes with its Default."""
    yield from written(assigned_by(state, reason), state)


def all_writes(state: State) -> Iterator[Write]:
    """What the state assigns on any way out."""
    for held in _assigns(state):
        yield from written(held, state)


def hides_writes(state: State) -> bool:
    """Does a hole in an `Assign` hide names, so that any variable may be assigned?"""
    return any(held is not None and (not isinstance(held, Object) or held.is_open) for held in _assigns(state))


def hides_reads(state: State) -> bool:
    """May the state read more variables than `reads` tells: by a hole, or by a text that can't be read?

    A hole that stands for a single value beside others is taken for a plain value.
    """
    if any(isinstance(node, Hole) for node in _evaluated_nodes(state)):
        return True
    for text, _ in evaluated(state):
        is_evaluated = state.language == "JSONPath" or "{%" in text.value
        if is_evaluated and (text.holes or (_MENTION.search(text.value) and _is_unreadable(text, state))):
            return True
    return False


def _evaluated_nodes(state: State) -> Iterator[Node | None]:
    """Whole templates, and what stands under a key that makes it a path."""
    for member in state.node.members:
        if member.key.value in PAYLOADS:
            yield member.value
            yield from (m.value for _, node in walk(member.value) for m in _path_members(node))


def _path_members(node: Node) -> Iterator[Member]:
    return (m for m in node.members if m.key.value.endswith(".$")) if isinstance(node, Object) else iter(())


def _is_unreadable(text: String, state: State) -> bool:
    if state.language == "JSONata":
        from stepvet.flow.expressions import is_unreadable

        return is_unreadable(text)
    return isinstance(parse_template_value(text.value), PathError)


def assigned_by(state: State, reason: Reason) -> Node | None:
    """The `Assign` that goes with a way out of the state."""
    if reason.kind == "choice" and isinstance(state, Choice):
        return next((rule.node.get("Assign") for rule in state.choices if rule.index == reason.index), None)
    if reason.kind == "catch" and isinstance(state, Handled) and reason.index is not None:
        return state.catch[reason.index].node.get("Assign")
    return state.node.get("Assign")


def written(held: Node | None, state: State) -> Iterator[Write]:
    for member in held.members if isinstance(held, Object) else ():
        name = member.key.value
        yield Write(name.removesuffix(".$") if state.language == "JSONPath" else name, member.key)


def _assigns(state: State) -> Iterator[Node | None]:
    yield state.node.get("Assign")
    if isinstance(state, Choice):
        yield from (rule.node.get("Assign") for rule in state.choices)
    if isinstance(state, Handled):
        yield from (catcher.node.get("Assign") for catcher in state.catch)


def _path_reads(state: State) -> Iterator[Read]:
    for placed in paths(state):
        name = placed.path.variable
        if name is not None:
            yield Read(name, placed.inside(0, len(name) + 1), placed.is_needed)
