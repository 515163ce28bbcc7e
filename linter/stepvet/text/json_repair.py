"""Irregular JSON text, one thing at a time: name the fault, find the next place where reading can go on.

Invariant: every call of `repair` moves on, ends a container or says that the text is at its end.
"""

from __future__ import annotations

import re

from stepvet.text import json_string
from stepvet.text.json_faults import word_fault
from stepvet.text.json_state import JsonState, skip
from stepvet.text.json_string import hole_pattern, key_string, literals, string_or_hole
from stepvet.text.node import Array, Hole, Node, Object, String
from stepvet.text.reading import comment
from stepvet.text.source import Span

_comment = re.compile(r"//[^\n\r]*|/\*[\s\S]*?(?:\*/|\Z)|#[^\n\r]*")
_one_line = {q: re.compile(rf"{q}((?:[^{q}\\\n\r]|\\[^\n\r])*){q}") for q in "\"'"}
_many_lines = re.compile(r'"((?:[^"\\]|\\[\s\S])*)"(?=[ \t\n\r]*(?:[,:}\]]|\Z))')
_rest_of_line = re.compile(r"[\"'][^\n\r]*?(?=[ \t]*,?[ \t]*(?:[\n\r]|\Z))")
_bare = re.compile(rf"{hole_pattern}|[^\s,:\[\]{{}}\"]+(?:[ \t]+(?!//|/\*|#)[^\s,:\[\]{{}}\"]+)*|[\s\S]")
_more_bare = re.compile(rf"(?:{hole_pattern}|[^\s,:\[\]{{}}\"])*")
_number = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_odd_space = re.compile(r"[\s\ufeff\u200b]+")


def repair(state: JsonState) -> bool:
    """Read one irregular thing; false at the end of the text."""
    _blank(state)
    if state.pos >= len(state.text):
        if state.key is not None:
            state.missing_value()
        return False
    if state.indented and state.ready and state.outdented():
        state.lacks_end(state.pos)
        state.ready = True
    elif len(state.stack) == 1 and state.document.items:
        _extra(state)
        return False
    elif not state.ready:
        _after_value(state)
    elif isinstance(state.stack[-1], Object) and state.key is None:
        _member(state)
    else:
        _value(state)
    return True


def _blank(state: JsonState) -> None:
    """Skip white space and comments; each comment is kept and the first is a fault."""
    while True:
        state.pos = skip.match(state.text, state.pos).end()  # type: ignore[union-attr]
        if found := _odd_space.match(state.text, state.pos):
            state.fault("odd-space", *found.span(), f"U+{ord(found[0][0]):04X}")
        elif found := _comment.match(state.text, state.pos):
            state.comments.append(comment(Span(*found.span()), state.text))
            if len(state.comments) == 1:
                state.fault("comment", *found.span())
        else:
            return
        state.pos = found.end()


def _extra(state: JsonState) -> None:
    end = len(state.text.rstrip())
    if state.text[state.pos] in "}]":
        state.fault("stray-bracket", state.pos, state.pos + 1, state.text[state.pos])
    else:
        state.fault("extra-text", state.pos, end)


def _after_value(state: JsonState) -> None:
    """Something other than a comma or an end comes after a value."""
    character = state.text[state.pos]
    if character == ",":
        state.comma, state.ready = state.pos, True
        state.pos += 1
    elif character in "}]":
        state.close(character, state.pos)
    elif character == ":":
        state.fault("unexpected-colon", state.pos, state.pos + 1)
        state.pos += 1
        state.key, state.ready = None, True
        _value(state)
    elif len(state.stack) > 2 and state.outdented():
        state.lacks_end(state.pos)
        state.ready = True
    else:
        before = len(state.text[max(0, state.pos - 4096) : state.pos].rstrip()) + max(0, state.pos - 4096)
        if not (
            state.text.startswith("${", state.pos) or (state.text[before - 1 : before] == "}" and _after_hole(state))
        ):
            state.fault("missing-comma", before, before)
        state.ready = True


