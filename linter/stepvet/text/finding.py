"""What a rule says: a message at a place, labels that tell the story, help, a fix, a witness.

Findings are values; what becomes of them (severity, suppression, printing) is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from stepvet.text.node import Array, At, Json, Member, Object, String
from stepvet.text.source import Source, Span


class Severity(Enum):
    """Ordered from the mildest; `error` means that AWS refuses it, a MUST forbids it or every run there fails."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        return tuple(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Label:
    """A further place of the story. `source` is given where it is not the definition's own text."""

    at: At | Span
    message: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a key another name."""

    key: String
    name: str


@dataclass(frozen=True, slots=True)
class SetValue:
    """Write another value in place of a node."""

    node: At
    value: Json


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a member out of its object."""

    parent: Object
    member: Member


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Take an item out of its array."""

    parent: Array
    index: int


@dataclass(frozen=True, slots=True)
class Add:
    """Add a member at the end of an object."""

    parent: Object
    key: str
    value: Json


@dataclass(frozen=True, slots=True)
class MoveLast:
    """Move an item to the end of its array."""

    parent: Array
    index: int


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Write another text in place of a span of the definition's own text."""

    span: Span
    text: str


Change = Rewrite | Rename | SetValue | Remove | RemoveItem | Add | MoveLast
"""What a fix does to the tree; `text.edit` writes it as edits of the text, in JSON or in YAML."""


@dataclass(frozen=True, slots=True)
class Fix:
    """`safe`: the meaning stays or only what AWS refuses changes. `unsafe`: what the author meant is a guess."""

    title: str
    changes: tuple[Change, ...]
    safety: Literal["safe", "unsafe"] = "unsafe"
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """An input, and task answers by state name in the shape of a mocks file, with which the machine fails there."""

    input: Json
    mocks: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Finding:
    """`severity` is given where it differs from the rule's; `aws_code` where AWS's validation reports this very fault.
    `source` is given where the finding is not in the definition's own text (in the template around it)."""

    message: str
    at: At | Span
    labels: tuple[Label, ...] = ()
    help: str | None = None
    fix: Fix | None = None
    witness: Witness | None = None
    severity: Severity | None = None
    aws_code: str | None = None
    source: Source | None = None
