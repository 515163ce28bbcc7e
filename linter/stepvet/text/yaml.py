"""A YAML reader on PyYAML's events: the same tree as from JSON, with faults, comments and tags.

Composed with an explicit stack, so that depth costs no recursion. Scalars are read as YAML 1.2's core schema has
them. An alias stands for a copy of its anchor in which every node has the alias's span; copies count against a budget.
Merge keys (`<<`) are resolved. Of several documents the first is read.

This is the only module that knows PyYAML.

Invariant: reads any text without raising; offsets count code points of the text as given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from stepvet.text.json_state import duplicate_keys, max_depth
from stepvet.text.json_string import key_string, string_or_hole
from stepvet.text.node import Array, Hole, Member, Node, Object, String, Style
from stepvet.text.reading import Comment, Reading, SyntaxFault
from stepvet.text.source import Span
from stepvet.text.yaml_alias import copied
from stepvet.text.yaml_faults import ambiguous, syntax_fault
from stepvet.text.yaml_scalar import older_reading, plain_scalar, tagged_scalar

alias_budget = 50_000
"""How many nodes aliases may stand for, in one text."""

_styles: dict[str | None, Style] = {
    None: "plain", "": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded",
}  # fmt: skip
_unprintable = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_properties = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:[ \t\r\n]+|#[^\r\n]*)*)+")
_comment = re.compile(r"(?:(?<=[ \t\r\n])|\A)#[^\r\n]*")


def read_yaml(text: str) -> Reading:
    """The tree of the first document of a YAML text as far as it has one, and the text's faults in order."""
    composer = _Composer(text)
    bom = 1 if text.startswith("\ufeff") else 0
    if bom:
        composer.fault("byte-order-mark", "the text starts with a byte order mark", Span(0, 1))
    for found in _unprintable.finditer(text, bom):
        message = f"the character U+{ord(found[0]):04X} is not allowed in YAML"
        composer.fault("bad-character", message, Span(*found.span()))
    composer.read(_unprintable.sub("\ufffd", text[bom:]), bom)
    return composer.reading()


def _events(text: str) -> Iterator[Any]:
    import yaml

    return yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@dataclass(slots=True, eq=False)