def _after_hole(state: JsonState) -> bool:
    """Was the last thing a bare placeholder, which may hold its own comma?"""
    top = state.stack[-1]
    last = (
        (top.items[-1] if top.items else None)
        if isinstance(top, Array)
        else (top.members[-1].value if top.members else None)
    )
    return isinstance(last, Hole) and state.text.startswith("${", last.span.start)


def _member(state: JsonState) -> None:
    """A key that is not plainly a string, or something else where a key should be."""
    character = state.text[state.pos]
    if character in "}]":
        state.close(character, state.pos)
    elif character == ",":
        state.fault("missing-value", state.pos, state.pos + 1, "a member")
        state.pos += 1
    elif character in "{[":
        state.fault("missing-key", state.pos, state.pos + 1)
        _value(state)
    elif character == ":":
        state.fault("missing-key", state.pos, state.pos + 1)
        state.pos += 1
        _value(state)
    else:
        state.comma = None
        _key_and_colon(state)


def _key_and_colon(state: JsonState) -> None:
    token = _token(state, in_key=True)
    text = token.text if isinstance(token, Hole) else token.value if isinstance(token, String) else ""
    bare = isinstance(token, Hole) and state.text.startswith("${", token.span.start)
    state.key = key_string(token.span, text, "json")
    _blank(state)
    following = state.text[state.pos : state.pos + 1]
    if following == ":":
        state.pos += 1
    elif bare:
        state.add(Hole(token.span, text))
        state.ready = False
    elif following and following in ",}]":
        state.missing_value()
    elif following:
        state.fault("missing-colon", token.span.end, token.span.end)


def _value(state: JsonState) -> None:
    """A value that is not regular, or something else where a value should be."""
    _blank(state)
    character = state.text[state.pos : state.pos + 1]
    top = state.stack[-1]
    if not character:
        return
    if character in "{[":
        state.pos += 1
        state.open(character, state.pos - 1)
    elif character in "}]":
        if state.key is not None:
            state.missing_value()
        state.close(character, state.pos)
    elif character == ",":
        if isinstance(top, Array) and len(state.stack) > 1:
            state.fault("missing-value", state.pos, state.pos + 1, "an item")
        elif state.key is not None:
            state.missing_value()
        state.pos += 1
    elif character == ":":
        state.fault("unexpected-colon", state.pos, state.pos + 1)
        state.pos += 1
    else:
        state.ready = False
        state.add(_token(state, in_key=False))


def _token(state: JsonState, *, in_key: bool) -> Node:
    """A string with escapes or faults, a bare placeholder, a word."""
    character = state.text[state.pos]
    if character in "\"'":
        return _quoted(state, character, in_key)
    found = _bare.match(state.text, state.pos)
    assert found is not None
    start, end = found.span()
    if "${" in found[0] or state.text.startswith("${", end):
        end = _more_bare.match(state.text, end).end()  # type: ignore[union-attr]
    state.pos = end
    return _word(state, start, end)


def _word(state: JsonState, start: int, end: int) -> Node:
    text, span = state.text[start:end], Span(start, end)
    if "${" in text:
        return Hole(span, text)
    if text in literals or _number.fullmatch(text):
        return state.plain(text, start, end)
    fault, value = word_fault(text, span)
    state.faults.append(fault)
    return String(span, text) if value is None else value


def _quoted(state: JsonState, quote: str, in_key: bool) -> Node:
    found = _one_line[quote].match(state.text, state.pos)
    if found is None and quote == '"':
        found = _many_lines.match(state.text, state.pos)
    if found is None:
        found = _rest_of_line.match(state.text, state.pos)
        assert found is not None
        start, end = found.span()
        state.fault("unclosed-string", start, end)
        literal = found[0][1:]
    else:
        start, end = found.span()
        literal = found[1]
        if quote == "'":
            state.fault("single-quotes", start, end)
    state.pos = end
    value, faults = json_string.decode(literal, start + 1)
    state.faults.extend(faults)
    if in_key:
        return String(Span(start, end), value)
    return string_or_hole(Span(start, end), value, "json")
