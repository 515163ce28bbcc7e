"""What a state's retriers and catchers list: names, as far as they are known, and whether a hole may hide some.

Invariant: nothing here knows which errors there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stepvet.asl.model import Catcher, Handled, Map, Retrier, State, Text
from stepvet.text.node import Hole, Node, is_known


def entries(state: Handled) -> Iterator[str]:
    """The names that the state's catchers list."""
    return (name for catcher in state.catch for name in known_names(catcher.error_equals))


def handlers_of(state: Handled) -> tuple[Retrier | Catcher, ...]:
    return (*state.retry, *state.catch)


def known_names(names: Iterable[Text]) -> Iterator[str]:
    return (name.value for name in filter(is_known, names))


def has_handlers(state: State) -> bool:
    return any(state.node.get(field) is not None for field in ("Retry", "Catch")) and (
        not isinstance(state, Handled)
        or bool(state.retry or state.catch)
        or hides_items(state.node.get("Retry"))
        or hides_items(state.node.get("Catch"))
    )


def tolerates(state: State) -> bool:
    """Is it a Map that goes on although items fail?"""
    return isinstance(state, Map) and any(member.key.value.startswith("Tolerated") for member in state.node.members)


def hides_items(node: Node | None) -> bool:
    """Is it a field that a hole stands for, or an array with a hole in it?"""
    return isinstance(node, Hole) or (node is not None and any(isinstance(i, Hole) for i in getattr(node, "items", ())))


def is_literal(text: Text) -> bool:
    """Is it a text that stands for itself: without holes, and no JSONata expression?"""
    return is_known(text) and not text.value.lstrip().startswith("{%")
