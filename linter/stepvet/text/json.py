"""A tolerant JSON reader: every key and value with its place, every fault with its name, and it goes on.

A quick loop reads regular text, one regular expression a member; whatever it doesn't match goes to `repair`, which
names the fault and finds its feet again. Containers are kept on an explicit stack, so depth costs no recursion.

`${…}` placeholders, quoted, inside a string, in a key or bare, are holes and no faults. A container that lacks its end
is found by indentation: where the text ends too early, it is read again, and a member that starts a line no deeper
than the line of its container's bracket ends that container.

Invariant: reads any text without raising, in near linear time; agrees with `json.loads` on valid JSON (a half
surrogate pair is a fault and stands as U+FFFD).
"""

from __future__ import annotations

import re

from stepvet.text.json_faults import name_container
from stepvet.text.json_repair import repair
from stepvet.text.json_state import JsonState
from stepvet.text.json_string import key_string, string_or_hole
from stepvet.text.node import Object
from stepvet.text.reading import Reading
from stepvet.text.source import Span

_space = r"[ \t\n\r]*"
_string = r'"([^"\\\x00-\x1f]*)"'
_number = r"(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?=[ \t\n\r,\]}]|\Z)"
_value = rf"{_space}(?:{_string}|([{{\[])|{_number}|(true|false|null)(?=[ \t\n\r,\]}}]|\Z))(?:{_space}([,}}\]]))?"
_item = re.compile(_value)
_member = re.compile(rf"{_space}{_string}{_space}:{_value}")
_next = re.compile(rf"{_space}([,}}\]])")


def read_json(text: str) -> Reading:
    """The tree of a JSON text as far as it has one, and its faults in order."""
    state = _read(JsonState(text))
    if state.unclosed:
        second = _read(JsonState(text, indented=True))
        if len(second.faults) <= len(state.faults) and not second.unclosed:
            state = second
    return _reading(state)


def _reading(state: JsonState) -> Reading:
    root = state.document.items[0] if state.document.items else None
    if root is None and not state.faults:
        state.fault("empty", 0, len(state.text))
    return Reading(root, tuple(sorted(state.faults, key=lambda f: f.span)), tuple(state.comments))


def _read(state: JsonState) -> JsonState:
    state.stack, state.keys = [state.document], [None]
    if state.text.startswith("\ufeff"):
        state.fault("byte-order-mark", 0, 1)
        state.pos = 1
    _quick(state)
    while repair(state):
        _quick(state)
    _finish(state)
    return state


def _finish(state: JsonState) -> None:
    open_ones = state.stack[1:]
    too_deep = any(f.kind == "too-deep" for f in state.faults)
    if open_ones and not too_deep:
        state.unclosed = True
        what, help = name_container(open_ones[-1], state.keys[-1])
        start = open_ones[-1].span.start
        state.fault("unclosed", start, start + 1, what, help)
    while len(state.stack) > 1:
        top = state.stack[-1]
        if isinstance(top, Object):
            top.unfinished = True
        state.end(len(state.text))


def _quick(state: JsonState) -> None:
    """Read on while the text is regular."""
    text, stack = state.text, state.stack
    while len(stack) > 1:
        top = stack[-1]
        if not state.ready:
            if (found := _next.match(text, state.pos)) is None:
                return
            separator, state.pos = found[1], found.end()
        elif state.indented and state.outdented():
            return
        elif isinstance(top, Object):
            if (found := _member.match(text, state.pos)) is None:
                return
            span = found.span(1)
            state.key = key_string(Span(span[0] - 1, span[1] + 1), found[1], "json")
            separator = _take(state, found, 1)
        else:
            if (found := _item.match(text, state.pos)) is None:
                return
            separator = _take(state, found, 0)
        if separator == ",":
            state.comma, state.ready = state.pos - 1, True
        elif separator is not None:
            state.close(separator, state.pos - 1)


def _take(state: JsonState, found: re.Match[str], before: int) -> str | None:
    """Add the value of a regular match; gives back the separator after it, where there is one."""
    number = found.lastindex or 0
    separator = found[before + 5]
    index = number - before if separator is None else _index(found, before)
    start, end = found.span(before + index)
    state.pos, state.ready = found.end(), False
    if index == 1:
        state.add(string_or_hole(Span(start - 1, end + 1), found[before + 1], "json"))
    elif index == 2:
        state.pos = end
        state.open(found[before + 2], start)
        return None
    else:
        state.add(state.plain(found[before + index], start, end))
    return separator


def _index(found: re.Match[str], before: int) -> int:
    """Which alternative of a value matched, where a separator came after it."""
    return next(i for i in range(1, 5) if found[before + i] is not None)
