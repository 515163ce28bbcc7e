"""Which names can the rest of a run still mention? Syntactic, and rather too many than too few.

A name is live at a state when it occurs in a path or an expression of that state, of one that can come after it, or of
what follows the enclosing Map and Parallel states. A wildcard, a deep scan or a function that lists members makes every
name live.

Invariant: if a member's name is not live at a state, no later evaluation can depend on that member.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stepvet.asl.model import Choice, Fail, Handled, Map, Scope, State, StateMachine, Succeed
from stepvet.text.node import Array, Node, Object, String

_WORD = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`([^`]*)`|([\w-]+)""")
_EVERYTHING = re.compile(
    r"\*|\.\.|\$(keys|each|spread|lookup|sift|string|count|map|filter|reduce|merge|distinct)\b|[|^]"
)
_DATA_FREE = frozenset(("Comment", "Type", "Next", "Default", "Resource", "StartAt", "QueryLanguage", "ErrorEquals"))


@dataclass(frozen=True, slots=True)
class Live:
    """`names` is None where every name is live."""

    names: frozenset[str] | None

    def __contains__(self, name: str) -> bool:
        return self.names is None or name in self.names

    def __or__(self, other: Live) -> Live:
        return Live(None if self.names is None or other.names is None else self.names | other.names)


NOBODY = Live(frozenset())


def live_names(machine: StateMachine) -> Mapping[tuple[str, ...], Live]:
    """State path → what can be mentioned from that state on."""
    return dict(_of_scope(machine.scope, NOBODY))


def _of_scope(scope: Scope, after: Live) -> Iterator[tuple[tuple[str, ...], Live]]:
    own = {name: _mentioned(state) for name, state in scope.states.items()}
    later = _closure(scope, own)
    for name, state in scope.states.items():
        live = later[name] | after
        yield state.path, live
        for inner in _inner(state):
            yield from _of_scope(inner, live)


def _inner(state: State) -> Iterable[Scope]:
    from stepvet.asl.model import inner_scopes

    return inner_scopes(state)


def _closure(scope: Scope, own: Mapping[str, Live]) -> dict[str, Live]:
    """Own names and those of all states that can come after, by rounds until nothing changes."""
    live = dict(own)
    targets = {name: [t for t in next_names(state) if t in live] for name, state in scope.states.items()}
    before: dict[str, set[str]] = {name: set() for name in live}
    for name, nexts in targets.items():
        for target in nexts:
            before[target].add(name)
    pending = list(reversed(live))
    while pending:
        name = pending.pop(0)
        for earlier in before[name]:
            merged = live[earlier] | live[name]
            if merged != live[earlier]:
                live[earlier] = merged
                pending.append(earlier)
    return live


def next_names(state: State) -> Iterator[str]:
    """The states that can come right after this one: Next, Default, rules and catchers."""
    match state:
        case Choice():
            yield from (rule.next.value for rule in state.choices if isinstance(rule.next, String))
            if isinstance(state.default, String):
                yield state.default.value
            return
        case Succeed() | Fail():
            return
        case Handled():
            yield from (catcher.next.value for catcher in state.catch if isinstance(catcher.next, String))
    following = getattr(state, "next", None)
    if isinstance(following, String):
        yield following.value


def _mentioned(state: State) -> Live:
    names: set[str] = set()
    for text in _texts(state.node):
        if _EVERYTHING.search(text):
            return Live(None)
        names.update(_words(text))
    return Live(frozenset(names | ({"Items", "BatchInput"} if isinstance(state, Map) else set())))


def _words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = next(group for group in match.groups() if group is not None)
        yield word
        if match[4] and "-" in word:
            yield from word.split("-")
        if "\\" in word:
            yield re.sub(r"\\(.)", r"\1", word)


def _texts(node: Node) -> Iterator[str]:
    """All strings below that may be evaluated, those of inner scopes, too."""
    stack = [node]
    while stack:
        current = stack.pop()
        match current:
            case String(value=value) if value.startswith(("$", "States.", "{%")):
                yield value
            case Object():
                stack.extend(m.value for m in current.members if m.key.value not in _DATA_FREE)
            case Array():
                stack.extend(current.items)
