"""The transitions that a state's text states, each with its reason and the token that names the target.

Whether the target exists is not asked here. A state is *settled* when no hole and no wrong shape hides a transition;
of a state that isn't, nothing may be concluded from a transition that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stepvet.asl.model import Choice, Fail, Handled, State, Succeed, Text
from stepvet.text.node import Array, Bool, Node, Object, String, is_hidden, is_known

Kind = Literal["next", "choice", "default", "catch"]


@dataclass(frozen=True, slots=True, eq=False)
class Reason:
    """Why a state leads to another. `index` counts within Choices or Catch; `target` is the token with the name."""

    kind: Kind
    target: String
    index: int | None = None

    def __str__(self) -> str:
        return self.kind if self.index is None else f"{self.kind}[{self.index}]"


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """Two states of one scope and all the reasons that lead from the first to the second, at least one."""

    source: str
    target: str
    reasons: tuple[Reason, ...]


def reasons(state: State) -> Iterator[Reason]:
    """Every transition with a name that is wholly known, in the order in which the fields are tried."""
    for kind, index, target in _targets(state):
        if is_known(target):
            yield Reason(kind, target, index)


def is_terminal(state: State) -> bool:
    """`End: true`, a Succeed or a Fail. A terminal Task may still lead on through its catchers."""
    if isinstance(state, Succeed | Fail):
        return True
    end = getattr(state, "end", None)
    return isinstance(end, Bool) and end.value


def is_settled(state: State) -> bool:
    node = state.node
    plain = (node.get(name) for name in ("Next", "Default", "End"))
    listed = (node.get(name) for name in ("Choices", "Catch"))
    return not node.is_open and not any(map(is_hidden, plain)) and all(map(_is_settled_list, listed))


def leads_on(state: State) -> bool:
    """Does the text say what comes after the state: a transition, or its end?"""
    return is_terminal(state) or any(kind != "catch" for kind, _, _ in _targets(state))


def _targets(state: State) -> Iterator[tuple[Kind, int | None, Text | None]]:
    if isinstance(state, Choice):
        yield from (("choice", rule.index, rule.next) for rule in state.choices)
        if state.default is not None:
            yield "default", None, state.default
    elif (target := getattr(state, "next", None)) is not None:
        yield "next", None, target
    if isinstance(state, Handled):
        yield from (("catch", index, catcher.next) for index, catcher in enumerate(state.catch))


def _is_settled_list(node: Node | None) -> bool:
    if node is None:
        return True
    return isinstance(node, Array) and all(
        isinstance(item, Object) and not item.is_open and is_known(item.get("Next")) for item in node.items
    )
