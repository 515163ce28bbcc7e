"""What Express executions cannot do: wait for a job, a callback or an activity, or run a distributed Map.

In an Express machine AWS refuses it (recorded). For the Express child executions of a distributed Map AWS's guide
forbids the waiting; whether AWS refuses the machine isn't known, so there it is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl import aws
from stepvet.asl.checks.inside import within
from stepvet.asl.fault import Fault
from stepvet.asl.schema.sites import Site
from stepvet.asl.services.resource import Activity, Optimized, Pattern, SdkCall, pattern_of, read_resource
from stepvet.text.finding import Severity
from stepvet.text.node import At, String, known_string

_SUFFIXES = {
    Pattern.SYNC: "sync",
    Pattern.SYNC_2: "sync",
    Pattern.CALLBACK: "waitForTaskToken",
}
"""Way to wait → the suffix in AWS's message."""


def waiting_faults(site: Site) -> Iterator[Fault]:
    """A Task that would wait for something in an Express execution."""
    value = site.node.get("Resource")
    if site.execution == "STANDARD" or not isinstance(value, String):
        return
    resource = read_resource(value)
    pattern = pattern_of(resource)
    suffix = _SUFFIXES.get(pattern) if pattern else None
    if suffix and isinstance(resource, Optimized | SdkCall) and resource.parts.suffix:
        part = resource.parts.suffix
        message = f'an Express execution cannot wait for ".{part.text}"'
        yield _fault(site, message, within(value, part.start, part.end), aws.EXPRESS_PATTERN.format(suffix=suffix))
    elif isinstance(resource, Activity):
        yield _fault(site, "an Express execution cannot wait for an activity", value, aws.EXPRESS_ACTIVITY)


def _fault(site: Site, message: str, at: At, words: str) -> Fault:
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
