"""What is wrong with a `Resource`, by the tables of integrations and SDK services.

AWS has two answers: the text is no ARN, or the resource is not recognised. Both come with the part that is to blame and
the words that were likely meant. A fault that rests on a name which the tables lack is certain only where a known name
is so near that nothing else can be meant: AWS adds services and actions faster than any table follows.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from stepvet.asl import aws
from stepvet.asl.services.integrations import (
    Integration,
    open_services,
    optimized_actions,
    reader_actions,
    writer_actions,
)
from stepvet.asl.services.resource import (
    Call,
    CallParts,
    Optimized,
    Part,
    Pattern,
    Reason,
    Resource,
    SdkCall,
    Unrecognised,
)
from stepvet.asl.services.sdk import sdk_service, sdk_services
from stepvet.text.near import near_names

Table = Mapping[str, Mapping[str, Integration]]


class ResourceProblem(StrEnum):
    """What is wrong, finer than AWS tells."""

    NOT_AN_ARN = "not-an-arn"
    NOT_A_TASK_RESOURCE = "not-a-task-resource"
    UNKNOWN_PARTITION = "unknown-partition"
    UNKNOWN_SERVICE = "unknown-service"
    UNKNOWN_ACTION = "unknown-action"
    UNSUPPORTED_ACTION = "unsupported-action"
    UNKNOWN_PATTERN = "unknown-pattern"
    UNSUPPORTED_PATTERN = "unsupported-pattern"


@dataclass(frozen=True, slots=True)
class ResourceFault:
    """`at` is the part to blame; each of `near` is a text that could stand in its place.

    `allowed` are the patterns that the action has, where the pattern is wrong. `certain` is false where a service or an
    action may be newer than the tables, or spelled by a rule that can err.
    """

    problem: ResourceProblem
    at: Part
    near: tuple[str, ...] = ()
    allowed: tuple[Pattern, ...] = ()
    certain: bool = True


# Services that AWS has closed. Old definitions still name them, and no model tells their actions any more.
_RETIRED_NAMES = (
    "alexaforbusiness backupstorage codestar elasticinference elastictranscoder evidently finspace finspacedata"
    " gamesparks honeycode iot1clickdevices iot1clickprojects iotanalytics iotevents ioteventsdata iotfleethub"
    " iotroborunner lookoutmetrics lookoutvision macie mobile nimble opsworks opsworkscm panorama privatenetworks"
    " qldb qldbsession robomaker simspaceweaver sms worklink"
)
_RETIRED = frozenset(_RETIRED_NAMES.split())

# Other names that people know a service by, with the name that Step Functions takes.
_ALIASES = {
    "cognito": "cognitoidentityprovider",
    "cognitoidp": "cognitoidentityprovider",
    "ce": "costexplorer",
    "ddb": "dynamodb",
    "discovery": "applicationdiscovery",
    "dms": "databasemigration",
    "ds": "directory",
    "elasticfilesystem": "efs",
    "elasticmapreduce": "emr",
    "elb": "elasticloadbalancing",
    "elbv2": "elasticloadbalancingv2",
    "es": "elasticsearch",
    "events": "eventbridge",
    "logs": "cloudwatchlogs",
    "monitoring": "cloudwatch",
    "states": "sfn",
    "stepfunctions": "sfn",
}

_PROBLEMS = {
    Reason.NOT_AN_ARN: ResourceProblem.NOT_AN_ARN,
    Reason.PARTITION: ResourceProblem.UNKNOWN_PARTITION,
    Reason.SERVICE: ResourceProblem.NOT_A_TASK_RESOURCE,
    Reason.INCOMPLETE: ResourceProblem.NOT_A_TASK_RESOURCE,
}


def resource_fault(resource: Resource) -> ResourceFault | None:
    """What is wrong with a Task's resource; None where nothing is, or where holes hide it."""
    match resource:
        case Unrecognised(reason, at):
            return ResourceFault(_PROBLEMS[reason], at)
        case Optimized():
            return _optimized_fault(resource, optimized_actions())
        case SdkCall():
            return _sdk_fault(resource)
        case _:
            return None


def reader_fault(resource: Resource) -> ResourceFault | None:
    """What is wrong with an ItemReader's resource: it reads with `s3:getObject` or `s3:listObjectsV2` alone."""
    return _only(resource, reader_actions())


def writer_fault(resource: Resource) -> ResourceFault | None:
    """What is wrong with a ResultWriter's resource: it writes with `s3:putObject` alone."""
    return _only(resource, writer_actions())


def aws_message(fault: ResourceFault, text: str) -> str:
    """AWS's words for a Task whose resource is `text`."""
    if fault.problem is ResourceProblem.NOT_AN_ARN:
        return aws.NOT_AN_ARN
    return aws.NOT_RECOGNIZED.format(arn=text)


