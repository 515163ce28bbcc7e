"""Which names can the rest of a run still mention? Syntactic, and rather too many than too few.

A name is live at a state when it occurs in a path or an expression of that state, of one that can come after it, or of
what follows the enclosing Map and Parallel states. A wildcard, a deep scan or a function that lists members makes every
name live.

A machine of thousands of states has as many sets of thousands of names, so a set is an integer with a bit a name.

Invariant: if a member's name is not live at a state, no later evaluation can depend on that member.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from stepvet.asl.model import Choice, Fail, Handled, Map, Scope, State, StateMachine, Succeed, inner_scopes
from stepvet.text.node import Array, Member, Node, Object, String

_WORD = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`([^`]*)`|([\w-]+)""")
_EVERYTHING = re.compile(
    r"\*|\.\.|\$(keys|each|spread|lookup|sift|string|count|map|filter|reduce|merge|distinct)\b|[|^]"
)
_LAST_NAME = re.compile(r"\.[\w-]+\Z")
_DATA_FREE = frozenset(("Comment", "Type", "Next", "Default", "Resource", "StartAt", "QueryLanguage", "ErrorEquals"))


EVERY = -1
"""All bits: every name is live, known or not."""


@dataclass(frozen=True, slots=True)
class Live:
    """A set of names; `numbers` has the bit of each."""

    numbers: Mapping[str, int]
    bits: int

    def __contains__(self, name: str) -> bool:
        number = self.numbers.get(name)
        return self.bits == EVERY if number is None else bool(self.bits >> number & 1)


NOBODY = Live({}, 0)


def live_names(machine: StateMachine) -> Mapping[tuple[str, ...], Live]:
    """State path → what can be mentioned from that state on."""
    numbers: dict[str, int] = {}
    return {path: Live(numbers, bits) for path, bits in _of_scope(machine.scope, 0, numbers)}


def _of_scope(scope: Scope, after: int, numbers: dict[str, int]) -> Iterator[tuple[tuple[str, ...], int]]:
    own = {name: _mentioned(state, numbers) for name, state in scope.states.items()}
    later = _closure(scope, own)
    for name, state in scope.states.items():
        live = later[name] | after
        yield state.path, live
        for inner in inner_scopes(state):
            yield from _of_scope(inner, live, numbers)


def _closure(scope: Scope, own: Mapping[str, int]) -> dict[str, int]:
    """Own names and those of all states that can come after, until nothing changes. Later states are looked at first,
    so that without loops once is enough."""
    live = dict(own)
    targets = {name: [t for t in next_names(state) if t in live] for name, state in scope.states.items()}
    before: dict[str, set[str]] = {name: set() for name in live}
    for name, nexts in targets.items():
        for target in nexts:
            before[target].add(name)
    pending = deque(_last_first(targets))
    while pending:
        name = pending.popleft()
        for earlier in before[name]:
            merged = live[earlier] | live[name]
            if merged != live[earlier]:
                live[earlier] = merged
                pending.append(earlier)
    return live


def _last_first(targets: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Each name after those that can be reached from it, loops aside."""
    seen: set[str] = set()
    for root in targets:
        stack = [(root, iter((root,)))]
        while stack:
            name, following = stack[-1]
            target = next((t for t in following if t not in seen), None)
            if target is not None:
                seen.add(target)
                stack.append((target, iter(targets[target])))
            else:
                stack.pop()
                if stack:
                    yield name


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


def _mentioned(state: State, numbers: dict[str, int]) -> int:
    names = {"Items", "BatchInput"} if isinstance(state, Map) else set[str]()
    for text in _texts(state.node):
        if _EVERYTHING.search(text):
            return EVERY
        names.update(_words(text))
    bits = 0
    for name in names:
        bits |= 1 << numbers.setdefault(name, len(numbers))
    return bits


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
                stack.extend(_read(m) for m in current.members if m.key.value not in _DATA_FREE)
            case Array():
                stack.extend(current.items)


def _read(member: Member) -> Node:
    """What is read of a member's value: the last name of a ResultPath is only written."""
    value = member.value
    if member.key.value == "ResultPath" and isinstance(value, String):
        return replace(value, value=_LAST_NAME.sub("", value.value))
    return value
