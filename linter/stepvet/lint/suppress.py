"""Accepted findings: `stepvet: ignore[rule, rule] reason` in a `Comment`, in YAML comments, in a template's Metadata.

A directive in a `Comment` covers its object, in a comment of the text its line or the next line of code, in Metadata
the definition or the place that it names. A directive that covers nothing is a finding itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from stepvet.lint.diagnostic import Diagnostic, Suppression
from stepvet.lint.registry import specificity
from stepvet.lint.settings import IgnoreAt, Settings
from stepvet.sources.definition import Definition
from stepvet.text.finding import Change, Remove, RemoveItem, Rewrite, SetValue
from stepvet.text.node import Array, At, Object, Route, String, walk
from stepvet.text.source import Span

DIRECTIVE = re.compile(r"stepvet:\s*ignore\[([^\]]*)\]\s*(.*?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, eq=False)
class Directive:
    """`route` or `lines` say what it covers; `removal` is the fix where it covers nothing."""

    names: tuple[str, ...]
    reason: str
    at: At | Span
    removal: Change
    route: Route | None = None
    lines: tuple[int, int] | None = None

    def covers(self, diagnostic: Diagnostic, name: str) -> bool:
        if not specificity(name, diagnostic.rule):
            return False
        if self.lines is not None:
            return self.lines[0] <= diagnostic.place.start.line <= self.lines[1]
        return self.route is not None and diagnostic.route[: len(self.route)] == self.route


@dataclass(frozen=True, slots=True, eq=False)
class UnusedSuppression:
    """A name of a directive that nothing was found for."""

    directive: Directive
    name: str


def directives(definition: Definition) -> Iterator[Directive]:
    """Every directive that is about the definition, in the order of the text."""
    yield from _in_comments(definition)
    yield from _in_text(definition)
    yield from _in_metadata(definition)


def _in_comments(definition: Definition) -> Iterator[Directive]:
    if definition.root is None or "stepvet:" not in definition.source.text:
        return
    for route, node in walk(definition.root):
        comment = node.get("Comment") if isinstance(node, Object) else None
        found = DIRECTIVE.search(comment.value) if isinstance(comment, String) else None
        if found and isinstance(node, Object) and isinstance(comment, String):
            yield Directive(_names(found[1]), found[2], comment, _without(node, comment, found), route=route)


def _without(parent: Object, comment: String, found: re.Match[str]) -> Change:
    rest = (comment.value[: found.start()] + comment.value[found.end() :]).strip()
    member = parent.member("Comment")
    return SetValue(comment, rest) if rest or member is None else Remove(parent, member)


def _in_text(definition: Definition) -> Iterator[Directive]:
    for comment in definition.comments:
        found = DIRECTIVE.search(comment.text)
        if found:
            file, span = definition.source.resolve(comment.span)
            line = file.position(span.start).line
            alone = not file.line(line)[: file.position(span.start).column - 1].strip()
            covered = (line, _next_code_line(file.text.splitlines(), line) if alone else line)
            yield Directive(_names(found[1]), found[2], comment.span, Rewrite(comment.span, ""), lines=covered)


def _next_code_line(lines: list[str], line: int) -> int:
    """The number of the first line after this one that holds more than a comment."""
    following = range(line, len(lines))
    return next((n + 1 for n in following if lines[n].strip() and not lines[n].lstrip().startswith(("#", "//"))), line)


def _in_metadata(definition: Definition) -> Iterator[Directive]:
    """`{ignore: [{rule, at, reason}]}`, where `at` is a JSON Pointer inside the definition."""
    ignored = definition.metadata.get("ignore") if isinstance(definition.metadata, Object) else None
    if not isinstance(ignored, Array):
        return
    for index, entry in enumerate(ignored.items):
        rule = entry.get("rule") if isinstance(entry, Object) else None
        if isinstance(entry, Object) and isinstance(rule, String):
            at, reason = entry.get("at"), entry.get("reason")
            route = pointer_route(at.value) if isinstance(at, String) else ()
            said = reason.value if isinstance(reason, String) else ""
            yield Directive(_names(rule.value), said, rule, RemoveItem(ignored, index), route=route)


def pointer_route(pointer: str) -> Route:
    """The route of an RFC 6901 pointer; digits count as indexes where they stand for themselves.

    >>> pointer_route("/States/a~1b/Choices/0")
    ('States', 'a/b', 'Choices', 0)
    """
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    return tuple(int(s) if s.isdigit() and i and steps[i - 1] != "States" else s for i, s in enumerate(steps))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def apply(
    diagnostics: Iterable[Diagnostic], given: list[Directive]
) -> tuple[list[Diagnostic], list[UnusedSuppression]]:
    """The diagnostics, marked where a directive covers them, and what the directives say in vain."""
    used: set[tuple[int, str]] = set()
    marked = []
    for diagnostic in diagnostics:
        found = [(d, name) for d in given for name in d.names if d.covers(diagnostic, name)]
        used.update((id(d), name) for d, name in found)
        by = Suppression("inSource", found[0][0].reason) if found else None
        marked.append(replace(diagnostic, suppressed=by) if by else diagnostic)
    unused = [UnusedSuppression(d, name) for d in given for name in d.names if (id(d), name) not in used]
    return marked, unused


def outside(diagnostic: Diagnostic, settings: Settings) -> Diagnostic | None:
    """The diagnostic as the settings have it: None where its file is exempt, marked where its place is accepted."""
    file = _relative(diagnostic, settings)
    for exempt in settings.per_file_ignores:
        if matches(file, exempt.pattern) and any(specificity(name, diagnostic.rule) for name in exempt.rules):
            return None
    for accepted in settings.ignore_at:
        if diagnostic.suppressed is None and _accepts(accepted, diagnostic, file, settings.today):
            return replace(diagnostic, suppressed=Suppression("external", accepted.reason))
    return diagnostic


def _relative(diagnostic: Diagnostic, settings: Settings) -> str:
    if settings.root is None:
        return diagnostic.place.file
    path = Path(diagnostic.place.file).absolute()
    return path.relative_to(settings.root).as_posix() if path.is_relative_to(settings.root) else path.as_posix()


def _accepts(accepted: IgnoreAt, diagnostic: Diagnostic, file: str, today: date | None) -> bool:
    if accepted.expires is not None and today is not None and today >= date.fromisoformat(accepted.expires):
        return False
    if not matches(file, accepted.file) or not any(specificity(name, diagnostic.rule) for name in accepted.rules):
        return False
    if accepted.state is not None and accepted.state not in diagnostic.state_path:
        return False
    route = pointer_route(accepted.at) if accepted.at is not None else ()
    return diagnostic.route[: len(route)] == route


def matches(file: str, pattern: str) -> bool:
    """A glob on the whole path, on its end, or on a folder of it; `*` and `**` both cross folders.

    >>> matches("flows/old/a.asl.json", "flows/old"), matches("flows/a.asl.json", "*.asl.json"), matches("a.json", "b")
    (True, True, False)
    """
    plain = pattern.rstrip("/").removeprefix("./")
    return any(fnmatchcase(file, glob) for glob in (plain, f"*/{plain}", f"{plain}/*", f"*/{plain}/*"))
