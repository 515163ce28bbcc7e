"""From a schema's errors about a field's value to faults: wrong type, none of a list, out of range, empty.

How far AWS's answer is known stands in `schema.words`; without one a fault has no diagnostic of AWS's, and what only
AWS's guide forbids is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from stepvet.asl import aws
from stepvet.asl.fault import Aws, Fault
from stepvet.asl.operators import OPERATORS
from stepvet.asl.schema.sites import Site
from stepvet.asl.schema.values import EXPRESSION_FIELDS
from stepvet.asl.schema.words import (
    ARTICLES,
    AWS_TYPES,
    DOCUMENTED,
    DOCUMENTED_EVIDENCE,
    EMPTY,
    NAMED_IN_MESSAGE,
    UNRECORDED,
)
from stepvet.asl.slips import did_you_mean, rewrite
from stepvet.text.finding import Fix, Rename, SetValue, Severity
from stepvet.text.near import nearest
from stepvet.text.node import Json, Node, Null, Number, Route, String, type_names


class Error(NamedTuple):
    """An error of a schema: the keyword that failed and its value in the schema, the way to the node, the node."""

    keyword: str
    value: Any
    path: Route
    node: Node


def wrong_type(site: Site, error: Error) -> Iterator[Fault]:
    expected = [error.value] if isinstance(error.value, str) else list(error.value)
    field = _field(error.path)
    takes_expression = expected[-1] == "string" and field in EXPRESSION_FIELDS
    what = " or ".join(ARTICLES[t] for t in (expected[:-1] if takes_expression else expected))
    what += " or a JSONata expression" if takes_expression else ""
    if field in OPERATORS:
        yield _wrong_operand(error, what)
        return
    help_, fix = _meant(site, error, expected)
    message = f"{_said(error.path)} is {_kind_of(error.node)}, not {what}"
    words = {"type": AWS_TYPES[expected[0]]}
    yield _value_fault("wrong-type", site, error, message, aws.WRONG_TYPE, help_=help_, fix=fix, **words)


def _meant(site: Site, error: Error, expected: list[str]) -> tuple[str | None, Fix | None]:
    """What a string in place of a number or a boolean may stand for: the value in quotes, or a path."""
    member = site.node.member(_field(error.path))
    if not isinstance(error.node, String) or member is None or len(error.path) > 1:
        return None, None
    text, twin = error.node.value, f"{member.key.value}Path"
    if text.startswith("$") and twin in site.field_names:
        fix = None if site.node.member(twin) else Fix(f'rename it to "{twin}"', (Rename(member.key, twin),))
        return f'a path stands in "{twin}"', fix
    value = _unquoted(text, expected)
    return None, None if value is None else Fix("remove the quotes", (SetValue(error.node, value),), "safe")


def _unquoted(text: str, expected: list[str]) -> Json:
    if "boolean" in expected and text in ("true", "false"):
        return text == "true"
    return int(text) if {"integer", "number"} & set(expected) and re.fullmatch("-?[0-9]{1,15}", text) else None


def _kind_of(node: Node) -> str:
    if isinstance(node, Number):
        return f"the number {node.text}"
    return type_names[node.kind]


def _wrong_operand(error: Error, what: str) -> Fault:
    """The specification gives each operator a type; AWS's answer isn't recorded."""
    message = f'"{_field(error.path)}" compares with {what}, not with {_kind_of(error.node)}'
    return Fault("wrong-operand-type", message, error.node)


def not_in(site: Site, error: Error) -> Iterator[Fault]:
    if not isinstance(error.node, String):
        return
    field, allowed, given = _field(error.path), [*error.value], error.node.value
    template = aws.FIELD_NOT_IN if field in NAMED_IN_MESSAGE else aws.NOT_IN
    near = nearest(given, allowed)
    rule = "unknown-state-type" if field == "Type" else "wrong-value"
    is_what = "no type of state" if field == "Type" else f'no value of "{field}"'
    yield _value_fault(
        rule,
        site,
        error,
        f'"{given}" is {is_what}',
        template,
        help_=did_you_mean(near) or f"it takes {_either(allowed)}",
        fix=rewrite(error.node, near),
        field=field,
        names=", ".join(allowed),
    )


def _either(values: list[str]) -> str:
    quoted = [f'"{v}"' for v in values]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def too_low(site: Site, error: Error) -> Iterator[Fault]:
    message = f"{_said(error.path)} is {_number(error.node)}, and the lowest is {error.value}"
    yield _value_fault("out-of-range", site, error, message, aws.MINIMUM, limit=error.value)


def too_high(site: Site, error: Error) -> Iterator[Fault]:
    message = f"{_said(error.path)} is {_number(error.node)}, and the highest is {error.value}"
    yield _value_fault("out-of-range", site, error, message, aws.MAXIMUM, limit=error.value)


def _number(node: Node) -> str:
    return node.text if isinstance(node, Number) else ""


def too_few(site: Site, error: Error) -> Iterator[Fault]:
    why = EMPTY.get(_field(error.path))
    message = f"{_said(error.path)} is empty" + (f", {why}" if why else "")
    yield _value_fault("empty-list", site, error, message, aws.EMPTY)


def no_expression(site: Site, error: Error) -> Iterator[Fault]:
    """A plain string where JSONata states take a constant of another type or an expression. Half-open delimiters are
    told by the check of expressions."""
    text = error.node.value if isinstance(error.node, String) else ""
    if text.startswith("{%") or text.endswith("%}"):
        return
    message = f'{_said(error.path)} is plain text, not an expression in "{{% … %}}"'
    template = aws.HALF_DELIMITED if _field(error.path) == "Condition" else aws.WRONG_TYPE
    kind = AWS_TYPES["integer"]
    yield _value_fault("wrong-type", site, error, message, template, type=kind)


def _field(path: Route) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _said(path: Route) -> str:
    """The field that a value stands in: `"Seconds"`, `item 2 of "Catch"`, `state "A"`."""
    *before, last = path
    if isinstance(last, int):
        return f'item {last + 1} of "{_field(tuple(before))}"'
    return f'state "{last}"' if before and before[-1] == "States" else f'"{last}"'


def _value_fault(
    rule: str,
    site: Site,
    error: Error,
    message: str,
    template: str,
    *,
    help_: str | None = None,
    fix: Fix | None = None,
    **words: object,
) -> Fault:
    spot = (_field(error.path), error.keyword)
    documented = spot in DOCUMENTED or (site.kind == "root" and error.keyword == "maximum")
    known = spot not in UNRECORDED and not documented and not _unanswered(error)
    return Fault(
        rule=rule,
        message=message,
        at=error.node,
        aws=_diagnostic(site, error, template, words) if known else None,
        help=help_ or (DOCUMENTED_EVIDENCE if documented else None),
        fix=fix,
        severity=Severity.WARNING if documented else None,
    )


def _diagnostic(site: Site, error: Error, template: str, words: dict[str, object]) -> Aws:
    filled = template if template == aws.HALF_DELIMITED else template.format(**words)
    return aws.schema_error((*site.route, *error.path), filled)


def _unanswered(error: Error) -> bool:
    """What AWS says to a null, to a fraction for an integer and to a batch of none isn't known."""
    if isinstance(error.node, Null):
        return True
    if not isinstance(error.node, Number):
        return False
    fraction = error.keyword == "type" and "integer" in error.value
    return fraction or (error.keyword == "minimum" and error.node.value == 0 and "Batch" in _field(error.path))
