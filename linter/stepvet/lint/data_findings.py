"""Findings about data: what symbolic runs met, told at its place with its story and a witness.

A failure that every run meets is an error, one on some path a warning; nothing else becomes a finding here. A
definition that AWS refuses anyway is not run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from stepvet.asl.fault import Fault
from stepvet.asl.model import State
from stepvet.lint.rule import told
from stepvet.text.finding import Finding, Label, Severity, Witness
from stepvet.text.node import At, Inside, Json, Node
from stepvet.text.source import Span

if TYPE_CHECKING:
    from stepvet.lint.context import Context
    from stepvet.run.symbolic.facts_of_data import DataFailure


def data_findings(context: Context, state: State, kind: str, most: Severity = Severity.ERROR) -> Iterator[Finding]:
    """The failures of one kind in a state; `most` is the highest severity that they get. What fails because of a
    fault in the same text, which another rule tells at its very place, is no second finding."""
    for failure in context.data.of(state, kind) if context.data is not None else ():
        if not _is_told(failure, state, context):
            yield told_failure(failure, most)


CAUSES = frozenset(
    ("jsonata-arguments", "jsonata-states-field", "unknown-jsonata-function", "wrong-intrinsic-argument")
)
"""Rules whose fault makes an expression or a call fail when it is reached."""


def _is_told(failure: DataFailure, state: State, context: Context) -> bool:
    node = _node(failure.at)
    causes = (f.at for f in context.faults if f.rule in CAUSES and not f.hidden)
    unassigned = (read.at for read, _ in context.variables.without_value(state))
    return any(_node(at) is node for at in (*causes, *unassigned))


def told_with_data(fault: Fault, context: Context) -> Finding:
    """The finding that a fault is; an error where every run that gets there fails by it."""
    node, failures = _node(fault.at), context.data.failures if context.data is not None else ()
    always = any(failure.always and _node(failure.at) is node for failure in failures)
    return replace(told(fault), severity=Severity.ERROR) if always else told(fault)


def _node(at: At | Span) -> Node | None:
    """The node that a place is, or lies in; None for a place in the text alone."""
    match at:
        case Span():
            return None
        case Inside():
            return at.node
        case _:
            return at


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
