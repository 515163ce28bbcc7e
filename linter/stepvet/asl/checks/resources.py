"""What a Task calls: its resource, the request that goes with it, the role, and what Express machines cannot do.

The tables of integrations and services tell what is wrong; here it becomes a fault, with AWS's answer where that is
known: for a resource that is no ARN or not recognised, a missing request, a missing or unknown request field.
"""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl import aws
from stepvet.asl.checks.inside import known_string, within
from stepvet.asl.checks.requests import request_findings
from stepvet.asl.fault import Fault
from stepvet.asl.request_faults import needs_request
from stepvet.asl.resource import (
    Activity,
    Hidden,
    Optimized,
    Part,
    Pattern,
    Resource,
    SdkCall,
    Unrecognised,
    parse_resource,
    pattern_of,
)
from stepvet.asl.resource_faults import (
    ResourceFault,
    ResourceProblem,
    aws_message,
    reader_fault,
    resource_fault,
    writer_fault,
)
from stepvet.asl.schema.sites import Site
from stepvet.asl.shape_notes import place_of
from stepvet.text.finding import Fix, SetValue, Severity
from stepvet.text.node import At, String

_EXPRESS_PATTERNS = {
    Pattern.SYNC: "sync",
    Pattern.SYNC_2: "sync",
    Pattern.CALLBACK: "waitForTaskToken",
}


def task_faults(site: Site) -> Iterator[Fault]:
    """The faults of a Task's resource, request and credentials."""
    value = site.node.get("Resource")
    if not isinstance(value, String):
        return
    resource = read_resource(value)
    fault = resource_fault(resource)
    if fault:
        yield _resource(site, value, resource, fault)
    else:
        yield from _request(site, value, resource)
    if isinstance(resource, Activity) and site.node.member("Credentials"):
        yield _activity_credentials(site)
    yield from _express(site, value, resource)


def read_resource(value: String) -> Resource:
    """The resource, read as AWS does where nothing of it is hidden."""
    return parse_resource(value.value, [(gap.start, gap.end) for gap in value.holes])


def _resource(site: Site, value: String, resource: Resource, fault: ResourceFault) -> Fault:
    """AWS's answer is known for what is no ARN, and for integrations that don't exist."""
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
        return f'did you mean "{near}"?'
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
    if isinstance(resource, Hidden):
        return
    field = "Arguments" if site.language == "JSONata" else "Parameters"
    request = site.node.get(field)
    if request is None:
        if needs_request(resource) and not site.node.is_open and site.language_known:
            yield _no_request(site, field, value)
        return
    yield from request_findings(site, resource, field, request)


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


def _express(site: Site, value: String, resource: Resource) -> Iterator[Fault]:
    if site.execution == "STANDARD":
        return
    pattern = pattern_of(resource)
    suffix = _EXPRESS_PATTERNS.get(pattern) if pattern else None
    if suffix and isinstance(resource, Optimized | SdkCall) and resource.parts.suffix:
        part = resource.parts.suffix
        message = f'an Express execution cannot wait for ".{part.text}"'
        yield _express_fault(
            site, message, within(value, part.start, part.end), aws.EXPRESS_PATTERN.format(suffix=suffix)
        )
    elif isinstance(resource, Activity):
        yield _express_fault(site, "an Express execution cannot wait for an activity", value, aws.EXPRESS_ACTIVITY)


def _express_fault(site: Site, message: str, at: At, words: str) -> Fault:
    """In an Express machine AWS refuses it; for Express children of a distributed Map the guide forbids it."""
    machine = site.execution == "EXPRESS"
    return Fault(
        rule="express-cannot-wait",
        message=message,
        at=at,
        aws=aws.schema_error((*site.route, "Resource"), words) if machine else None,
        help=None if machine else "the item processor's ExecutionType is EXPRESS; AWS's guide forbids it there, too",
        severity=None if machine else Severity.WARNING,
    )


def mode_faults(site: Site) -> Iterator[Fault]:
    """A distributed Map in an Express machine."""
    mode = known_string(site.node.get("Mode"))
    if mode and mode.value == "DISTRIBUTED" and site.execution == "EXPRESS":
        yield Fault(
            rule="express-distributed-map",
            message="an Express execution cannot run a distributed Map",
            at=mode,
            aws=aws.schema_error((*site.route, "Mode"), aws.EXPRESS_MODE),
        )


def reader_faults(site: Site) -> Iterator[Fault]:
    """The resource and the request of an item reader."""
    value = site.node.get("Resource")
    if not isinstance(value, String):
        return
    resource = read_resource(value)
    fault = reader_fault(resource)
    field = "Arguments" if site.language == "JSONata" else "Parameters"
    if fault is None:
        yield from request_findings(site, resource, field, site.node.get(field))
        return
    arn = getattr(resource, "arn", None)
    partition = (arn.partition.text if arn else None) or "aws"
    yield Fault(
        rule="invalid-reader-resource",
        message="an item reader cannot read with this resource",
        at=within(value, fault.at.start, fault.at.end),
        aws=aws.schema_error((*site.route, "Resource"), aws.READER_RESOURCE, partition=partition),
        help=f'it reads with "arn:{partition}:states:::s3:getObject" or "arn:{partition}:states:::s3:listObjectsV2"',
    )


def writer_faults(site: Site) -> Iterator[Fault]:
    """The resource and the request of a result writer; AWS's words for a wrong one aren't known."""
    value = site.node.get("Resource")
    if not isinstance(value, String):
        return
    resource = read_resource(value)
    fault = writer_fault(resource)
    field = "Arguments" if site.language == "JSONata" else "Parameters"
    if fault is None:
        yield from request_findings(site, resource, field, site.node.get(field))
        return
    yield Fault(
        rule="invalid-writer-resource",
        message="a result writer cannot write with this resource",
        at=within(value, fault.at.start, fault.at.end),
        help="it writes with \"arn:aws:states:::s3:putObject\", says AWS's guide; AWS's answer is not recorded",
        severity=Severity.WARNING,
    )
