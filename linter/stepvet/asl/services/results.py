"""What a task's call gives back: the shape of `$` after a success, before ResultSelector or Output.

None stands for "anything": functions and activities answer as they like, a callback gets what somebody sends, and most
jobs' descriptions are undocumented. A request that hands out the task token can be answered by anything as well; that
is for the caller to see, here only the resource counts.

Results of SDK integrations are the API's members as the SDK spells them. Those of optimized integrations keep the
API's spelling and bring `SdkHttpMetadata` and `SdkResponseMetadata`, except where recordings at AWS have shown neither.
"""

from collections.abc import Callable
from functools import cache

from stepvet.asl.services.integrations import Integration, integration, optimized_actions
from stepvet.asl.services.resource import Optimized, Pattern, Resource, SdkCall
from stepvet.asl.services.sdk import Action, sdk_service
from stepvet.asl.services.shapes import ANY, INTEGER, STRING, ListOf, MapOf, Member, Object, Shape, String, members

_METADATA = members(
    SdkHttpMetadata=Object(
        members(AllHttpHeaders=MapOf(ListOf(STRING)), HttpHeaders=MapOf(STRING), HttpStatusCode=INTEGER)
    ),
    SdkResponseMetadata=Object(members(RequestId=STRING)),
)

_WITHOUT_METADATA = frozenset({"events:putEvents"})

_LAMBDA = Object(
    members(
        ExecutedVersion=STRING,
        FunctionError=STRING,
        LogResult=STRING,
        Payload=ANY,
        StatusCode=INTEGER,
    )
    | _METADATA
)

_HTTP = Object(members(Headers=MapOf(ANY), ResponseBody=ANY, StatusCode=INTEGER, StatusText=STRING))

# Integrations whose answer is of Step Functions' own making. What isn't closed is known in part.
_OWN: dict[str, Object] = {
    "lambda:invoke": _LAMBDA,
    "apigateway:invoke": _HTTP,
    "http:invoke": _HTTP,
    "eks:call": Object(_HTTP.members, closed=False),
    "bedrock:invokeModel": Object(members(Body=ANY, ContentType=STRING) | _METADATA, closed=False),
    "elasticmapreduce:createCluster": Object(members(ClusterId=STRING) | _METADATA, closed=False),
    "elasticmapreduce:addStep": Object(members(StepId=STRING) | _METADATA, closed=False),
    "elasticmapreduce:cancelStep": Object(members(CancelStepsInfo=ANY) | _METADATA, closed=False),
}


def result_shape(resource: Resource) -> Shape | None:
    """The shape of the result of calling `resource`; None where nothing is known of it."""
    match resource:
        case Optimized(str(service), str(action), Pattern() as pattern):
            return _optimized(service, action, pattern)
        case SdkCall(str(service), str(action), Pattern.REQUEST_RESPONSE):
            known = _sdk_action(service, action)
            return known.result_shape if known and known.supported else None
        case _:
            return None


@cache
def _optimized(service: str, action: str, pattern: Pattern) -> Shape | None:
    facts = optimized_actions().get(service, {}).get(action)
    if facts is None or pattern not in facts.patterns:
        return None
    match pattern:
        case Pattern.REQUEST_RESPONSE:
            return _response(facts)
        case Pattern.SYNC | Pattern.SYNC_2:
            job = _JOBS.get((f"{service}:{action}", pattern))
            return job() if job else None
        case Pattern.CALLBACK:
            return None


def _response(facts: Integration) -> Shape | None:
    name = f"{facts.service}:{facts.action}"
    if name in _OWN:
        return _OWN[name]
    action = _sdk_action(*facts.api) if facts.api else None
    if action is None:
        return None
    shape = action.optimized_result_shape
    return shape if name in _WITHOUT_METADATA else Object({**shape.members, **_METADATA}, shape.closed)


def _sdk_action(service: str, action: str) -> Action | None:
    found = sdk_service(service)
    return found.action(action) if found else None


def request_members(resource: Optimized) -> Object | None:
    """The members that the API behind an optimized integration takes; None where it has no API of that form."""
    facts = integration(resource)
    action = _sdk_action(*facts.api) if facts and facts.api else None
    return action.optimized_request_shape if action else None


def _described(service: str, action: str, **own: Shape) -> Object | None:
    """What describes a finished job: the API's answer, with members of Step Functions' own instead of the API's."""
    found = _sdk_action(service, action)
    if found is None:
        return None
    shape = found.optimized_result_shape
    replaced = {name: Member(own[name], member.required) for name, member in shape.members.items() if name in own}
    return Object({**shape.members, **replaced}, shape.closed)


def _child_with_texts() -> Shape | None:
    return _described("sfn", "describeExecution", Status=_DONE, StartDate=ANY, StopDate=ANY, RedriveDate=ANY)


def _child_with_values() -> Shape | None:
    own: dict[str, Shape] = {"Input": ANY, "Output": ANY}
    return _described("sfn", "describeExecution", Status=_DONE, StartDate=ANY, StopDate=ANY, RedriveDate=ANY, **own)


def _one_member(name: str, service: str, action: str) -> Callable[[], Shape | None]:
    """An answer known in one member alone, which is the one of that name in the API's description of the job."""

    def shape() -> Shape | None:
        described = _described(service, action)
        found = described.find(name) if described else None
        return Object({name: Member(_open(found.shape) if found else ANY)}, closed=False)

    return shape


def _open(shape: Shape) -> Shape:
    return Object(shape.members, closed=False) if isinstance(shape, Object) else shape


_DONE = String(("SUCCEEDED",))

_JOBS: dict[tuple[str, Pattern], Callable[[], Shape | None]] = {
    ("states:startExecution", Pattern.SYNC): _child_with_texts,
    ("states:startExecution", Pattern.SYNC_2): _child_with_values,
    ("athena:startQueryExecution", Pattern.SYNC): _one_member("QueryExecution", "athena", "getQueryExecution"),
    ("codebuild:startBuild", Pattern.SYNC): _one_member("Build", "codebuild", "startBuild"),
    ("mediaconvert:createJob", Pattern.SYNC): _one_member("Job", "mediaconvert", "getJob"),
}
