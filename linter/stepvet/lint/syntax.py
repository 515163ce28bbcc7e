"""Faults of a text as faults of a definition: which rule tells them, how badly, and AWS's word for them.

AWS reads strict JSON, so a definition that is checked by itself must be that (or YAML, which toolkits turn into JSON).
SAM and CloudFormation read a definition file as YAML, where a trailing comma or a comment does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl.fault import Aws, Fault
from stepvet.sources.definition import Definition
from stepvet.text.finding import Fix, Label, Rewrite, Severity
from stepvet.text.reading import SyntaxFault

RULES = {
    "duplicate-key": "duplicate-key",
    "byte-order-mark": "byte-order-mark",
    "ambiguous-scalar": "ambiguous-scalar",
    "trailing-comma": "trailing-comma",
    "comment": "comment-in-json",
    "too-deep": "too-deep",
}
"""Kind of syntax fault → the rule that tells it; all others are `invalid-json` or `invalid-yaml`."""

YAML_TAKES = frozenset({"trailing-comma", "comment"})
AWS_TAKES = frozenset({"duplicate-key", "byte-order-mark", "ambiguous-scalar", "too-deep"})
"""Not known to be refused by AWS as text: its answer is unrecorded, or the fault is not in what reaches AWS."""


def syntax_faults(definition: Definition) -> Iterator[Fault]:
    for fault in definition.faults:
        yield _fault(fault, definition)


_REMOVED = {"trailing-comma": ",", "byte-order-mark": "\ufeff"}
"""Kind of syntax fault → the character at its place without which the text is right, and means the same."""


def _fix(fault: SyntaxFault, definition: Definition) -> Fix | None:
    """A mark that only the file's bytes have is in no text, so no edit takes it away."""
    character = _REMOVED.get(fault.kind)
    if character is None or definition.source.text[fault.span.start : fault.span.end] != character:
        return None
    return Fix(f"remove the {fault.kind.replace('-', ' ')}", (Rewrite(fault.span, ""),), "safe")


def _fault(fault: SyntaxFault, definition: Definition) -> Fault:
    tolerated = fault.kind in YAML_TAKES and definition.template is not None
    strict = definition.format == "json" and fault.kind not in AWS_TAKES and not tolerated
    return Fault(
        rule=RULES.get(fault.kind, f"invalid-{definition.format}"),
        message=fault.message,
        at=fault.span,
        help=fault.help,
        fix=_fix(fault, definition),
        aws=Aws("INVALID_JSON_DESCRIPTION", fault.message, None) if strict else None,
        labels=tuple(Label(span, message) for span, message in fault.related),
        severity=Severity.WARNING if tolerated else None,
    )
