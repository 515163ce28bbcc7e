"""What a distributed Map reads its items with and writes its results with: resources and their requests."""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl import aws
from stepvet.asl.checks.inside import within
from stepvet.asl.checks.resources import may_lack_request
from stepvet.asl.fault import Fault
from stepvet.asl.schema.sites import Site
from stepvet.asl.services.resource import read_resource
from stepvet.text.finding import Severity
from stepvet.text.node import String


def reader_faults(site: Site) -> Iterator[Fault]:
    """The resource and the request of an item reader."""
    value = site.node.get("Resource")
    if not isinstance(value, String):
        return
    from stepvet.asl.checks.requests import request_findings
    from stepvet.asl.services.resource_faults import reader_fault

    resource = read_resource(value)
    fault = reader_fault(resource)
    field = site.request_field
    if fault is None:
        yield from request_findings(site, resource, field, site.node.get(field))
        yield from _without_request(site, field)
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


def _without_request(site: Site, field: str) -> Iterator[Fault]:
    """Nothing is read without a bucket; AWS's answer when the machine is created isn't recorded."""
    if may_lack_request(site):
        resource = site.node.member("Resource")
        at = resource.key if resource else site.node
        yield Fault("missing-request", f'{site.called} has no "{field}", so there is nothing to read', at)


def writer_faults(site: Site) -> Iterator[Fault]:
    """The resource and the request of a result writer; AWS's words for a wrong one aren't known."""
    value = site.node.get("Resource")
    if not isinstance(value, String):
        return
    from stepvet.asl.checks.requests import request_findings
    from stepvet.asl.services.resource_faults import writer_fault

    resource = read_resource(value)
    fault = writer_fault(resource)
    field = site.request_field
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
