"""From a schema's errors to faults: the place, our words, AWS's words, the near name and the fix.

One translator for each keyword of the schemas. What jsonschema says in words is never used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from stepvet.asl import aws
from stepvet.asl.fault import Aws, Fault
from stepvet.asl.operators import OPERATORS
from stepvet.asl.schema.build import fields, kinds_with
from stepvet.asl.schema.sites import Site
from stepvet.asl.schema.tables import STATES, TABLES
from stepvet.asl.schema.values import EXPRESSION_FIELDS
from stepvet.asl.schema.words import (
    ARTICLES,
    AWS_TYPES,
    DOCUMENTED,
    DOCUMENTED_EVIDENCE,
    EMPTY,
    NAMED_IN_MESSAGE,
    UNRECORDED,
    WITHOUT,
)
from stepvet.asl.shape_notes import place_of
from stepvet.text.finding import Add, Change, Fix, Label, Rename, SetValue, Severity
from stepvet.text.near import nearest
from stepvet.text.node import Member, Node, Null, Number, Route, String, type_names


class Error(NamedTuple):
    """An error of a schema: the keyword that failed and its value in the schema, the way to the node, the node."""

    keyword: str
    value: Any
    path: tuple[str | int, ...]
    node: Node


def faults_of(site: Site, errors: list[Error]) -> Iterator[Fault]:
    """The faults of one object, fields before values as AWS tells them. What a member with a hidden name may bring is
    not missed."""
    missing = [name for e in errors if e.keyword == "required" for name in e.value if not site.node.member(name)]
    if missing and not site.node.is_open:
        yield _missing(site, list(dict.fromkeys(missing)))
    for error in sorted(errors, key=lambda e: e.keyword != "additionalProperties"):
        translate = _TRANSLATORS.get(error.keyword)
        if translate:
            yield from translate(site, error)


# --- fields that are there or not


def _missing(site: Site, names: list[str]) -> Fault:
    what = " and no ".join(f'"{name}"' for name in names)
    template = aws.FIELD_REQUIRED if names == ["CSVHeaderLocation"] else aws.REQUIRED
    diagnostic = aws.schema_error(site.route, template, names=", ".join(names), name=names[0])
    why = WITHOUT.get(names[0]) if len(names) == 1 else None
    message = f"{site.called} has no {what}" + (f", {why}" if why else "")
    return Fault("missing-field", message, place_of(site), diagnostic)


def _unknown(site: Site, error: Error) -> Iterator[Fault]:
    allowed = fields(site.kind, site.language)
    other = fields(site.kind, "JSONPath" if site.language == "JSONata" else "JSONata")
    foreign = False
    for member in site.node.members:
        name = member.key.value
        if name in allowed or member.key.holes:
            continue
        if name in other:
            if not site.is_downgrade and site.language_known:
                yield _wrong_language(site, member, hidden=foreign and name in OPERATORS)
            foreign = True
        else:
            yield _unsupported(site, member, (*allowed, *other))


def _wrong_language(site: Site, member: Member, *, hidden: bool) -> Fault:
    name = member.key.value
    other = "JSONPath" if site.language == "JSONata" else "JSONata"
    return Fault(
        rule="wrong-query-language-field",
        message=f'"{name}" is a field of {other}, and {_speaker(site)} speaks {site.language}',
        at=member.key,
        aws=aws.schema_error(site.route, aws.WRONG_LANGUAGE, language=site.language, name=name, other=other),
        help=_COUNTERPARTS.get((site.language, name)),
        hidden=hidden,
    )


def _speaker(site: Site) -> str:
    return site.called if site.key else "its state"


_COUNTERPARTS = {
    ("JSONata", "Parameters"): 'JSONata states use "Arguments"; a Pass state uses "Output"',
    ("JSONata", "Result"): 'JSONata states use "Output"',
    ("JSONata", "ResultSelector"): 'JSONata states shape the result in "Output"',
    ("JSONata", "ResultPath"): 'JSONata states shape the result in "Output"',
    ("JSONata", "InputPath"): 'JSONata states read "$states.input" where they need it',
    ("JSONata", "OutputPath"): 'JSONata states use "Output"',
    ("JSONata", "ItemsPath"): 'JSONata states use "Items"',
    ("JSONata", "Variable"): 'JSONata rules use "Condition"',
    ("JSONPath", "Condition"): 'JSONPath rules use "Variable" and an operator',
    ("JSONPath", "Arguments"): 'JSONPath states use "Parameters"',
    ("JSONPath", "Output"): 'JSONPath states use "ResultSelector", "ResultPath" and "OutputPath"',
    ("JSONPath", "Items"): 'JSONPath states use "ItemsPath"',
}


def _unsupported(site: Site, member: Member, allowed: Iterable[str]) -> Fault:
    name = member.key.value
    diagnostic = aws.schema_error(site.route, aws.UNSUPPORTED, name=name)
    what = f'{TABLES[site.kind].called} has no field "{name}"'
    owners = kinds_with(name)
    if owners and site.kind in STATES:
        help_ = f'only {_listed(owners)} states have "{name}"' if len(owners) < len(STATES) else None
        return Fault("misplaced-field", what, member.key, diagnostic, help=help_)
    near = nearest(name, [a for a in allowed if not site.node.member(a)])
    return Fault("unknown-field", what, member.key, diagnostic, help=_did_you_mean(near), fix=_rename(member.key, near))


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _did_you_mean(near: str | None) -> str | None:
    return f'did you mean "{near}"?' if near else None


def _rename(key: String, near: str | None) -> Fix | None:
    """Letter case alone can only be a slip; any other near name is a guess."""
    if near is None:
        return None
    safety = "safe" if near.lower() == key.value.lower() else "unsafe"
    return Fix(f'rename it to "{near}"', (Rename(key, near),), safety)  # type: ignore[arg-type]


# --- groups of fields


def _exactly_one(site: Site, error: Error) -> Iterator[Fault]:
    names = [name for choice in error.value for name in choice["required"]]
    found = [m for name in names if (m := site.node.member(name))]
    if _without_false_end(site):
        found = [m for m in found if m.key.value != "End"]
    if found:
        yield _several(site, names, found)
    elif not site.node.is_open:
        yield _none(site, names)


def _without_false_end(site: Site) -> bool:
    end = site.node.get("End")
    return getattr(end, "value", None) is False


def _several(site: Site, names: list[str], found: list[Member]) -> Fault:
    diagnostic = aws.schema_error(site.route, aws.ONLY_ONE, names=", ".join(_as_aws_lists(names, found)))
    first, second = sorted(found[:2], key=lambda m: m.key.span.start)
    both = f'"{first.key.value}" and "{second.key.value}"'
    rule, message = "exclusive-fields", f"{site.called} has both {both}, and AWS takes only one of them"
    if names == ["Next", "End"]:
        rule, message = "next-and-end", f"{site.called} has both {both}, so nobody knows whether it ends"
    elif set(names) <= set(OPERATORS):
        rule, message = "ambiguous-choice-rule", f"{site.called} has both {both}, so nobody knows which one decides"
    return Fault(rule, message, second.key, diagnostic, labels=(Label(first.key, "the other one"),))


def _as_aws_lists(names: list[str], found: list[Member]) -> list[str]:
    """AWS lists a group whole, and of the 39 operators those that are there."""
    return names if len(names) < 10 else [m.key.value for m in found]


def _none(site: Site, names: list[str]) -> Fault:
    diagnostic: Aws | None = aws.schema_error(site.route, aws.ONE_NEEDED, names=", ".join(names))
    if names == ["Next", "End"]:
        return _no_way_on(site, diagnostic)
    if set(names) <= set(OPERATORS):
        message = f"{site.called} has no operator, so it tests nothing"
        return Fault("choice-rule-without-test", message, place_of(site), diagnostic)
    listed = " or ".join(f'"{n}"' for n in names)
    message = f"{site.called} has none of {listed}" if len(names) > 2 else f"{site.called} has no {listed}"
    return Fault("missing-field", message, place_of(site), diagnostic)


def _no_way_on(site: Site, diagnostic: Aws | None) -> Fault:
    """`"End": false` alone counts as neither; AWS's answer to that is unknown."""
    end = site.node.member("End")
    change: Change = SetValue(end.value, True) if end else Add(site.node, "End", True)
    return Fault(
        rule="missing-transition",
        message=f'{site.called} has neither "Next" nor "End", so nothing follows it and it does not end',
        at=place_of(site),
        aws=None if end else diagnostic,
        fix=Fix('add "End": true', (change,)),
    )