class _Open:
    """A container that is being read. `key` waits for its value; `dropped` says that the key can't be one."""

    node: Object | Array
    block: bool
    anchor: str | None
    key: String | None = None
    dropped: bool = False
    merges: list[tuple[int, Span, Node]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Composer:
    text: str
    root: Node | None = None
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, Node | None] = field(default_factory=dict)
    faults: list[SyntaxFault] = field(default_factory=list)
    tags: dict[int, str] = field(default_factory=dict)
    tagged: list[Node] = field(default_factory=list)
    scalars: list[Span] = field(default_factory=list)
    documents: int = 0
    budget: int = alias_budget
    read_to: int = 0

    def fault(self, kind: str, message: str, span: Span) -> None:
        self.faults.append(SyntaxFault(kind, message, span))

    def reading(self) -> Reading:
        if self.root is None and not self.faults:
            self.fault("empty", "the text is empty", Span(0, len(self.text)))
        faults = tuple(sorted(self.faults, key=lambda f: f.span))
        return Reading(self.root, faults, tuple(self.comments()), self.tags, tuple(self.tagged))

    def read(self, text: str, offset: int) -> None:
        import yaml

        try:
            for event in _events(text):
                self.read_to = event.end_mark.index + offset
                if self.stop(event, Span(event.start_mark.index + offset, self.read_to)):
                    break
        except yaml.YAMLError as error:
            self.failed(error, offset)
        while self.stack:
            if isinstance(node := self.stack[-1].node, Object):
                node.unfinished = True
            self.end(Span(self.read_to, self.read_to))

    def failed(self, error: Any, offset: int) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        at = mark.index + offset if mark else self.read_to
        problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
        self.faults.append(syntax_fault(self.text, problem, at))

    def stop(self, event: Any, span: Span) -> bool:
        """Take an event; true where reading has to end."""
        match type(event).__name__:
            case "ScalarEvent":
                self.scalar(event, span)
            case "MappingStartEvent" | "SequenceStartEvent":
                return self.start(event, span)
            case "MappingEndEvent" | "SequenceEndEvent":
                self.end(span)
            case "AliasEvent":
                self.alias(event, span)
            case "DocumentStartEvent":
                return self.document(span)
        return False

    def document(self, span: Span) -> bool:
        self.documents += 1
        if self.documents > 1:
            self.fault("several-documents", "a second document, which is not read", Span(span.start, span.end))
        return self.documents > 1

    def bare_span(self, event: Any, span: Span) -> Span:
        """The span without the anchor and the tag before the value."""
        if event.anchor is None and event.tag is None:
            return span
        found = _properties.match(self.text, span.start)
        start = min(found.end(), span.end) if found else span.start
        return Span(start, max(start, span.end))

    def scalar(self, event: Any, span: Span) -> None:
        span, style, value = self.bare_span(event, span), _styles[event.style], event.value
        if style in ("literal", "folded"):
            span = Span(span.start, span.start + len(self.text[span.start : span.end].rstrip()))
        if style == "plain" and not value:
            span = Span(span.start, span.start)
        self.scalars.append(span)
        tag = event.tag
        if self.wants_key():
            node: Node = key_string(span, value, style)
        elif tag is not None:
            node = tagged_scalar(tag, value, span, style)
        elif style == "plain":
            node = plain_scalar(value, span)
        else:
            node = string_or_hole(span, value, style)
        if style == "plain" and tag is None and (older := older_reading(value)):
            self.faults.append(ambiguous(value, older, span))
        self.name(node, event)
        self.add(node, span)

    def name(self, node: Node, event: Any) -> None:
        if event.tag is not None:
            self.tags[id(node)] = event.tag
            self.tagged.append(node)
        if event.anchor is not None:
            self.anchors[event.anchor] = node

    def wants_key(self) -> bool:
        if not self.stack:
            return False
        top = self.stack[-1]
        return isinstance(top.node, Object) and top.key is None and not top.dropped

    def start(self, event: Any, span: Span) -> bool:
        span = self.bare_span(event, span)
        if len(self.stack) >= max_depth:
            message = f"more than {max_depth} containers inside each other"
            self.fault("too-deep", message, Span(span.start, span.start + 1))
            return True
        node: Object | Array = Object(span, []) if type(event).__name__ == "MappingStartEvent" else Array(span, [])
        self.name(node, event)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.stack.append(_Open(node, not event.flow_style, event.anchor))
        return False

    def end(self, span: Span) -> None:
        """Close the innermost container. A block ends with its last part, not with the blank lines after it."""
        closed = self.stack.pop()
        node = closed.node
        if isinstance(node, Object):
            if closed.key is not None:
                node.members.append(Member(closed.key, Hole(Span(closed.key.span.end, closed.key.span.end), "")))
            self.merge(node, closed.merges)
        end = max(_last_end(node, closed.merges), node.span.start) if closed.block else span.end
        node.span = Span(node.span.start, end)
        if isinstance(node, Object):
            self.faults.extend(duplicate_keys(node))
        if closed.anchor is not None:
            self.anchors[closed.anchor] = node
        self.add(node, node.span)

    def add(self, node: Node, span: Span) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top.node, Array):
            top.node.items.append(node)
        elif top.dropped:
            top.dropped = False
        elif top.key is None:
            self.add_key(top, node, span)
        elif top.key.value == "<<" and top.key.style == "plain":
            top.merges.append((len(top.node.members), span, node))
            top.key = None
        else:
            top.node.members.append(Member(top.key, node))
            top.key = None

    def add_key(self, top: _Open, node: Node, span: Span) -> None:
        if isinstance(node, String):
            top.key = node
        elif isinstance(node, (Object, Array)):
            self.fault("complex-key", "a key that is no text", span)
            top.dropped = True
        else:
            top.key = String(span, self.text[span.start : span.end], "plain")

    def merge(self, node: Object, merges: list[tuple[int, Span, Node]]) -> None:
        """Put in the members of merge keys; a member that is there, or came earlier, wins."""
        for place, span, value in reversed(merges):
            known = {m.key.value for m in node.members}
            taken: list[Member] = []
            for source in value.items if isinstance(value, Array) else [value]:
                if not isinstance(source, Object):
                    self.fault("bad-merge", "a merge key takes mappings only", span)
                    continue
                fresh = [m for m in source.members if m.key.value not in known]
                known.update(m.key.value for m in fresh)
                taken.extend(fresh)
            node.members[place:place] = taken

    def alias(self, event: Any, span: Span) -> None:
        name = event.anchor
        if name not in self.anchors:
            self.fault("undefined-alias", f'no anchor before this is called "{name}"', span)
            node: Node = Hole(span, f"*{name}")
        elif (target := self.anchors[name]) is None:
            self.fault("recursive-alias", f'the alias "{name}" stands inside its own anchor', span)
            node = Hole(span, f"*{name}")
        else:
            node = self.copied(target, span)
        self.add(
            key_string(span, node.value, node.style) if isinstance(node, String) and self.wants_key() else node, span
        )

    def copied(self, node: Node, span: Span) -> Node:
        copy, self.budget = copied(node, span, self.budget, self.tags)
        self.tagged.append(copy)
        if self.budget < 0 and not any(f.kind == "too-many-aliases" for f in self.faults):
            self.fault("too-many-aliases", f"aliases stand for more than {alias_budget} values", span)
        return copy

    def comments(self) -> Iterator[Comment]:
        """Comments, found again in what is no scalar."""
        if "#" not in self.text:
            return
        ordered = sorted(self.scalars)
        starts = [s.start for s in ordered]
        at, end = 0, self.read_to or len(self.text)
        while found := _comment.search(self.text, at, end):
            index = bisect_right(starts, found.start()) - 1
            if index >= 0 and ordered[index].end > found.start():
                at = ordered[index].end
            else:
                at = found.end()
                yield Comment(Span(*found.span()), found[0].lstrip("# \t").rstrip())


def _last_end(node: Object | Array, merges: list[tuple[int, Span, Node]]) -> int:
    """Where the last part of a container ends."""
    parts = node.items if isinstance(node, Array) else [m.value for m in node.members]
    spans = chain(
        (p.span for p in parts), (m.key.span for m in getattr(node, "members", ())), (s for _, s, _ in merges)
    )
    return max((s.end for s in spans), default=node.span.start)
