"""Who answers tasks: a mapping of mocked answers, or the user's callable. Nothing is guessed, nothing is looked up.

A task without an answer raises `MissingMock`: that is no outcome of the machine but a gap in what it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stepvet.text.node import Json


class MissingMock(LookupError):  # noqa: N818 - the public name
    """A task was called that nothing answers. `state` and `resource` say which, the message says what to add."""

    def __init__(self, state: str, resource: str, message: str) -> None:
        super().__init__(message)
        self.state = state
        self.resource = resource


class TaskError(Exception):
    """Raised by a service to fail a task; error and cause may each be None."""

    def __init__(self, error: str | None, cause: str | None = None) -> None:
        super().__init__(error, cause)
        self.error = error
        self.cause = cause


@dataclass(frozen=True, slots=True)
class TaskCall:
    """A call of a task, or of an item reader. `attempt` counts from 0 over the retries of one visit; `iteration` names
    the map iterations around it as (map, index), outermost first; `branch` the branches of Parallels by their index;
    `context` is the Context Object."""

    state: str
    resource: str
    arguments: Json
    attempt: int = 0
    iteration: tuple[tuple[str, int], ...] = ()
    context: Mapping[str, Json] = field(default_factory=dict)
    branch: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A result or an error, after `seconds` of virtual time. `silence` is the longest time without a heartbeat;
    `seconds` where nothing is said."""

    result: Json = None
    error: TaskError | None = None
    seconds: float = 0.0
    silence: float | None = None


@dataclass(frozen=True, slots=True)
class ByNumber:
    """Answers by the number of the call, from 0, as a MockConfigFile has them."""

    ranges: tuple[tuple[range, Answer], ...]


def mock_of(numbered: ByNumber) -> dict[str, Any] | None:
    """The answer to the first call, as mocks write it."""
    first = next((answer for numbers, answer in numbered.ranges if 0 in numbers), None)
    if first is None or first.error is None:
        return None if first is None else {"result": first.result}
    return {"errorOutput": {"error": first.error.error, "cause": first.error.cause}}


Service = Callable[[TaskCall], Any]
Services = Mapping[str, Any] | Service


def service_of(services: Services | None) -> Callable[[TaskCall], Answer]:
    """One callable for what the user gave. A mapping's lists are used up from the start for each call of this."""
    if callable(services):
        return lambda call: _asked(services, call)
    return _Mocks(services or {}).answer


def _asked(service: Service, call: TaskCall) -> Answer:
    try:
        given = service(call)
    except TaskError as error:
        return Answer(error=error)
    return given if isinstance(given, Answer) else Answer(as_json(given))


@dataclass(slots=True)
class _Mocks:
    mocks: Mapping[str, Any]
    used: dict[str, int] = field(default_factory=dict)

    def answer(self, call: TaskCall) -> Answer:
        given = self.mocks.get(call.state)
        if given is None:
            raise _missing(call, f'add "{call.state}": {{"result": …}} to the mocks')
        if not isinstance(given, list | ByNumber):
            return _one(given, call)
        number = self.used.get(call.state, 0)
        self.used[call.state] = number + 1
        if isinstance(given, ByNumber):
            found = next((answer for numbers, answer in given.ranges if number in numbers), None)
            if found is None:
                raise _missing(call, f"the mocked responses have none for call {number} (calls count from 0)")
            return found
        if number >= len(given):
            advice = f'its {len(given)} answers in the mocks are used up; add one to the list of "{call.state}"'
            raise _missing(call, advice)
        return _one(given[number], call)


def _missing(call: TaskCall, advice: str) -> MissingMock:
    return MissingMock(call.state, call.resource, f'no answer for the task "{call.state}" ({call.resource}): {advice}')


def _one(given: Any, call: TaskCall) -> Answer:
    """An answer as mocks write it. A callable in its place is a handler, asked for every call."""
    if callable(given):
        return _asked(given, call)
    if not isinstance(given, Mapping) or not given.keys() & {"result", "errorOutput"}:
        raise _missing(call, 'an answer is {"result": …} or {"errorOutput": {"error": …, "cause": …}}')
    pace: dict[str, Any] = {"seconds": float(given.get("seconds", 0)), "silence": given.get("silence")}
    if "errorOutput" in given:
        told = given["errorOutput"] or {}
        return Answer(error=TaskError(told.get("error"), told.get("cause")), **pace)
    result = given["result"]
    return _asked(result, call) if callable(result) else Answer(as_json(result), **pace)


def as_json(value: Any) -> Json:
    """A copy of the value as plain JSON; bytes stay as they are (files). TypeError for what is no JSON."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            return value  # type: ignore[return-value]
        case Mapping():
            return {str(k): as_json(v) for k, v in value.items()}
        case list() | tuple():
            return [as_json(v) for v in value]
        case _:
            raise TypeError(f"a value must be JSON, and this is {type(value).__name__}")