def _at_most_one(site: Site, error: Error) -> Iterator[Fault]:
    names: list[str] = error.value["required"]
    yield _several(site, names, [m for name in names if (m := site.node.member(name))])


# --- values


def _wrong_type(site: Site, error: Error) -> Iterator[Fault]:
    expected = [error.value] if isinstance(error.value, str) else list(error.value)
    field = _field(error.path)
    takes_expression = expected[-1] == "string" and field in EXPRESSION_FIELDS
    what = " or ".join(ARTICLES[t] for t in (expected[:-1] if takes_expression else expected))
    what += " or a JSONata expression" if takes_expression else ""
    if field in OPERATORS:
        yield _wrong_operand(error, what)
        return
    message = f"{_said(error.path)} is {_kind_of(error.node)}, not {what}"
    yield _value_fault("wrong-type", site, error, message, aws.WRONG_TYPE, type=AWS_TYPES[expected[0]])


def _kind_of(node: Node) -> str:
    if isinstance(node, Number):
        return f"the number {node.text}"
    return type_names[node.kind]


def _wrong_operand(error: Error, what: str) -> Fault:
    """The specification gives each operator a type; AWS's answer isn't recorded."""
    message = f'"{_field(error.path)}" compares with {what}, not with {_kind_of(error.node)}'
    return Fault("wrong-operand-type", message, error.node)


