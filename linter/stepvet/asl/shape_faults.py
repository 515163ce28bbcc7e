"""From a schema's errors to faults: the place, our words, AWS's words, the near name and the fix.

One translator for each keyword of the schemas; those about a field's value are in `value_faults`. What jsonschema says
in words is never used.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator

from stepvet.asl import aws
from stepvet.asl.fault import Aws, Fault
from stepvet.asl.operators import OPERATORS
from stepvet.asl.schema.build import fields, kinds_with
from stepvet.asl.schema.sites import Site
from stepvet.asl.schema.tables import STATES, TABLES
from stepvet.asl.schema.words import WITHOUT
from stepvet.asl.shape_notes import has_false_end, place_of
from stepvet.asl.slips import did_you_mean, rename
from stepvet.asl.value_faults import Error, no_expression, not_in, too_few, too_high, too_low, wrong_type
from stepvet.text.finding import Add, Change, Fix, Label, Remove, SetValue
from stepvet.text.near import nearest
from stepvet.text.node import Member, Number


def faults_of(site: Site, errors: list[Error]) -> Iterator[Fault]:
    """The faults of one object, fields before values as AWS tells them. What a member with a hidden name may bring is
    not missed."""
    missing = [name for e in errors if e.keyword == "required" for name in e.value if not site.node.member(name)]
    if missing and not site.node.is_open:
        yield _missing(site, list(dict.fromkeys(missing)))
    out_of_range = {error.path for error in errors if error.keyword in ("minimum", "maximum")}
    for error in sorted(errors, key=lambda e: e.keyword != "additionalProperties"):
        translate = _TRANSLATORS.get(error.keyword)
        if translate and not (error.path in out_of_range and _is_infinite(error)):
            yield from translate(site, error)


def _is_infinite(error: Error) -> bool:
    """`1e999999` is read as infinity, which is no integer; out of range is what is wrong with it."""
    return error.keyword == "type" and isinstance(error.node, Number) and math.isinf(error.node.value)


# --- fields that are there or not


def _missing(site: Site, names: list[str]) -> Fault:
    what = " and no ".join(f'"{name}"' for name in names)
    template = aws.FIELD_REQUIRED if names == ["CSVHeaderLocation"] else aws.REQUIRED
    diagnostic = aws.schema_error(site.route, template, names=", ".join(names), name=names[0])
    why = WITHOUT.get(names[0]) if len(names) == 1 else None
    message = f"{site.called} has no {what}" + (f", {why}" if why else "")
    return Fault("missing-field", message, place_of(site), diagnostic, fix=_renamed(site, names))


def _renamed(site: Site, names: list[str]) -> Fix | None:
    """In a state of no known type no field is unknown, so a misspelt `Type` is told here alone."""
    near = nearest(names[0], site.node.keys()) if site.kind == "state" and len(names) == 1 else None
    member = site.node.member(near) if near else None
    return rename(member.key, names[0]) if member else None


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
    return Fault("unknown-field", what, member.key, diagnostic, help=did_you_mean(near), fix=rename(member.key, near))


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


# --- groups of fields


def _exactly_one(site: Site, error: Error) -> Iterator[Fault]:
    names = [name for choice in error.value for name in choice["required"]]
    found = [m for name in names if (m := site.node.member(name))]
    if has_false_end(site):
        found = [m for m in found if m.key.value != "End"]
    if found:
        yield _several(site, names, found)
    elif not site.node.is_open:
        yield _none(site, names)


def _several(site: Site, names: list[str], found: list[Member]) -> Fault:
    diagnostic = aws.schema_error(site.route, aws.ONLY_ONE, names=", ".join(_as_aws_lists(names, found)))
    first, second = sorted(found[:2], key=lambda m: m.key.span.start)
    both = f'"{first.key.value}" and "{second.key.value}"'
    rule, message = "exclusive-fields", f"{site.called} has both {both}, and AWS takes only one of them"
    fix: Fix | None = None
    if names == ["Next", "End"]:
        rule, message = "next-and-end", f"{site.called} has both {both}, so nobody knows whether it ends"
        fix = Fix('remove "End"', (Remove(site.node, next(m for m in found if m.key.value == "End")),))
    elif set(names) <= set(OPERATORS):
        rule, message = "ambiguous-choice-rule", f"{site.called} has both {both}, so nobody knows which one decides"
    return Fault(rule, message, second.key, diagnostic, labels=(Label(first.key, "the other one"),), fix=fix)


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


_TRANSLATORS: dict[str, Callable[[Site, Error], Iterator[Fault]]] = {
    "additionalProperties": _unknown,
    "oneOf": _exactly_one,
    "not": _at_most_one,
    "type": wrong_type,
    "enum": not_in,
    "minimum": too_low,
    "maximum": too_high,
    "minItems": too_few,
    "pattern": no_expression,
}
