"""Names: of states (unique over all scopes), of labels, of variables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stepvet.asl import aws
from stepvet.asl.fault import Aws, Fault
from stepvet.asl.schema.sites import Site
from stepvet.text.finding import Fix, Label, Rename, Severity
from stepvet.text.node import Object, Route, String, known_string

LONGEST_STATE = 80
LONGEST_LABEL = 40
LONGEST_VARIABLE = 80

_not_in_labels = re.compile(r"[\s?*<>{}\[\]:;,\\|^~$#%&`\"\x00-\x1f\x7f-\x9f]")


def state_name_faults(sites: Iterable[Site]) -> Iterator[Fault]:
    """Over all states of a definition, in the order of the text."""
    first: dict[str, Site] = {}
    for site in sites:
        key = site.key
        if key is None or key.holes:
            continue
        if len(key.value) > LONGEST_STATE:
            yield _long_state(key, site.route)
        known = first.setdefault(key.value, site)
        if known.key and known.route[:-1] != site.route[:-1]:
            yield _same_state(key, known.key, site.route)


def _long_state(key: String, route: Route) -> Fault:
    return Fault(
        rule="state-name-length",
        message=f"the state's name has {len(key.value)} characters, and AWS takes at most {LONGEST_STATE}",
        at=key,
        aws=Aws(aws.STATE_NAME, aws.LONG_STATE.format(name=key.value), aws.location(route)),
    )


def _same_state(key: String, known: String, route: Route) -> Fault:
    return Fault(
        rule="duplicate-state-name",
        message=f'another state is called "{key.value}", and AWS takes a name only once in all scopes',
        at=key,
        aws=Aws(aws.DUPLICATE_STATE, aws.SAME_STATE.format(name=key.value), aws.location(route)),
        labels=(Label(known, "the first one"),),
    )


def label_faults(sites: Iterable[Site]) -> Iterator[Fault]:
    """Over all Map states of a definition, in the order of the text."""
    first: dict[str, String] = {}
    for site in sites:
        label = known_string(site.field("Label")) if site.kind == "Map" else None
        if label is None:
            continue
        route = (*site.route, "Label")
        yield from _label(label, route)
        known = first.setdefault(label.value, label)
        if known is not label:
            yield Fault(
                rule="duplicate-label",
                message=f'another Map state is labelled "{label.value}", and AWS takes a label only once',
                at=label,
                aws=Aws(aws.DUPLICATE_LABEL, aws.SAME_LABEL.format(name=label.value), aws.location(route)),
                labels=(Label(known, "the first one"),),
            )


def _label(label: String, route: Route) -> Iterator[Fault]:
    if len(label.value) > LONGEST_LABEL:
        message = f"the label has {len(label.value)} characters, and AWS takes at most {LONGEST_LABEL}"
        diagnostic = Aws(aws.LABEL_NAME, aws.LONG_LABEL.format(name=label.value), aws.location(route))
        yield Fault("invalid-label", message, label, diagnostic)
    bad = _not_in_labels.search(label.value)
    if bad or not label.value:
        what = f'has the character "{bad[0]}"' if bad else "is empty"
        yield Fault(
            rule="invalid-label",
            message=f"the label {what}, and AWS's guide does not allow that",
            at=label,
            help="AWS's own answer is not recorded",
            severity=Severity.WARNING,
        )


def variable_faults(site: Site) -> Iterator[Fault]:
    """The names that an `Assign` gives."""
    assign = site.field("Assign")
    if not isinstance(assign, Object) or not site.language_known:
        return
    for member in assign.members:
        if not member.key.holes:
            yield from _variable(site, assign, member.key)


def _variable(site: Site, assign: Object, key: String) -> Iterator[Fault]:
    name = key.value.removesuffix(".$") if site.language == "JSONPath" else key.value
    place = aws.location((*site.route, "Assign"))
    if name == "states":
        message = '"$states" is reserved, so nothing can be assigned to it'
        yield Fault("reserved-variable-name", message, key, Aws(aws.RESERVED_VARIABLE, aws.RESERVED, place))
    elif not name.isidentifier():
        yield Fault(
            rule="invalid-variable-name",
            message=f'"{name}" cannot be the name of a variable',
            at=key,
            aws=Aws(aws.VARIABLE_NAME, aws.BAD_VARIABLE.format(name=name), place),
            help="a name is a letter, followed by letters, digits and underscores",
            fix=_without_dollar(assign, key),
        )
    elif len(name) > LONGEST_VARIABLE:
        message = f"the variable's name has {len(name)} characters, and AWS's guide allows {LONGEST_VARIABLE}"
        yield Fault("invalid-variable-name", message, key, severity=Severity.WARNING)


def _without_dollar(assign: Object, key: String) -> Fix | None:
    bare = key.value.removeprefix("$")
    if bare == key.value or assign.member(bare) or not bare.removesuffix(".$").isidentifier():
        return None
    return Fix(f'rename it to "{bare}"', (Rename(key, bare),))
