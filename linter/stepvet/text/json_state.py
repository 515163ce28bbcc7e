"""The state of a JSON reader: the place, the open containers, the faults, and the moves that both readers make.

What reads regular text is in `json`, what finds its feet again in irregular text is in `json_repair`.

Invariant: the bottom of the stack is the document, an array of one item; every open container is on the stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stepvet.text import json_string
from stepvet.text.json_faults import describe, name_container
from stepvet.text.json_string import literals
from stepvet.text.lines import indentation, line_start
from stepvet.text.node import Array, Bool, Hole, Member, Node, Null, Number, Object, String
from stepvet.text.reading import Comment, SyntaxFault
from stepvet.text.source import Span

max_depth = 200

skip = re.compile(r"[ \t\n\r]*")
_closers = {"}": Object, "]": Array}


@dataclass(slots=True, eq=False)
class JsonState:
    text: str
    indented: bool = False
    """Take indentation for the truth about where containers end."""
    pos: int = 0
    ready: bool = True
    """A member or an item may come here; otherwise a comma or an end must."""
    stack: list[Object | Array] = field(default_factory=list)
    keys: list[String | None] = field(default_factory=list)
    """The key of each container on the stack."""
    key: String | None = None
    """The key that waits for its value; None in an array and where a value has no key."""
    comma: int | None = None
    document: Array = field(default_factory=lambda: Array(Span(0, 0), []))
    faults: list[SyntaxFault] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    unclosed: bool = False

    def fault(self, kind: str, start: int, end: int, what: str = "", help: str | None = None) -> None:
        self.faults.append(SyntaxFault(kind, describe(kind, what), Span(start, end), help))

    def add(self, node: Node) -> None:
        top = self.stack[-1]
        self.comma = None
        if isinstance(top, Array):
            top.items.append(node)
        elif self.key is not None:
            top.members.append(Member(self.key, node))
            self.key = None

    def open(self, bracket: str, start: int) -> None:
        if len(self.stack) > max_depth:
            self.fault("too-deep", start, start + 1, str(max_depth))
            self.pos = len(self.text)
            self.ready = True
            return
        span = Span(start, len(self.text))
        node: Object | Array = Object(span, []) if bracket == "{" else Array(span, [])
        key = self.key
        self.add(node)
        self.stack.append(node)
        self.keys.append(key)
        self.ready = True

    def close(self, bracket: str, at: int) -> None:
        """A closing bracket: containers inside the one that it closes lack their ends."""
        self.pos = at + 1
        wanted = _closers[bracket]
        if not any(isinstance(node, wanted) for node in self.stack[1:]):
            self.fault("stray-bracket", at, at + 1, bracket)
            return
        if self.comma is not None:
            self.fault("trailing-comma", self.comma, self.comma + 1)
            self.comma = None
        while not isinstance(self.stack[-1], wanted):
            self.lacks_end(at)
        self.end(at + 1)

    def end(self, at: int) -> None:
        node = self.stack.pop()
        self.keys.pop()
        node.span = Span(node.span.start, at)
        self.ready, self.key = False, None
        if isinstance(node, Object) and len(node.members) > 1:
            self.faults.extend(duplicate_keys(node))

    def lacks_end(self, at: int) -> None:
        """Report the innermost container as never closed and end it before `at`."""
        node, key = self.stack[-1], self.keys[-1]
        start = node.span.start
        what, help = name_container(node, key)
        self.fault("unclosed", start, start + 1, what, help)
        self.end(len(self.text[:at].rstrip()) if at - start < 100_000 else at)

    def plain(self, text: str, start: int, end: int) -> Node:
        """A number or a literal."""
        span = Span(start, end)
        if text in literals:
            value = literals[text]
            return Null(span) if value is None else Bool(span, value is True)
        value = json_string.number(text)
        if value is None:
            self.faults.append(SyntaxFault("bad-number", "a number of more than 4,000 digits can't be read", span))
            return Hole(span, text)
        return Number(span, value, text)

    def outdented(self) -> bool:
        """Does the next member start a line that is indented no deeper than the line of its container's bracket?"""
        at = skip.match(self.text, self.pos).end()  # type: ignore[union-attr]
        if len(self.stack) < 3 or at >= len(self.text) or self.text[at] in "}]":
            return False
        line, opener = line_start(self.text, at), self.stack[-1].span.start
        if self.text[line:at].strip(" \t") or line <= opener:
            return False
        return at - line <= len(indentation(self.text, opener))

    def missing_value(self) -> None:
        key = self.key
        end = key.span.end if key else self.pos
        start = key.span.start if key else self.pos
        self.fault("missing-value", start, end, f'"{key.value}"' if key else "an item")
        self.add(Hole(Span(end, end), ""))
        self.ready = False


def duplicate_keys(node: Object) -> list[SyntaxFault]:
    """A fault for each key that came before in the same object. Keys with placeholders may differ in the end."""
    if len({m.key.value for m in node.members}) == len(node.members):
        return []
    first: dict[str, Member] = {}
    faults = []
    for member in node.members:
        known = first.setdefault(member.key.value, member)
        if known is not member and not member.key.holes:
            message = describe("duplicate-key", member.key.value)
            related = ((known.key.span, "the first one"),)
            faults.append(SyntaxFault("duplicate-key", message, member.key.span, None, related))
    return faults
