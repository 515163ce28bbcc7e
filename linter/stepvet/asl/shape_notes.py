"""Faults of shape that no schema of a single object can tell: they are about the state's place or about two fields.

Each function looks at one site and says what is wrong there; whether it is asked is `shape`'s matter.
"""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl import aws
from stepvet.asl.fault import Fault
from stepvet.asl.schema.sites import SELECTORS, Site
from stepvet.text.finding import Fix, Remove, Severity
from stepvet.text.node import At, Bool, String


def place_of(site: Site) -> At:
    """Where a fault of the whole object is shown: the state's name, else the object."""
    return site.key or site.node


def downgrade(site: Site) -> Fault:
    member = site.node.member("QueryLanguage")
    return Fault(
        rule="query-language-downgrade",
        message=f"{site.called} goes back to JSONPath in a JSONata machine, which AWS refuses",
        at=member.value if member else place_of(site),
        aws=aws.schema_error(site.route, aws.DOWNGRADE),
        help="make JSONPath the machine's language and choose JSONata state by state, or rewrite this state in JSONata",
    )


def bad_selectors(site: Site) -> Iterator[Fault]:
    """A choice rule that tests nothing, or several things at once."""
    if site.node.is_open:
        return
    found = [m for name in SELECTORS if (m := site.node.member(name))]
    diagnostic = aws.schema_error(site.route, aws.ONE_SELECTOR)
    if found:
        first, second = sorted(found[:2], key=lambda m: m.key.span.start)
        both = f'"{first.key.value}" and "{second.key.value}"'
        message = f"{site.called} has both {both}, so nobody knows which one decides"
        yield Fault("ambiguous-choice-rule", message, second.key, diagnostic)
    else:
        selector = "Condition" if site.language == "JSONata" else "Variable"
        message = f'{site.called} has no "{selector}", so it tests nothing'
        yield Fault("choice-rule-without-test", message, site.node, diagnostic)


def without_role(site: Site) -> Iterator[Fault]:
    if site.node.is_open or site.node.get("RoleArn") or site.node.get("RoleArn.$"):
        return
    yield Fault(
        rule="missing-credentials-role",
        message='"Credentials" names no role in "RoleArn", so there is none to assume',
        at=_field_key(site),
        aws=aws.schema_error(site.route, aws.FIELD_MISSING, name="RoleArn"),
    )


def _field_key(site: Site) -> At:
    return site.node.members[0].key if site.node.members else site.node


def incomplete_writer(site: Site) -> Iterator[Fault]:
    """A result writer needs a resource with its request, or a writer configuration, or both."""
    request = site.request_field
    given = [name for name in ("Resource", request) if site.node.member(name)]
    if site.node.is_open or len(given) == 2 or (not given and site.node.member("WriterConfig")):
        return
    missing = "Resource" if request in given else request if given else "Resource"
    why = "" if given else ' and no "WriterConfig"'
    yield Fault(
        rule="missing-field",
        message=f'{site.called} has no "{missing}"{why}, so it writes nothing',
        at=_field_key(site),
        aws=aws.schema_error(site.route, aws.REQUIRED, names=missing),
    )


def empty_batcher(site: Site) -> Iterator[Fault]:
    """AWS's guide asks for one of the limits; its answer without one isn't recorded."""
    if site.node.is_open or any(name.startswith("Max") for name in site.node.keys()):  # noqa: SIM118 - a method
        return
    yield Fault(
        rule="missing-field",
        message=f'{site.called} has no "MaxItemsPerBatch" and no "MaxInputBytesPerBatch", so batches have no size',
        at=_field_key(site),
        help="AWS's guide asks for one of them; whether AWS refuses it is not recorded",
        severity=Severity.WARNING,
    )


def has_false_end(site: Site) -> bool:
    """`"End": false` says nothing, so it is judged as if it weren't there."""
    end = site.node.get("End") if site.is_state else None
    return isinstance(end, Bool) and not end.value


def false_end(site: Site) -> Iterator[Fault]:
    """`"End": false` beside a `Next`: it changes nothing. Alone it leaves the state without either (told as such)."""
    member, following = site.node.member("End"), site.node.get("Next")
    if member is None or following is None:
        return
    target = f' goes on to "{following.value}"' if isinstance(following, String) else " goes on"
    yield Fault(
        rule="end-false",
        message=f'"End": false changes nothing, because {site.called}{target}',
        at=member.value,
        severity=Severity.INFO,
        fix=Fix('remove "End"', (Remove(site.node, member),), "safe"),
    )
