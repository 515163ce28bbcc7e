"""What TestState refuses of a request: a mock that doesn't fit the state, a result that the service never gives.

The wording is AWS's where it was recorded. The definition and the context are judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stepvet.asl.model import Map, Parallel, State, Task
from stepvet.asl.services.mock_result import FieldValidationMode, response_faults
from stepvet.asl.services.resource import parse_resource
from stepvet.asl.services.results import result_shape
from stepvet.lint.mock_context import has_task_member
from stepvet.run.states.task import resource_of

LEVELS = ("INFO", "DEBUG", "TRACE")
MOCKED = ("Task", "Map", "Parallel")


def request_faults(
    state: State,
    mock: Mapping[str, Any] | None,
    level: str,
    context: Any,
    role: str | None,
    reveal: bool,
    configuration: Mapping[str, Any],
) -> Iterator[str]:
    """In the order in which AWS tells them; the first one is its answer."""
    if level not in LEVELS:
        yield f"inspectionLevel must be one of {', '.join(LEVELS)}, and is {level!r}"
    if mock is None:
        yield from _unmocked_faults(state, context, role)
    else:
        yield from _mock_faults(state, mock, reveal)
    yield from _configuration_faults(state, mock or {}, configuration)


def _unmocked_faults(state: State, context: Any, role: str | None) -> Iterator[str]:
    if isinstance(state, Task):
        if role is None:
            yield "RoleArn must be specified when testing a Task state"
        what = "calls AWS" if not has_task_member(state) else "waits for somebody else"
        yield f"State '{state.name}' {what}: specify a mock"
    elif isinstance(state, Map | Parallel):
        yield f"State type '{state.type}' is only supported when a mock is specified"
    if context is not None:
        yield "Context can only be specified when a mock is specified"


def _mock_faults(state: State, mock: Mapping[str, Any], reveal: bool) -> Iterator[str]:
    told = [name for name in ("result", "errorOutput") if name in mock and (name == "result" or mock[name] is not None)]
    if len(told) != 1:
        yield "A test mock should have only one of the following fields: [result, errorOutput]."
    if reveal:
        yield "TestState does not support RevealSecrets when a mock is specified."
    if state.type not in MOCKED:
        yield f"State type '{state.type}' is not supported when a mock is specified"
    if mock.get("fieldValidationMode", "STRICT") not in list(FieldValidationMode.__members__):
        yield f"fieldValidationMode must be one of {', '.join(FieldValidationMode.__members__)}"
    error = mock.get("errorOutput")
    if error is not None and (not isinstance(error, Mapping) or not error.get("error")):
        yield "The field 'error' is required in mock.errorOutput"
    elif error is not None and not all(isinstance(error.get(name, ""), str) for name in ("error", "cause")):
        yield "The fields 'error' and 'cause' of mock.errorOutput must be texts"


def _configuration_faults(state: State, mock: Mapping[str, Any], configuration: Mapping[str, Any]) -> Iterator[str]:
    for name in ("retrierRetryCount", "mapIterationFailureCount"):
        count = configuration.get(name)
        if count is not None and (isinstance(count, bool) or not isinstance(count, int) or count < 0):
            yield f"{name} must be a number that is not negative"
    if configuration.get("mapIterationFailureCount") and not isinstance(state, Map):
        yield "mapIterationFailureCount can only be specified for a Map state"
    if configuration.get("mapItemReaderData") is not None and not (isinstance(state, Map) and state.item_reader):
        yield "mapItemReaderData can only be specified for a Map state with an ItemReader"
    if configuration.get("errorCausedByState") is not None and "errorOutput" not in mock:
        yield "errorCausedByState can only be specified with mock.errorOutput"


def result_faults(state: State, value: Any, mode: FieldValidationMode) -> Iterator[str]:
    """Why the state could never have this result."""
    match state:
        case Map() if state.result_writer is None and not isinstance(value, list):
            yield "Mocked result must be an array."
        case Parallel() if not isinstance(value, list):
            yield "Mocked result must be an array."
        case Parallel() if len(value) != len(state.branches):
            yield "Mocked result must contain the same number of items as number of Parallel branches."
        case Task():
            shape = result_shape(parse_resource(resource_of(state)))
            if shape is not None:
                yield from (fault.message for fault in response_faults(shape, value, mode))
