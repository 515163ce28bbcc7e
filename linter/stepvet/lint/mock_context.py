"""The Context Object that a TestState request brings: what it may hold, in AWS's words, most of them recorded.

Without one there is a default, which has no RedriveCount (recorded).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stepvet.asl.model import State, Task
from stepvet.asl.services.resource import Activity, Optimized, Pattern, SdkCall, parse_resource
from stepvet.run.states.task import resource_of

INVALID = "Invalid Context object provided: "
FIELDS: dict[str, dict[str, tuple[type, ...]]] = {
    "Execution": {
        "Id": (str,),
        "Input": (object,),
        "Name": (str,),
        "RoleArn": (str,),
        "StartTime": (str,),
        "RedriveCount": (int,),
        "RedriveTime": (str,),
    },
    "State": {"EnteredTime": (str,), "Name": (str,), "RetryCount": (int,)},
    "StateMachine": {"Id": (str,), "Name": (str,)},
    "Task": {"Token": (str,)},
}
"""Member → field → types."""

_NO_TOKEN = (
    "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service "
    "integration pattern"
)


def context_faults(context: Any, state: State) -> Iterator[str]:
    """What AWS would refuse, most general first."""
    if not isinstance(context, dict):
        yield f"{INVALID}it must be an object"
        return
    for name, value in context.items():
        if name == "Map":
            yield f"{INVALID}'Map' field is not supported when mocking a Context object"
        elif name not in FIELDS:
            yield f"{INVALID}Field '{name}' is not allowed"
        elif not isinstance(value, dict):
            yield f"{INVALID}{name} must be an object"
        else:
            yield from _member_faults(name, value)
    if "Task" in context and not has_task_member(state):
        yield INVALID + _NO_TOKEN


def _member_faults(name: str, members: Mapping[str, Any]) -> Iterator[str]:
    for field, value in members.items():
        types = FIELDS[name].get(field)
        if types is None:
            yield f"{INVALID}Field '{field}' is not allowed"
        elif not isinstance(value, types) or (isinstance(value, bool) and object not in types):
            yield f"{INVALID}{name}.{field} must be {'a number' if int in types else 'a string'}"


def has_task_member(state: State) -> bool:
    """Tasks that wait for somebody else to end them."""
    if not isinstance(state, Task):
        return False
    match parse_resource(resource_of(state)):
        case Optimized(pattern=pattern) | SdkCall(pattern=pattern):
            return pattern is not Pattern.REQUEST_RESPONSE
        case Activity():
            return True
        case _:
            return False


def default_context(given: Any, name: str) -> dict[str, Any]:
    arn = "arn:aws:states:us-east-1:123456789012"
    return {
        "Execution": {
            "Id": f"{arn}:express:StateMachine:Execution",
            "Input": given,
            "Name": "Execution",
            "RoleArn": "arn:aws:iam::123456789012:role/StepFunctionsRole",
            "StartTime": "2024-01-01T00:00:00.000Z",
        },
        "StateMachine": {"Id": f"{arn}:stateMachine:StateMachine", "Name": "StateMachine"},
    }
