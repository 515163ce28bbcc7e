"""How a template and the definition that it uses fit together: facts, from which rules make findings.

Spans count in the template's text unless a field says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stepvet.text.node import At, Known, Node, String
from stepvet.text.source import Source, Span


@dataclass(frozen=True, slots=True, eq=False)
class Substitution:
    """A key that the template defines for the definition's `${key}`, with its value as the template writes it."""

    key: String
    value: Node
    known: Known


@dataclass(frozen=True, slots=True, eq=False)
class Placeholder:
    """A `${name}` of the definition; `at` counts in the definition's own text. `escaped` is `${!name}`, which `Fn::Sub`
    leaves as `${name}`."""

    name: str
    at: At
    escaped: bool = False


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A reference in the state machine's resource to something that the template doesn't have. `candidates` are the
    names that it has."""

    name: str
    span: Span
    how: Literal["Ref", "Fn::GetAtt", "Fn::Sub", "Terraform"]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MissingFile:
    """A definition file that the template names and that isn't there. `near` differs from it in letter case only."""

    path: str
    at: Node
    near: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """A definition file as another state machine uses it."""

    template: Source
    resource: String
    substitutions: tuple[Substitution, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Wiring:
    """`resource` is the state machine's name in the template. `substitutions` is None where the placeholders are not
    the template's to define (no such channel) or not all of them are known (they come from a macro, say). `directives`
    are texts that Terraform mistakes for directives."""

    template: Source
    resource: String
    substitutions: tuple[Substitution, ...] | None = None
    placeholders: tuple[Placeholder, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    missing: MissingFile | None = None
    directives: tuple[Span, ...] = ()
    written_in: Source | None = None
    """The file in which `directives` count."""
    others: tuple[Use, ...] = ()
    """The uses of the same definition file that come before this one."""
