"""What a Task calls: its resource, the request that goes with it, the role.

The tables of integrations and services tell what is wrong; here it becomes a fault, with AWS's answer where that is
known: for a resource that is no ARN or not recognised, a missing request, a missing or unknown request field.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stepvet.asl import aws
from stepvet.asl.checks.inside import within
from stepvet.asl.fault import Fault
from stepvet.asl.schema.sites import Site
from stepvet.asl.services.resource import (
    Activity,
    Optimized,
    Part,
    Pattern,
    Resource,
    SdkCall,
    Unrecognised,
    read_resource,
)
from stepvet.asl.shape_notes import place_of
from stepvet.asl.slips import did_you_mean
from stepvet.text.finding import Fix, SetValue, Severity
from stepvet.text.node import Node, Object, String, known_string

if TYPE_CHECKING:
    from stepvet.asl.services.resource_faults import ResourceFault


def task_faults(site: Site) -> Iterator[Fault]:
    """The faults of a Task's resource, request and credentials."""
    value = site.node.get("Resource")
    if not isinstance(value, String):
        return
    resource = read_resource(value)
    if isinstance(resource, Optimized | SdkCall | Unrecognised):
        yield from _called(site, value, resource)
    if isinstance(resource, Activity) and site.node.member("Credentials"):
        yield _activity_credentials(site)


def _called(site: Site, value: String, resource: Resource) -> Iterator[Fault]:
    """What needs the tables of integrations, which functions and activities don't."""
    from stepvet.asl.services.resource_faults import resource_fault

    fault = resource_fault(resource)
    if fault:
        yield _resource(site, value, resource, fault)
    else:
        yield from _request(site, value, resource)


def _resource(site: Site, value: String, resource: Resource, fault: ResourceFault) -> Fault:
    """AWS's answer is known for what is no ARN, and for integrations that don't exist."""
    from stepvet.asl.services.resource_faults import ResourceProblem, aws_message

    no_arn = fault.problem is ResourceProblem.NOT_AN_ARN
    certain = no_arn or (fault.certain and not isinstance(resource, Unrecognised))
    near = fault.near[0] if fault.near else None
    return Fault(
        rule="invalid-resource" if isinstance(resource, Unrecognised) else "unknown-integration",
        message=_words(fault, value, resource),
        at=within(value, fault.at.start, fault.at.end),
        aws=aws.schema_error((*site.route, "Resource"), aws_message(fault, value.value)) if certain else None,
        help=_help(fault, near, no_arn),
        fix=_fix(value, fault.at, near),
        severity=None if certain else Severity.WARNING,
    )


def _words(fault: ResourceFault, value: String, resource: Resource) -> str:
    from stepvet.asl.services.resource_faults import ResourceProblem

    part = fault.at.text if fault.at.text is not None else value.value[fault.at.start : fault.at.end]
    match fault.problem:
        case ResourceProblem.NOT_AN_ARN:
            return f'"{value.value}" is no ARN, so there is nothing to call'
        case ResourceProblem.NOT_A_TASK_RESOURCE:
            return "a Task cannot call this resource"
        case ResourceProblem.UNKNOWN_PARTITION:
            return f'there is no partition "{part}"'
        case ResourceProblem.UNKNOWN_SERVICE:
            return f'there is no integration with a service "{part}"'
        case ResourceProblem.UNKNOWN_ACTION:
            return f'the integration with "{_service(resource)}" has no action "{part}"'
        case ResourceProblem.UNSUPPORTED_ACTION:
            return f'Step Functions does not support the action "{part}"'
        case ResourceProblem.UNKNOWN_PATTERN:
            return f'".{part}" is no way to wait for a service'
        case ResourceProblem.UNSUPPORTED_PATTERN:
            return f'this integration does not support ".{part}"'


def _service(resource: Resource) -> str:
    return (resource.service if isinstance(resource, Optimized | SdkCall) else None) or "this service"


def _help(fault: ResourceFault, near: str | None, no_arn: bool) -> str | None:
    if near:
        return did_you_mean(near)
    if no_arn:
        return 'a Task calls an ARN, such as "arn:aws:states:::lambda:invoke"'
    if fault.allowed:
        suffixes = [f'".{p.value}"' for p in fault.allowed if p is not Pattern.REQUEST_RESPONSE]
        return f"it supports {', '.join(suffixes)}" if suffixes else "it only waits for the response"
    return None if fault.certain else "the tables of services may be older than the service"


def _fix(value: String, part: Part, near: str | None) -> Fix | None:
    if near is None or value.holes:
        return None
    text = value.value[: part.start] + near + value.value[part.end :]
    return Fix(f'write "{near}"', (SetValue(value, text),))


def _request(site: Site, value: String, resource: Resource) -> Iterator[Fault]:
    from stepvet.asl.checks.requests import request_findings
    from stepvet.asl.services.request_faults import needs_request

    field = site.request_field
    request = site.node.get(field)
    if request is None:
        if needs_request(resource) and may_lack_request(site):
            yield _no_request(site, field, value)
        return
    yield from request_findings(site, resource, field, request)
    yield from _connection(site, resource, field, request)


def may_lack_request(site: Site) -> bool:
    """Has it surely no request? One that stands in the other language's field is told as such."""
    given = site.node.get("Parameters") or site.node.get("Arguments")
    return given is None and not site.node.is_open and site.language_known


def _connection(site: Site, resource: Resource, field: str, request: Node) -> Iterator[Fault]:
    """The connection of an HTTP task: AWS refuses what is no ARN there, too (reported)."""
    if not isinstance(resource, Optimized) or resource.service != "http":
        return
    for name in ("Authentication", "InvocationConfig"):
        holder = request.get(name) if isinstance(request, Object) else None
        arn = known_string(holder.get("ConnectionArn")) if isinstance(holder, Object) else None
        if arn and not arn.value.startswith(("arn:", "{%")):
            yield Fault(
                rule="invalid-resource",
                message=f'"{arn.value}" is no ARN, so there is no connection to use',
                at=arn,
                aws=aws.schema_error((*site.route, field, name, "ConnectionArn"), aws.NOT_AN_ARN),
            )


def _no_request(site: Site, field: str, value: String) -> Fault:
    return Fault(
        rule="missing-request",
        message=f'{site.called} has no "{field}", so the integration gets none of the fields that it needs',
        at=place_of(site),
        aws=aws.schema_error(site.route, aws.REQUEST_REQUIRED, field=field, arn=value.value),
    )


def _activity_credentials(site: Site) -> Fault:
    member = site.node.member("Credentials")
    return Fault(
        rule="activity-credentials",
        message="an activity takes no credentials, because its worker calls from outside",
        at=member.key if member else place_of(site),
        aws=aws.schema_error(site.route, aws.ACTIVITY_CREDENTIALS),
    )
