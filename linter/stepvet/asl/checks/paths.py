"""JSONPath by field: which grammar each field takes, and what AWS says of a value that breaks it.

The parser judges a path; here is what a field asks of it: a path or a Reference Path, the Context Object or not,
variables or not, an intrinsic call or not. As recorded and measured at AWS; what isn't known of AWS has no diagnostic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stepvet.asl import aws
from stepvet.asl.checks.inside import within
from stepvet.asl.checks.intrinsics import intrinsic_faults
from stepvet.asl.checks.spelling import spelling_faults
from stepvet.asl.fault import Aws, Fault
from stepvet.asl.intrinsics.call import Call, parse_template_value
from stepvet.asl.operators import OPERATORS
from stepvet.asl.paths.path import Path, PathError, Root, parse_path, reference_fault
from stepvet.asl.schema.sites import Site
from stepvet.text.finding import Severity
from stepvet.text.node import Route, String, known_string

Answer = Literal["taken", "refused", "forbidden"]
"""AWS takes it (or nobody knows better), AWS refuses it, or only the specification forbids it."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a field takes. `many`: a path that may lead to several nodes, where a Reference Path is due."""

    reference: bool = True
    context: Answer = "taken"
    variable: Answer = "taken"
    many: Answer = "forbidden"
    calls: frozenset[str] = frozenset()


_PATH = Grammar(reference=False)
_RESULT = Grammar(context="forbidden", variable="forbidden", many="refused")
_ITEMS = Grammar(many="refused")
_NUMBER = Grammar(context="refused")
_PLACE = Grammar()
_TEXT = Grammar(
    calls=frozenset(
        f"States.{name}"
        for name in ("Format", "JsonToString", "ArrayGetItem", "Base64Encode", "Base64Decode", "Hash", "UUID")
    )
)

GRAMMARS: dict[str, Grammar] = {
    "InputPath": _PATH,
    "OutputPath": _PATH,
    "ResultPath": _RESULT,
    "ItemsPath": _ITEMS,
    "Variable": _PLACE,
    "SecondsPath": _PLACE,
    "TimestampPath": _PLACE,
    "TimeoutSecondsPath": _PLACE,
    "HeartbeatSecondsPath": _PLACE,
    "MaxConcurrencyPath": _NUMBER,
    "ToleratedFailureCountPath": _NUMBER,
    "ToleratedFailurePercentagePath": _NUMBER,
    "MaxItemsPath": _NUMBER,
    "MaxItemsPerBatchPath": _NUMBER,
    "MaxInputBytesPerBatchPath": _NUMBER,
    "ErrorPath": _TEXT,
    "CausePath": _TEXT,
    **{name: _PLACE for name, operator in OPERATORS.items() if operator.takes_path},
}
"""Field → what it takes. `x.$` members of payload templates are `templates`' matter."""


def path_faults(site: Site) -> Iterator[Fault]:
    """The faults of an object's path fields."""
    if site.language != "JSONPath" or not site.language_known:
        return
    for member in site.node.members:
        name = member.key.value
        grammar = GRAMMARS.get(name)
        value = known_string(member.value)
        if grammar and value and name in site.field_names:
            yield from _faults(grammar, name, value, (*site.route, name))


def _faults(grammar: Grammar, field: str, value: String, route: Route) -> Iterator[Fault]:
    if grammar.calls and value.value.lstrip().startswith("States."):
        yield from _call_faults(grammar, field, value, route)
        return
    path = parse_path(value.value)
    if isinstance(path, PathError):
        yield _unreadable(grammar, field, value, path, route)
        return
    yield from spelling_faults(value, path)
    if grammar.reference:
        yield from _reference_faults(grammar, field, value, path, route)


def _unreadable(grammar: Grammar, field: str, value: String, error: PathError, route: Route) -> Fault:
    kind = "Reference Path" if grammar.reference else "JSONPath"
    return Fault(
        rule="invalid-reference-path" if grammar.reference else "invalid-path",
        message=f'"{field}" is no {kind}: {error.message}',
        at=within(value, error.start, error.end),
        aws=_diagnostic(grammar, route, error.reason or _bracket_reason(value.value, error)),
        help=_call_help(value.value, field),
    )


def _bracket_reason(text: str, error: PathError) -> str:
    """AWS's words for a name without quotes in brackets, as far as they were reported."""
    unquoted = re.match(r"\[[^'\"\[\d*?-]", text[error.start :])
    return aws.BRACKET_REASON if unquoted else ""


def _diagnostic(grammar: Grammar, route: Route, reason: str = "") -> Aws:
    if not grammar.reference:
        return aws.schema_error(route, aws.NOT_A_PATH)
    return aws.schema_error(route, f"{aws.NOT_A_REFERENCE}: {reason}" if reason else aws.NOT_A_REFERENCE)


def _call_help(text: str, field: str) -> str | None:
    if text.lstrip().startswith("States."):
        return f'"{field}" takes no intrinsic function; compute the value in a payload template before'
    return None


def _reference_faults(grammar: Grammar, field: str, value: String, path: Path, route: Route) -> Iterator[Fault]:
    root = {Root.CONTEXT: grammar.context, Root.VARIABLE: grammar.variable}.get(path.root, "taken")
    if root != "taken":
        what = "the Context Object" if path.root is Root.CONTEXT else "a variable"
        verb = "write to" if field == "ResultPath" else "read from"
        yield Fault(
            rule="invalid-reference-path",
            message=f'"{field}" cannot {verb} {what}',
            at=value,
            aws=_diagnostic(grammar, route) if root == "refused" else None,
        )
        return
    many = reference_fault(path)
    if many:
        yield _many(grammar, field, value, many, route)


def _many(grammar: Grammar, field: str, value: String, error: PathError, route: Route) -> Fault:
    refused = grammar.many == "refused"
    return Fault(
        rule="invalid-reference-path",
        message=f'"{field}" has to lead to one place: {error.message}',
        at=within(value, error.start, error.end),
        aws=_diagnostic(grammar, route) if refused else None,
        help=None if refused else "the specification forbids it, and AWS's guide shows an example with a filter",
        severity=None if refused else Severity.WARNING,
    )


def _call_faults(grammar: Grammar, field: str, value: String, route: Route) -> Iterator[Fault]:
    diagnostic = _diagnostic(grammar, route)
    call = parse_template_value(value.value)
    if isinstance(call, PathError):
        message = f'"{field}" is no intrinsic call: {call.message}'
        yield Fault("invalid-intrinsic", message, within(value, call.start, call.end), diagnostic)
    elif isinstance(call, Call):
        wrong = list(intrinsic_faults(value, call, diagnostic))
        yield from wrong
        if call.name not in grammar.calls and not wrong:
            yield Fault(
                rule="invalid-intrinsic",
                message=f'"{field}" needs a text, and "{call.name}" does not give one',
                at=within(value, call.start, call.name_end),
                aws=diagnostic,
                help=f"it takes {', '.join(sorted(grammar.calls))}",
            )
