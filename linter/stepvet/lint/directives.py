"""Exceptions that stand beside what they except: `stepvet: ignore[rule, rule] reason` in a `Comment` of the definition,
in a comment of the text, or as an entry of a template's `Metadata`.

A directive in a `Comment` covers its object, in a comment of the text its line or the next line of code, in Metadata
the definition or the place that it names. Whether it was needed is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stepvet.lint.diagnostic import Diagnostic, pointer
from stepvet.lint.registry import specificity
from stepvet.sources.definition import Definition
from stepvet.text.finding import Change, Remove, RemoveItem, Rewrite, SetValue
from stepvet.text.lines import line_start, next_line
from stepvet.text.node import Array, At, Inside, Object, String, walk
from stepvet.text.source import Source, Span

DIRECTIVE = re.compile(r"stepvet:\s*ignore(?:\[([^\]]*)\])?[ \t]*(.*?)[ \t]*(?:\*/)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True, eq=False)
class Directive:
    """`pointer` or `lines` (file, first, last) say what it covers; `removals` what takes away each name. `source` is
    given where `at` counts in another text than the definition's."""

    names: tuple[str, ...]
    reason: str
    at: At | Span
    removals: tuple[Change, ...]
    source: Source | None = None
    pointer: str | None = None
    lines: tuple[str, int, int] | None = None

    def covers(self, diagnostic: Diagnostic, name: str) -> bool:
        if not specificity(name, diagnostic.rule):
            return False
        if self.lines is not None:
            file, first, last = self.lines
            return diagnostic.place.file == file and first <= diagnostic.place.start.line <= last
        return self.pointer is not None and is_within(diagnostic.pointer, self.pointer)


def is_within(inner: str, outer: str) -> bool:
    """Does a JSON Pointer lead to a place or into it?

    >>> is_within("/States/A/Next", "/States/A"), is_within("/States/AB", "/States/A"), is_within("/States", "")
    (True, False, True)
    """
    return inner == outer or inner.startswith(f"{outer}/")


def directives(definition: Definition) -> Iterator[Directive]:
    """Every directive that is about the definition."""
    if definition.root is not None and "stepvet:" in definition.source.text:
        yield from _in_comment_fields(definition)
    yield from _in_text(definition)
    yield from _in_metadata(definition)


def _in_comment_fields(definition: Definition) -> Iterator[Directive]:
    assert definition.root is not None
    for route, node in walk(definition.root):
        member = node.member("Comment") if isinstance(node, Object) else None
        comment = member.value if member else None
        found = DIRECTIVE.search(comment.value) if isinstance(comment, String) else None
        if not found or not isinstance(node, Object) or not isinstance(comment, String) or not member:
            continue
        rest = (comment.value[: found.start()] + comment.value[found.end() :]).strip()
        whole: Change = SetValue(comment, rest) if rest else Remove(node, member)
        shorter = [SetValue(Inside(comment, Span(*found.span(1))), left) for left in _without_each(found)]
        yield Directive(names(found[1]), found[2], comment, tuple(shorter or [whole]), pointer=pointer(route))


def _in_text(definition: Definition) -> Iterator[Directive]:
    source = definition.source
    for comment in definition.comments:
        found = DIRECTIVE.search(source.text, comment.span.start, comment.span.end)
        if found is None:
            continue
        whole = Rewrite(_cut(source.text, comment.span, found), "")
        shorter = [Rewrite(Span(*found.span(1)), left) for left in _without_each(found)]
        reason = found[2].removesuffix("*/").rstrip()
        yield Directive(
            names(found[1]), reason, comment.span, tuple(shorter or [whole]), lines=_covered(source, comment.span)
        )


def _cut(text: str, comment: Span, found: re.Match[str]) -> Span:
    """What goes with a directive: its line where it stands alone, else the comment, else its part of the comment."""
    first, following = line_start(text, comment.start), next_line(text, comment.end)
    if text[comment.start : found.start()].strip("#/* \t"):
        end = comment.end - 2 if text.endswith("*/", comment.start, comment.end) else comment.end
        return Span(_without_blanks(text, found.start()), end)
    if text[first : comment.start].strip() or text[comment.end : following].strip():
        return Span(_without_blanks(text, comment.start), comment.end)
    return Span(first, following)


def _without_blanks(text: str, offset: int) -> int:
    return len(text[:offset].rstrip(" \t"))


def _covered(source: Source, comment: Span) -> tuple[str, int, int]:
    """The comment's line; where it stands alone, down to the next line that holds more than a comment."""
    file, span = source.resolve(comment)
    line, column, _ = file.position(span.start)
    if file.line(line)[: column - 1].strip():
        return file.file, line, line
    following = range(line + 1, len(file.line_starts) + 1)
    return file.file, line, next((n for n in following if _is_code(file.line(n))), line)


def _is_code(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith(("#", "//"))


def _in_metadata(definition: Definition) -> Iterator[Directive]:
    """`{ignore: [{rule, at, reason}]}`, where `at` is a JSON Pointer inside the definition."""
    ignored = definition.metadata.get("ignore") if isinstance(definition.metadata, Object) else None
    for index, entry in enumerate(ignored.items if isinstance(ignored, Array) else ()):
        rule = entry.get("rule") if isinstance(entry, Object) else None
        if not isinstance(entry, Object) or not isinstance(rule, String) or not isinstance(ignored, Array):
            continue
        told = names(rule.value)
        left = [SetValue(rule, ", ".join(n for n in told if n != name)) for name in told]
        removals: list[Change] = [*left] if len(told) > 1 else [RemoveItem(ignored, index)]
        at, reason = _text(entry, "at"), _text(entry, "reason")
        yield Directive(told, reason, rule, tuple(removals), source=definition.template, pointer=at)


def _text(entry: Object, key: str) -> str:
    value = entry.get(key)
    return value.value if isinstance(value, String) else ""


def names(text: str | None) -> tuple[str, ...]:
    """The names between the brackets; a directive without any has one that no rule has."""
    return tuple(name.strip() for name in (text or "").split(",") if name.strip()) or ("",)


def _without_each(found: re.Match[str]) -> list[str]:
    """The bracket's text without each name in turn; nothing where there is only one."""
    told = names(found[1])
    return [", ".join(n for n in told if n != name) for name in told] if len(told) > 1 else []