def _only(resource: Resource, table: Table) -> ResourceFault | None:
    match resource:
        case Optimized():
            return _optimized_fault(resource, table)
        case SdkCall(service, action, arn=arn):
            near = (f"{service}:{action}",) if action in table.get(service or "", {}) else ()
            return ResourceFault(ResourceProblem.UNKNOWN_SERVICE, arn.rest, near)
        case Unrecognised(reason, at):
            return ResourceFault(_PROBLEMS[reason], at)
        case _:
            return None


def _optimized_fault(call: Optimized, table: Table) -> ResourceFault | None:
    if call.service is None or call.service in open_services():
        return None
    actions = table.get(call.service)
    if actions is None:
        return _unknown_optimized_service(call, table)
    if call.action is None:
        return None
    facts = actions.get(call.action)
    if facts is None:
        return _unknown_optimized_action(call, actions)
    return _pattern_fault(call, facts.patterns)


def _unknown_optimized_service(call: Optimized, table: Table) -> ResourceFault:
    """The SDK may have what was meant, under `aws-sdk:`; then that is the help, for service and action together."""
    near = _sdk_names(call) or near_names(call.service or "", table)
    return ResourceFault(ResourceProblem.UNKNOWN_SERVICE, call.parts.service, near, certain=bool(near))


def _unknown_optimized_action(call: Optimized, actions: Mapping[str, Integration]) -> ResourceFault:
    near = near_names(call.action or "", actions)
    if near or not (sdk := _sdk_names(call)):
        return ResourceFault(ResourceProblem.UNKNOWN_ACTION, call.parts.action, near, certain=bool(near))
    return ResourceFault(ResourceProblem.UNKNOWN_ACTION, _both(call.parts), tuple(f"{n}:{call.action}" for n in sdk))


def _both(parts: CallParts) -> Part:
    text = f"{parts.service.text}:{parts.action.text}"
    return Part(text, parts.service.start, parts.action.end)


def _sdk_names(call: Optimized) -> tuple[str, ...]:
    """`aws-sdk:⟨service⟩` where the SDK has this very action."""
    plain = (call.service or "").replace("-", "")
    name = _ALIASES.get(plain, plain)
    service = sdk_service(name)
    return (f"aws-sdk:{name}",) if service and call.action and service.action(call.action) else ()


def _sdk_fault(call: SdkCall) -> ResourceFault | None:
    if call.service is None or call.service in _RETIRED:
        return None
    service = sdk_service(call.service)
    if service is None:
        return _unknown_sdk_service(call.service, call.parts.service)
    if call.action is None:
        return None
    action = service.action(call.action)
    if action is None:
        near = near_names(call.action, service.actions)
        certain = _is_slip(call.action, near)
        return ResourceFault(ResourceProblem.UNKNOWN_ACTION, call.parts.action, near, certain=certain)
    if not action.supported:
        return ResourceFault(ResourceProblem.UNSUPPORTED_ACTION, call.parts.action, certain=False)
    return _pattern_fault(call, frozenset({Pattern.REQUEST_RESPONSE, Pattern.CALLBACK}))


def _unknown_sdk_service(name: str, at: Part) -> ResourceFault:
    """A name with anything but small letters and digits is no service, however new."""
    plain = "".join(letter for letter in name.lower() if letter.isalnum())
    meant = _ALIASES.get(plain, plain)
    near = (meant,) if meant in sdk_services() else near_names(name, sdk_services())
    certain = plain != name or meant != name or _is_slip(name, near)
    return ResourceFault(ResourceProblem.UNKNOWN_SERVICE, at, near, certain=certain)


def _is_slip(name: str, near: Iterable[str]) -> bool:
    """Whether `name` is a slip and no newer name: a later version (`listV2`) or a plural only goes on at the end.

    Capitals inside a name may differ by rule, the first letter never does. Of four letters, another one is as likely.
    """
    known = next(iter(near), None)
    if known is None:
        return False
    if known.lower() == name.lower():
        return known[0] != name[0]
    return len(name) > 4 and not (name.startswith(known) or known.startswith(name))


def _pattern_fault(call: Call, patterns: Collection[Pattern]) -> ResourceFault | None:
    suffix = call.parts.suffix
    if suffix is None or suffix.text is None or call.pattern in patterns:
        return None
    allowed = tuple(pattern for pattern in Pattern if pattern in patterns)
    suffixes = [pattern.value for pattern in allowed if pattern is not Pattern.REQUEST_RESPONSE]
    if call.pattern is None:
        return ResourceFault(
            ResourceProblem.UNKNOWN_PATTERN, suffix, near_names(suffix.text, suffixes), allowed=allowed
        )
    return ResourceFault(ResourceProblem.UNSUPPORTED_PATTERN, suffix, allowed=allowed)
