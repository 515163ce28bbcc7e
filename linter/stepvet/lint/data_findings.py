"""Findings about data: what symbolic runs met, told at its place with its story and a witness.

A failure that every run meets is an error, one on some path a warning; nothing else becomes a finding here. A
definition that AWS refuses anyway is not run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from stepvet.asl.model import State
from stepvet.text.finding import Finding, Label, Severity, Witness
from stepvet.text.node import Json

if TYPE_CHECKING:
    from stepvet.lint.context import Context
    from stepvet.run.symbolic.facts_of_data import DataFailure


def data_findings(context: Context, state: State, kind: str, most: Severity = Severity.ERROR) -> Iterator[Finding]:
    """The failures of one kind in a state; `most` is the highest severity that they get."""
    for failure in context.data.of(state, kind) if context.data is not None else ():
        yield told_failure(failure, most)


def told_failure(failure: DataFailure, most: Severity) -> Finding:
    severity = Severity.ERROR if failure.always and most is Severity.ERROR else Severity.WARNING
    story = [Label(node, message) for node, message in failure.told.labels]
    if " " in failure.route:
        story.append(Label(failure.state.key, f"reached by {failure.route}"))
    return Finding(
        failure.told.message,
        at=failure.at,
        labels=tuple(story),
        help=failure.told.help,
        witness=witness_of(failure.witness.input, failure.witness.services),
        severity=severity,
    )


def witness_of(given: Json, services: Mapping[str, Json]) -> Witness:
    return Witness(given, dict(services))
