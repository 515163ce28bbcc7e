"""Who answers tasks: a mapping of mocked answers, or the user's callable. Nothing is guessed, nothing is looked up.

A task without an answer raises `MissingMock`: that is no outcome of the machine but a gap in what it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any

from stepvet.text.node import Json


class MissingMock(LookupError):  # noqa: N818 - the public name
    """A task was called that nothing answers. `state` and `resource` say which, the message says what to add."""

    def __init__(self, state: str, resource: str, message: str) -> None:
        super().__init__(message)
        self.state = state
        self.resource = resource


class BadAnswer(ValueError):  # noqa: N818 - it tells of the caller's values, as ValidationError does
    """What a service gave for a call is no answer: no JSON, or of no shape that an answer has."""


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
    """Any exception but `TaskError` is the user's own and goes through."""
    try:
        given = service(call)
    except TaskError as error:
        return _checked(Answer(error=error), call)
    return _checked(given if isinstance(given, Answer) else Answer(given), call)


def _checked(answer: Answer, call: TaskCall) -> Answer:
    """The answer with its result as plain JSON. Only a reader's file may be bytes."""
    told = (answer.error.error, answer.error.cause) if answer.error is not None else ()
    if not all(text is None or isinstance(text, str) for text in told):
        raise _bad(call, "error and cause are texts or None")
    if not _is_time(answer.seconds) or not (answer.silence is None or _is_time(answer.silence)):
        raise _bad(call, "seconds and silence are numbers from 0 up")
    is_file = isinstance(answer.result, bytes) and call.resource.endswith(READER)
    try:
        return answer if is_file else replace(answer, result=as_json(answer.result))
    except TypeError as error:
        raise _bad(call, str(error)) from None
    except RecursionError:
        raise _bad(call, "the result is nested too deeply") from None


READER = ":::s3:getObject"
"""The end of an ItemReader's resource, which no task has."""


def _is_time(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")


def _bad(call: TaskCall, message: str) -> BadAnswer:
    return BadAnswer(f'the answer for "{call.state}" ({call.resource}): {message}')


@dataclass(slots=True)
class _Mocks:
    mocks: Mapping[str, Any]
    used: dict[str, int] = field(default_factory=dict)

    def answer(self, call: TaskCall) -> Answer:
        given = self.mocks.get(call.state)
        if given is None:
            raise _missing(call, f'add "{call.state}": {{"result": …}} to the mocks')
        if not isinstance(given, list | tuple | ByNumber):
            return _one(given, call)
        number = self.used.get(call.state, 0)
        self.used[call.state] = number + 1
        if isinstance(given, ByNumber):
            found = next((answer for numbers, answer in given.ranges if number in numbers), None)
            if found is None:
                raise _missing(call, f"the mocked responses have none for call {number} (calls count from 0)")
            return found
        if number >= len(given):
            raise _missing(call, f'{_spent(len(given))}; add one to the list of "{call.state}"')
        return _one(given[number], call)


def _spent(answers: int) -> str:
    match answers:
        case 0:
            return "its list of answers in the mocks is empty"
        case 1:
            return "its one answer in the mocks is used up"
        case _:
            return f"its {answers} answers in the mocks are used up"


def _missing(call: TaskCall, advice: str) -> MissingMock:
    return MissingMock(call.state, call.resource, f'no answer for the task "{call.state}" ({call.resource}): {advice}')


def _one(given: Any, call: TaskCall) -> Answer:
    """An answer as mocks write it. A callable in its place is a handler, asked for every call."""
    if callable(given):
        return _asked(given, call)
    if not isinstance(given, Mapping) or not given.keys() & {"result", "errorOutput"}:
        raise _missing(call, 'an answer is {"result": …} or {"errorOutput": {"error": …, "cause": …}}')
    pace: dict[str, Any] = {"seconds": given.get("seconds", 0.0), "silence": given.get("silence")}
    if "errorOutput" in given:
        told = given["errorOutput"] or {}
        if not isinstance(told, Mapping):
            raise _bad(call, 'an errorOutput is {"error": …, "cause": …}')
        return _checked(Answer(error=TaskError(told.get("error"), told.get("cause")), **pace), call)
    return _checked(Answer(given["result"], **pace), call)


def as_json(value: Any) -> Json:
    """A copy of the value as plain JSON. TypeError for what is no JSON."""
    match value:
        case None | bool() | int() | str():
            return value
        case float() if isfinite(value):
            return value
        case float():
            raise TypeError(f"a value must be JSON, and {value} is no number of JSON")
        case Mapping():
            return {str(k): as_json(v) for k, v in value.items()}
        case list() | tuple():
            return [as_json(v) for v in value]
        case _:
            raise TypeError(f"a value must be JSON, and this is {type(value).__name__}")
