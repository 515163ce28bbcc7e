"""The history events of a task's call, which differ by the kind of its resource."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from stepvet.asl.services.resource import Activity, LambdaFunction, Optimized, Pattern, SdkCall, parse_resource
from stepvet.run.concrete.recorder import Line
from stepvet.run.failure import TIMEOUT, Failure
from stepvet.run.move import Absent, Call
from stepvet.text.node import Json

REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class Kind:
    """`family` begins the names of the events; `facts` go into every event's details."""

    family: str
    facts: dict[str, Json]
    submits: bool = False


@lru_cache(maxsize=1024)
def kind_of(resource: str) -> Kind:
    match parse_resource(resource):
        case LambdaFunction():
            return Kind("LambdaFunction", {})
        case Activity():
            return Kind("Activity", {})
        case Optimized() as call:
            facts: dict[str, Json] = {"resourceType": call.service or "", "resource": _action(resource)}
            return Kind("Task", facts, call.pattern not in (None, Pattern.REQUEST_RESPONSE))
        case SdkCall() as call:
            facts = {"resourceType": f"aws-sdk:{call.service or ''}", "resource": _action(resource)}
            return Kind("Task", facts, call.pattern is Pattern.CALLBACK)
        case _:
            return Kind("Task", {"resourceType": "", "resource": resource})


def has_token(resource: str) -> bool:
    """Can somebody else end the task, so that the Context Object has a token for it?"""
    kind = kind_of(resource)
    return kind.submits or kind.family == "Activity" or not kind.facts.get("resourceType", "?")


def _action(resource: str) -> str:
    """What follows the service: `startExecution.sync:2`."""
    after = resource.partition(":::")[2]
    parts = after.split(":")
    return ":".join(parts[2:] if parts[0] == "aws-sdk" else parts[1:])


def scheduled(line: Line, kind: Kind, call: Call[Json], seconds: float) -> None:
    limits = {
        name: value
        for name, value in (("timeoutInSeconds", call.timeout), ("heartbeatInSeconds", call.heartbeat))
        if not isinstance(value, Absent)
    }
    if kind.family == "Task":
        details = {**kind.facts, "region": REGION, "parameters": call.arguments, **limits}
    else:
        details = {"resource": call.resource, "input": call.arguments, **limits}
    line.add(f"{kind.family}Scheduled", seconds, _member(kind, "Scheduled"), details)
    line.add(f"{kind.family}Started", seconds, _member(kind, "Started") if kind.facts else "", kind.facts)


def submitted(line: Line, kind: Kind, seconds: float) -> None:
    if kind.submits:
        line.add("TaskSubmitted", seconds, _member(kind, "Submitted"), kind.facts)


def ended(line: Line, kind: Kind, seconds: float, answer: Json | Failure) -> None:
    if not isinstance(answer, Failure):
        line.add(f"{kind.family}Succeeded", seconds, _member(kind, "Succeeded"), {**kind.facts, "output": answer})
        return
    ending = "TimedOut" if answer.error == TIMEOUT else "Failed"
    told: dict[str, Json] = {**kind.facts, "error": answer.error, "cause": answer.cause}
    line.add(f"{kind.family}{ending}", seconds, _member(kind, ending), told)


def _member(kind: Kind, ending: str) -> str:
    return f"{kind.family[0].lower()}{kind.family[1:]}{ending}EventDetails"
