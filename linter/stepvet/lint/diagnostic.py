"""What the engine makes of a finding: resolved places, the severity in force, pointer, state path and fingerprint.

Everything a report prints is here; a reporter decides nothing and looks nothing up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from stepvet.lint.rule import Rule
from stepvet.text.finding import Fix, Severity, Witness
from stepvet.text.node import Route
from stepvet.text.source import Position, Source, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A range in a file of the user's."""

    source: Source
    span: Span

    @property
    def file(self) -> str:
        return self.source.file

    @property
    def start(self) -> Position:
        return self.source.position(self.span.start)

    @property
    def end(self) -> Position:
        return self.source.position(self.span.end)

    @property
    def text(self) -> str:
        return self.source.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Related:
    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of a span in a file by a text."""

    source: Source
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A fix as edits of the user's files."""

    fix: Fix
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding is not shown: `kind` is inSource or external, `reason` the user's words."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    rule: Rule[Any]
    severity: Severity
    message: str
    place: Place
    route: Route
    """The way to the place inside the definition; empty for the root and for what lies outside."""
    resource: str | None
    help: str | None = None
    related: tuple[Related, ...] = ()
    repair: Repair | None = None
    witness: Witness | None = None
    aws_code: str | None = None
    suppressed: Suppression | None = None
    ordinal: int = 0
    """Counts findings that are alike in one file, so that each has its own fingerprint."""
    construct: str | None = None
    """The CDK construct that the definition belongs to."""

    @property
    def pointer(self) -> str:
        return pointer(self.route)

    @property
    def state_path(self) -> tuple[str, ...]:
        return state_path(self.route)

    @property
    def identity(self) -> tuple[str, ...]:
        """What alike findings share; their `ordinal` tells them apart."""
        return self.rule.name, self.place.file, self.resource or "", self.pointer, self.message

    @property
    def fingerprint(self) -> str:
        """The same for the same fault as long as file, pointer and words stay; independent of lines."""
        import hashlib

        facts = "\0".join((*self.identity, str(self.ordinal)))
        return "v1:" + hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def numbered(self, ordinal: int) -> Diagnostic:
        return replace(self, ordinal=ordinal)

    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (self.place.file, self.place.span.start, self.place.span.end, self.rule.name, self.message)


def pointer(route: Route) -> str:
    """A route as an RFC 6901 JSON Pointer.

    >>> pointer(("States", "a/b", "Choices", 0))
    '/States/a~1b/Choices/0'
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in route)


def state_path(route: Route) -> tuple[str, ...]:
    """Names of the states that a route leads through, outermost first.

    >>> state_path(("States", "Each", "ItemProcessor", "States", "Charge", "Next"))
    ('Each', 'Charge')
    """
    names: list[str] = []
    rest = list(route)
    while len(rest) >= 2 and rest[0] == "States":
        names.append(str(rest[1]))
        inner = {"ItemProcessor": 3, "Iterator": 3, "Branches": 4}.get(str(rest[2])) if len(rest) > 2 else None
        rest = rest[inner:] if inner else []
    return tuple(names)
