"""`stepvet.test_state`: AWS's TestState, offline. Here a request is read and refused; the executor tests the state.

Refusals come in this order: the definition, the request's shape, what the state's type takes, the context, the mock
against the service's API. The wording is AWS's where it was recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stepvet.asl.fault import Aws
from stepvet.asl.json_text import read_json
from stepvet.asl.model import State, StateMachine
from stepvet.asl.parse import parse
from stepvet.asl.services.mock_result import FieldValidationMode
from stepvet.lint.errors import InvalidDefinition, ValidationError
from stepvet.lint.mock_context import context_faults, default_context
from stepvet.lint.mock_request import request_faults, result_faults
from stepvet.lint.running import json_of, text_of
from stepvet.lint.verdict import diagnostics
from stepvet.run.concrete.single import Request, StateOutcome, try_state
from stepvet.run.failure import Failure
from stepvet.run.services.service import MissingMock
from stepvet.text.finding import Severity
from stepvet.text.json import read_json as read_nodes

BARE = "StateName"
"""What AWS calls a state that is given by itself (recorded)."""

GRAPH = ("MISSING_TRANSITION_TARGET", "MISSING_END_STATE")


def test_state(
    definition: str | Mapping[str, Any],
    *,
    input: Any = "{}",
    context: Any = None,
    variables: Any = None,
    mock: Mapping[str, Any] | str | None = None,
    inspectionLevel: str = "INFO",  # noqa: N803 - AWS's names
    stateName: str | None = None,  # noqa: N803
    stateConfiguration: Mapping[str, Any] | str | None = None,  # noqa: N803
    roleArn: str | None = None,  # noqa: N803
    revealSecrets: bool = False,  # noqa: N803
) -> dict[str, Any]:
    """What AWS's TestState answers, with JSON values for what AWS gives as JSON text.

    `input`, `context`, `variables`, `mock` and its `result` may be JSON texts, as for AWS, or values. Raises
    `InvalidDefinition` and `ValidationError` where AWS answers so. A Task without a mock would call AWS and is refused.
    """
    return answer_of(
        _state(definition, stateName),
        input=input,
        context=context,
        variables=variables,
        mock=_object(mock, "mock") if mock is not None else None,
        level=inspectionLevel,
        configuration=_object(stateConfiguration, "stateConfiguration") if stateConfiguration is not None else {},
        role=roleArn,
        reveal=revealSecrets,
    )


test_state.__test__ = False  # type: ignore[attr-defined]  # no test of pytest's


def answer_of(
    state: State,
    *,
    input: Any,
    context: Any,
    variables: Any,
    mock: Mapping[str, Any] | None,
    level: str,
    configuration: Mapping[str, Any],
    role: str | None,
    reveal: bool,
) -> dict[str, Any]:
    """As `test_state`, for a state of a definition that was read and checked."""
    for fault in request_faults(state, mock, level, context, role, reveal, configuration):
        raise ValidationError(fault)
    given, told = _value(input, "input"), _value(context, "context") if context is not None else None
    for fault in context_faults(told, state) if told is not None else ():
        raise ValidationError(fault)
    request = Request(
        given=given,
        context=told if told is not None else default_context(given, state.name),
        variables=_object(variables, "variables") if variables is not None else {},
        answer=(_answer(state, mock),) if mock is not None else None,
        retries=int(configuration.get("retrierRetryCount") or 0),
        failures=int(configuration.get("mapIterationFailureCount") or 0),
        read=configuration.get("mapItemReaderData"),
    )
    try:
        tested = try_state(state, request)
    except MissingMock as missing:
        raise ValidationError(f"State type '{state.type}' needs a mock: {missing}") from None
    return _shown(state, request, tested, level)


def _state(definition: str | Mapping[str, Any], name: str | None) -> State:
    text = definition if isinstance(definition, str) else text_of(definition)
    reading = read_nodes(text)
    bare = name is None and _is_state(text)
    whole = f'{{"StartAt": "{BARE}", "States": {{"{BARE}": {text}}}}}' if bare and not reading.faults else text
    refused = [
        d for d in diagnostics(whole, "json", "STANDARD") if d.severity is Severity.ERROR and d.code not in GRAPH
    ]
    if refused:
        raise InvalidDefinition(_refusal(refused), refused)
    root = read_nodes(whole).root
    machine = parse(root) if root is not None else None
    state = _find(machine, BARE if bare else name) if machine else None
    if state is None:
        raise ValidationError(f"State '{name}' does not exist in the state machine definition")
    return state


def _is_state(text: str) -> bool:
    try:
        value = read_json(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "States" not in value and "StartAt" not in value


def _find(machine: StateMachine, name: str | None) -> State | None:
    if name is None:
        return next(iter(machine.scope.states.values()), None) if len(machine.scope.states) == 1 else None
    return next((state for state in machine.states() if state.name == name), None)


def _refusal(found: list[Aws]) -> str:
    told = ", ".join(f"{d.code}: {d.message} at {d.location or 'null'}" for d in found)
    return f"Invalid State Machine Definition: '{told}'"


def _value(given: Any, name: str) -> Any:
    """The JSON value that is given as itself or as a text."""
    if not isinstance(given, str):
        return json_of(given, name)
    try:
        return read_json(given)
    except (ValueError, RecursionError):
        raise ValidationError(f"{name} must be valid JSON") from None


def _object(given: Any, name: str) -> dict[str, Any]:
    value = _value(given, name)
    if not isinstance(value, dict):
        raise ValidationError(f"{name} must be a JSON object")
    return value


def _answer(state: State, mock: Mapping[str, Any]) -> Any:
    error = mock.get("errorOutput")
    if error is not None:
        return Failure(error.get("error"), error.get("cause"), state.key)
    result = mock["result"]
    try:
        value = read_json(result) if isinstance(result, str) else result
    except (ValueError, RecursionError):
        raise ValidationError("Mocked result must be valid JSON") from None
    for fault in result_faults(state, value, FieldValidationMode(mock.get("fieldValidationMode", "STRICT"))):
        raise ValidationError(fault)
    return value


_STAGES = {
    "afterInputPath": "input_path",
    "afterItemsPath": "items",
    "afterItemsPointer": "items_pointer",
    "afterItemSelector": "item_selector",
    "afterItemBatcher": "item_batcher",
    "afterParameters": "parameters",
    "afterArguments": "arguments",
    "result": "result",
    "afterResultSelector": "result_selector",
    "afterResultPath": "result_path",
    "maxConcurrency": "max_concurrency",
    "toleratedFailureCount": "tolerated_count",
    "toleratedFailurePercentage": "tolerated_percentage",
}
_HIDDEN = {
    "Parallel": {"afterInputPath", "afterParameters", "result"},
    "Map": {"afterParameters", "result"},
    "Pass": {"result"},
}
"""What a state type's inspection leaves out (recorded)."""


def _shown(state: State, request: Request, tested: StateOutcome, level: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"status": tested.status}
    if tested.output is not None:
        answer["output"] = tested.output[0]
    failure = tested.failure
    if failure is not None:
        answer |= {k: v for k, v in (("error", failure.error), ("cause", failure.cause)) if v is not None}
    if tested.next is not None:
        answer["nextState"] = tested.next
    if level != "INFO":
        answer["inspectionData"] = _inspection(state, request, tested)
    return answer


def _inspection(state: State, request: Request, tested: StateOutcome) -> dict[str, Any]:
    hidden = set(_HIDDEN.get(state.type, ()))
    if state.language == "JSONata":
        hidden |= {"afterItemsPath", "afterInputPath"}
    stages = dict(tested.stages)
    if state.type == "Pass" and state.language == "JSONPath":
        stages["result_selector"] = stages.get("result", stages.get("parameters"))
    data = {name: stages[stage] for name, stage in _STAGES.items() if stage in stages and name not in hidden}
    data["input"] = request.given
    if tested.details:
        data["errorDetails"] = tested.details
    if tested.variables:
        data["variables"] = tested.variables
    return data
