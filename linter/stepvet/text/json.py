"""A tolerant JSON reader: every key and value with its place, every fault with its name, and it goes on.

A quick loop reads regular text, one regular expression a member; whatever it doesn't match goes to `_slow`, which
names the fault and finds its feet again. Containers are kept on an explicit stack, so depth costs no recursion.

`${…}` placeholders, quoted, inside a string, in a key or bare, are holes and no faults. A container that lacks its end
is found by indentation: where the text ends too early, it is read again, and a member that starts a line no deeper
than the line of its container's bracket ends that container.

Invariant: reads any text without raising, in near linear time; agrees with `json.loads` on valid JSON (a half
surrogate pair is a fault and stands as U+FFFD).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stepvet.text import json_string
from stepvet.text.json_faults import describe, name_container, word_fault
from stepvet.text.json_string import hole_pattern, key_string, literals, string_or_hole
from stepvet.text.node import Array, Bool, Hole, Member, Node, Null, Number, Object, String
from stepvet.text.reading import Comment, Reading, SyntaxFault
from stepvet.text.source import Span

max_depth = 200

_space = r"[ \t\n\r]*"
_string = r'"([^"\\\x00-\x1f]*)"'
_number = r"(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?=[ \t\n\r,\]}]|\Z)"
_value = rf"{_space}(?:{_string}|([{{\[])|{_number}|(true|false|null)(?=[ \t\n\r,\]}}]|\Z))(?:{_space}([,}}\]]))?"
_item = re.compile(_value)
_member = re.compile(rf"{_space}{_string}{_space}:{_value}")
_next = re.compile(rf"{_space}([,}}\]])")
_skip = re.compile(r"[ \t\n\r]*")
_comment = re.compile(r"//[^\n\r]*|/\*[\s\S]*?(?:\*/|\Z)|#[^\n\r]*")
_one_line = {q: re.compile(rf"{q}((?:[^{q}\\\n\r]|\\[^\n\r])*){q}") for q in "\"'"}
_many_lines = re.compile(r'"((?:[^"\\]|\\[\s\S])*)"(?=[ \t\n\r]*(?:[,:}\]]|\Z))')
_rest_of_line = re.compile(r"[\"'][^\n\r]*?(?=[ \t]*,?[ \t]*(?:[\n\r]|\Z))")
_bare = re.compile(rf"{hole_pattern}|[^\s,:\[\]{{}}\"]+(?:[ \t]+(?!//|/\*|#)[^\s,:\[\]{{}}\"]+)*|[\s\S]")
_more_bare = re.compile(rf"(?:{hole_pattern}|[^\s,:\[\]{{}}\"])*")
_odd_space = re.compile(r"[\s\ufeff\u200b]+")
_closers = {"}": Object, "]": Array}


def read_json(text: str) -> Reading:
    """The tree of a JSON text as far as it has one, and its faults in order."""
    reader = _Reader(text)
    reader.read()
    if reader.unclosed:
        second = _Reader(text, indented=True)
        second.read()
        if len(second.faults) <= len(reader.faults) and not second.unclosed:
            reader = second
    return reader.reading()


@dataclass(slots=True, eq=False)
class _Reader:
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

    def reading(self) -> Reading:
        root = self.document.items[0] if self.document.items else None
        if root is None and not self.faults:
            self.fault("empty", 0, len(self.text))
        return Reading(root, tuple(sorted(self.faults, key=lambda f: f.span)), tuple(self.comments))

    def fault(self, kind: str, start: int, end: int, what: str = "", help: str | None = None) -> None:
        self.faults.append(SyntaxFault(kind, describe(kind, what), Span(start, end), help))

    def read(self) -> None:
        self.stack, self.keys = [self.document], [None]
        if self.text.startswith("\ufeff"):
            self.fault("byte-order-mark", 0, 1)
            self.pos = 1
        while self.quick() and self.slow():
            pass
        self.finish()

    def quick(self) -> bool:
        """Read on while the text is regular. Always true: the slow way decides about the end."""
        text, stack = self.text, self.stack
        while len(stack) > 1:
            top = stack[-1]
            if not self.ready:
                if (found := _next.match(text, self.pos)) is None:
                    return True
                separator, self.pos = found[1], found.end()
            elif self.indented and self.outdented():
                return True
            elif isinstance(top, Object):
                if (found := _member.match(text, self.pos)) is None:
                    return True
                span = found.span(1)
                self.key = key_string(Span(span[0] - 1, span[1] + 1), found[1], "json")
                separator = self.take(found, 1)
            else:
                if (found := _item.match(text, self.pos)) is None:
                    return True
                separator = self.take(found, 0)
            if separator == ",":
                self.comma, self.ready = self.pos - 1, True
            elif separator is not None:
                self.close(separator, self.pos - 1)
        return True

    def take(self, found: re.Match[str], before: int) -> str | None:
        """Add the value of a regular match; gives back the separator after it, where there is one."""
        number = found.lastindex or 0
        separator = found[before + 5]
        index = number - before if separator is None else _index(found, before)
        start, end = found.span(before + index)
        self.pos, self.ready = found.end(), False
        if index == 1:
            self.add(string_or_hole(Span(start - 1, end + 1), found[before + 1], "json"))
        elif index == 2:
            self.pos = end
            self.open(found[before + 2], start)
            return None
        else:
            self.add(self.plain(found[before + index], start, end))
        return separator

    def plain(self, text: str, start: int, end: int) -> Node:
        """A number or a literal."""
        span = Span(start, end)
        if text in literals:
            value = literals[text]
            return Null(span) if value is None else Bool(span, value is True)
        value = json_string.number(text)
        if value is None:
            self.fault("bad-number", start, end, "a number of so many digits")
            return Hole(span, text)
        return Number(span, value, text)

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

    def finish(self) -> None:
        open_ones = self.stack[1:]
        too_deep = any(f.kind == "too-deep" for f in self.faults)
        if open_ones and not too_deep:
            self.unclosed = True
            what, help = name_container(open_ones[-1], self.keys[-1])
            start = open_ones[-1].span.start
            self.fault("unclosed", start, start + 1, what, help)
        while len(self.stack) > 1:
            self.end(len(self.text))

    # ------------------------------------------------------------------ irregular text

    def slow(self) -> bool:
        """Read one irregular thing; false at the end of the text."""
        self.blank()
        if self.pos >= len(self.text):
            if self.key is not None:
                self.missing_value()
            return False
        if self.indented and self.ready and self.outdented():
            self.lacks_end(self.pos)
            self.ready = True
        elif len(self.stack) == 1 and self.document.items:
            self.extra()
            return False
        elif not self.ready:
            self.after_value()
        elif isinstance(self.stack[-1], Object) and self.key is None:
            self.member()
        else:
            self.value()
        return True

    def blank(self) -> None:
        """Skip white space and comments; each comment is kept and the first is a fault."""
        while True:
            self.pos = _skip.match(self.text, self.pos).end()  # type: ignore[union-attr]
            if (found := _comment.match(self.text, self.pos)) is None:
                return
            self.comments.append(Comment(Span(*found.span()), found[0].lstrip("/*# \t").rstrip("*/ \t")))
            if len(self.comments) == 1:
                self.fault("comment", *found.span())
            self.pos = found.end()

    def outdented(self) -> bool:
        """Does the next member start a line that is indented no deeper than the line of its container's bracket?"""
        at = _skip.match(self.text, self.pos).end()  # type: ignore[union-attr]
        if len(self.stack) < 3 or at >= len(self.text) or self.text[at] in "}]":
            return False
        line, opener = self.line_start(at), self.stack[-1].span.start
        if self.text[line:at].strip(" \t") or line <= opener:
            return False
        start = self.line_start(opener)
        indent = len(self.text[start:opener]) - len(self.text[start:opener].lstrip(" \t"))
        return at - line <= indent

    def line_start(self, at: int) -> int:
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def extra(self) -> None:
        end = len(self.text.rstrip())
        if self.text[self.pos] in "}]":
            self.fault("stray-bracket", self.pos, self.pos + 1, self.text[self.pos])
        else:
            self.fault("extra-text", self.pos, end)

    def after_value(self) -> None:
        """Something other than a comma or an end comes after a value."""
        character = self.text[self.pos]
        if character == ",":
            self.comma, self.ready = self.pos, True
            self.pos += 1
        elif character in "}]":
            self.close(character, self.pos)
        elif character == ":":
            self.fault("unexpected-colon", self.pos, self.pos + 1)
            self.pos += 1
            self.key, self.ready = None, True
            self.value()
        elif len(self.stack) > 2 and self.outdented():
            self.lacks_end(self.pos)
            self.ready = True
        else:
            before = len(self.text[max(0, self.pos - 4096) : self.pos].rstrip()) + max(0, self.pos - 4096)
            if not (
                self.text.startswith("${", self.pos) or (self.text[before - 1 : before] == "}" and self.after_hole())
            ):
                self.fault("missing-comma", before, before)
            self.ready = True

    def after_hole(self) -> bool:
        """Was the last thing a bare placeholder, which may hold its own comma?"""
        top = self.stack[-1]
        last = (
            (top.items[-1] if top.items else None)
            if isinstance(top, Array)
            else (top.members[-1].value if top.members else None)
        )
        return isinstance(last, Hole) and self.text.startswith("${", last.span.start)

    def member(self) -> None:
        """A key that is not plainly a string, or something else where a key should be."""
        character = self.text[self.pos]
        if character in "}]":
            self.close(character, self.pos)
        elif character == ",":
            self.fault("missing-value", self.pos, self.pos + 1, "a member")
            self.pos += 1
        elif character in "{[":
            self.fault("missing-key", self.pos, self.pos + 1)
            self.value()
        elif character == ":":
            self.fault("missing-key", self.pos, self.pos + 1)
            self.pos += 1
            self.value()
        else:
            self.comma = None
            self.key_and_colon()

    def key_and_colon(self) -> None:
        token = self.token(in_key=True)
        text = token.text if isinstance(token, Hole) else token.value if isinstance(token, String) else ""
        bare = isinstance(token, Hole) and self.text.startswith("${", token.span.start)
        self.key = key_string(token.span, text, "json")
        self.blank()
        following = self.text[self.pos : self.pos + 1]
        if following == ":":
            self.pos += 1
        elif bare:
            self.add(Hole(token.span, text))
            self.ready = False
        elif following and following in ",}]":
            self.missing_value()
        elif following:
            self.fault("missing-colon", token.span.end, token.span.end)

    def missing_value(self) -> None:
        key = self.key
        end = key.span.end if key else self.pos
        start = key.span.start if key else self.pos
        self.fault("missing-value", start, end, f'"{key.value}"' if key else "an item")
        self.add(Hole(Span(end, end), ""))
        self.ready = False

    def value(self) -> None:
        """A value that is not regular, or something else where a value should be."""
        self.blank()
        character = self.text[self.pos : self.pos + 1]
        top = self.stack[-1]
        if not character:
            return
        if character in "{[":
            self.pos += 1
            self.open(character, self.pos - 1)
        elif character in "}]":
            if self.key is not None:
                self.missing_value()
            self.close(character, self.pos)
        elif character == ",":
            if isinstance(top, Array) and len(self.stack) > 1:
                self.fault("missing-value", self.pos, self.pos + 1, "an item")
            elif self.key is not None:
                self.missing_value()
            self.pos += 1
        elif character == ":":
            self.fault("unexpected-colon", self.pos, self.pos + 1)
            self.pos += 1
        else:
            self.ready = False
            self.add(self.token(in_key=False))

    def token(self, *, in_key: bool) -> Node:
        """A string with escapes or faults, a bare placeholder, a word."""
        character = self.text[self.pos]
        if character in "\"'":
            return self.quoted(character, in_key)
        found = _bare.match(self.text, self.pos)
        assert found is not None
        start, end = found.span()
        if "${" in found[0] or self.text.startswith("${", end):
            end = _more_bare.match(self.text, end).end()  # type: ignore[union-attr]
        self.pos = end
        return self.word(start, end)

    def word(self, start: int, end: int) -> Node:
        text, span = self.text[start:end], Span(start, end)
        if "${" in text:
            return Hole(span, text)
        if _item.fullmatch(text):
            return self.plain(text, start, end)
        if _odd_space.fullmatch(text):
            self.fault("odd-space", start, end, f"U+{ord(text[0]):04X}")
            return Hole(span, text)
        fault, value = word_fault(text, span)
        self.faults.append(fault)
        return String(span, text) if value is None else value

    def quoted(self, quote: str, in_key: bool) -> Node:
        found = _one_line[quote].match(self.text, self.pos)
        if found is None and quote == '"':
            found = _many_lines.match(self.text, self.pos)
        if found is None:
            found = _rest_of_line.match(self.text, self.pos)
            assert found is not None
            start, end = found.span()
            self.fault("unclosed-string", start, end)
            literal = found[0][1:]
        else:
            start, end = found.span()
            literal = found[1]
            if quote == "'":
                self.fault("single-quotes", start, end)
        self.pos = end
        value, faults = json_string.decode(literal, start + 1)
        self.faults.extend(faults)
        if in_key:
            return String(Span(start, end), value)
        return string_or_hole(Span(start, end), value, "json")


def _index(found: re.Match[str], before: int) -> int:
    """Which alternative of a value matched, where a separator came after it."""
    return next(i for i in range(1, 5) if found[before + i] is not None)


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
