"""Intrinsic calls: the faults that can be told before a call runs, as faults of a definition.

AWS refuses unknown functions and too deep nesting. Wrong numbers and kinds of arguments are forbidden by the
specification; AWS's answer to them isn't recorded. Oddities that run are warnings.
"""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl.checks.inside import within
from stepvet.asl.fault import Aws, Fault
from stepvet.asl.intrinsics.call import Call, FaultKind, IntrinsicFault, call_faults
from stepvet.asl.slips import did_you_mean, rewrite
from stepvet.text.finding import Fix, Severity
from stepvet.text.node import String

_RULES: dict[FaultKind, str] = {
    FaultKind.UNKNOWN_FUNCTION: "unknown-intrinsic",
    FaultKind.NESTING: "deeply-nested-intrinsic",
    FaultKind.ROUNDED: "rounded-intrinsic-argument",
    FaultKind.DELIMITERS: "several-split-delimiters",
}
"""Kind of fault → the rule that tells it; all others are `wrong-intrinsic-argument`."""


def intrinsic_faults(value: String, call: Call, diagnostic: Aws) -> Iterator[Fault]:
    """The faults of a call and of the calls in it; `diagnostic` is AWS's, where it refuses the call."""
    for fault in call_faults(call):
        yield Fault(
            rule=_RULES.get(fault.kind, "wrong-intrinsic-argument"),
            message=fault.message,
            at=within(value, fault.start, fault.end),
            aws=diagnostic if fault.kind.refused else None,
            help=did_you_mean(fault.near),
            fix=_fix(value, fault),
            severity=None if fault.kind.fails else Severity.WARNING,
        )


def _fix(value: String, fault: IntrinsicFault) -> Fix | None:
    if fault.near is None:
        return None
    is_text = value.value.startswith("'", fault.start)
    meant = f"'{fault.near}'" if is_text else fault.near
    return rewrite(value, fault.near, value.value[: fault.start] + meant + value.value[fault.end :])
