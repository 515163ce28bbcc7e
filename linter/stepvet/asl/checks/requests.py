"""The request of an integration: what the tables say is wrong with it, as faults at the members that are to blame."""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl import aws
from stepvet.asl.fault import Aws, Fault
from stepvet.asl.schema.sites import Site
from stepvet.asl.services.request import (
    ForbiddenHeader,
    MissingField,
    MissingOneOf,
    OnlyOneOf,
    OutOfRange,
    RequestFault,
    UnknownField,
    WrongKind,
    WrongValue,
    aws_message,
)
from stepvet.asl.services.request_faults import request_faults
from stepvet.asl.services.request_tree import given, place
from stepvet.asl.services.resource import Optimized, Resource
from stepvet.asl.slips import did_you_mean
from stepvet.text.finding import Fix, Rename, Severity
from stepvet.text.node import At, Member, Node, Object

_RULES: dict[type[RequestFault], str] = {
    MissingField: "missing-request-field",
    MissingOneOf: "missing-request-field",
    UnknownField: "unknown-request-field",
    OnlyOneOf: "exclusive-request-fields",
    WrongKind: "wrong-request-value",
    WrongValue: "wrong-request-value",
    OutOfRange: "wrong-request-value",
    ForbiddenHeader: "forbidden-header",
}


def request_findings(site: Site, resource: Resource, field: str, request: Node | None) -> Iterator[Fault]:
    """The faults of `request`, which stands in the object's `field`."""
    if not isinstance(request, Object):
        return
    for fault in request_faults(resource, given(request, site.language)):
        yield _fault(site, resource, field, request, fault)


def _fault(site: Site, resource: Resource, field: str, request: Object, fault: RequestFault) -> Fault:
    owner, member, node = place(request, fault.path)
    return Fault(
        rule=_RULES[type(fault)],
        message=_words(fault),
        at=_at(site, field, fault, member, node),
        aws=_diagnostic(site, resource, field, fault),
        help=_help(fault),
        fix=_fix(owner, member, fault),
        severity=None if fault.certain else Severity.WARNING,
    )


def _diagnostic(site: Site, resource: Resource, field: str, fault: RequestFault) -> Aws | None:
    """Missing fields were measured for optimized integrations; unknown ones are documented for all."""
    message = aws_message(fault) if fault.certain else None
    if message is None or site.kind != "Task":
        return None
    if isinstance(fault, MissingField) and not isinstance(resource, Optimized):
        return None
    return Aws(aws.SCHEMA, message, aws.location((*site.route, field, *fault.path)))


def _at(site: Site, field: str, fault: RequestFault, member: Member | None, node: Node) -> At:
    """A key where a member is to blame, the value where it is wrong, the object's key where something is missing."""
    match fault:
        case WrongKind() | WrongValue() | OutOfRange():
            return node
        case OnlyOneOf(names=names) if isinstance(node, Object):
            return next(m.key for m in node.members if m.key.value.removesuffix(".$") == names[1])
        case _ if member is not None:
            return member.key
        case _ if fault.path:
            return node
        case _:
            held = site.node.member(field)
            return held.key if held else node


def _words(fault: RequestFault) -> str:
    match fault:
        case MissingField(name=name):
            return f'the request has no "{name}", which the integration needs'
        case MissingOneOf(names=names):
            return f"the request has none of {', '.join(_quoted(names))}, of which the integration needs one"
        case UnknownField(name=name):
            return f'the integration has no field "{name}"'
        case OnlyOneOf(names=names):
            return f"{' and '.join(_quoted(names))} exclude each other"
        case WrongKind(path=path, expected=expected, given=given):
            return f'"{path[-1] if path else "the request"}" is {given}, not {expected}'
        case WrongValue(value=value):
            return f'"{value}" is none of the values that the integration takes'
        case OutOfRange(value=value, low=low, high=high):
            bound = f"the lowest is {low:g}" if low is not None and value < low else f"the highest is {high:g}"
            return f"{value:g} is out of range: {bound}"
        case ForbiddenHeader(name=name):
            return f'Step Functions does not send the header "{name}"'


def _quoted(names: tuple[str, ...]) -> list[str]:
    return [f'"{name}"' for name in names]


def _help(fault: RequestFault) -> str | None:
    match fault:
        case UnknownField(near=(near, *_)):
            return did_you_mean(near)
        case MissingField(misspelt=str(key)):
            return f'"{key}" may be meant for it'
        case WrongValue(near=(near, *_)):
            return did_you_mean(near)
        case WrongValue(allowed=allowed) if len(allowed) <= 12:
            return f"it takes {', '.join(_quoted(allowed))}"
        case _:
            return None if fault.certain else "the tables of services may be older than the service"


def _fix(owner: Node, member: Member | None, fault: RequestFault) -> Fix | None:
    if not (isinstance(fault, UnknownField) and fault.near and member and isinstance(owner, Object)):
        return None
    dynamic = ".$" if member.key.value.endswith(".$") else ""
    near = fault.near[0]
    if owner.member(near) or owner.member(f"{near}.$"):
        return None
    return Fix(f'rename it to "{near}{dynamic}"', (Rename(member.key, near + dynamic),))