def _not_in(site: Site, error: Error) -> Iterator[Fault]:
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
        help_=_did_you_mean(near) or f"it takes {_either(allowed)}",
        fix=_replace(error.node, near),
        field=field,
        names=", ".join(allowed),
    )


def _either(values: list[str]) -> str:
    quoted = [f'"{v}"' for v in values]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _replace(node: String, near: str | None) -> Fix | None:
    if near is None:
        return None
    safety = "safe" if near.lower() == node.value.lower() else "unsafe"
    return Fix(f'write "{near}"', (SetValue(node, near),), safety)  # type: ignore[arg-type]


def _too_low(site: Site, error: Error) -> Iterator[Fault]:
    message = f"{_said(error.path)} is {_number(error.node)}, and the lowest is {error.value}"
    yield _value_fault("out-of-range", site, error, message, aws.MINIMUM, limit=error.value)


def _too_high(site: Site, error: Error) -> Iterator[Fault]:
    message = f"{_said(error.path)} is {_number(error.node)}, and the highest is {error.value}"
    yield _value_fault("out-of-range", site, error, message, aws.MAXIMUM, limit=error.value)


def _number(node: Node) -> str:
    return node.text if isinstance(node, Number) else ""


def _too_few(site: Site, error: Error) -> Iterator[Fault]:
    why = EMPTY.get(_field(error.path))
    message = f"{_said(error.path)} is empty" + (f", {why}" if why else "")
    yield _value_fault("empty-list", site, error, message, aws.EMPTY)


def _no_expression(site: Site, error: Error) -> Iterator[Fault]:
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


_TRANSLATORS: dict[str, Callable[[Site, Error], Iterator[Fault]]] = {
    "additionalProperties": _unknown,
    "oneOf": _exactly_one,
    "not": _at_most_one,
    "type": _wrong_type,
    "enum": _not_in,
    "minimum": _too_low,
    "maximum": _too_high,
    "minItems": _too_few,
    "pattern": _no_expression,
}
