"""`stepvet.run` and `stepvet.evaluate`: the executor, as Python calls it.

Here a text becomes a machine and what AWS would refuse is refused; running is the executor's matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from stepvet.asl.faults import faults
from stepvet.asl.jsonata.analysis import root_references
from stepvet.asl.jsonata.syntax import parse_jsonata
from stepvet.asl.jsonata.tokens import JsonataError
from stepvet.asl.model import MachineType, StateMachine
from stepvet.asl.parse import parse
from stepvet.asl.paths.path import PathError
from stepvet.lint.errors import EvaluationError, InvalidDefinition, ValidationError
from stepvet.run.concrete.evaluation import Values, evaluate_text
from stepvet.run.concrete.execution import START, Execution, Settings, execute
from stepvet.run.failure import Failure
from stepvet.run.services.service import BadAnswer, Services, as_json
from stepvet.sources.reading import format_of, read
from stepvet.text.finding import Severity
from stepvet.text.node import Json

_HARMLESS = frozenset({"ambiguous-scalar", "byte-order-mark", "duplicate-key", "encoding"})
"""Kinds of syntax faults that leave the tree as AWS would read it."""


def run(
    definition: str | Mapping[str, Any],
    input: Any = None,
    *,
    services: Services | None = None,
    context: Mapping[str, Any] | None = None,
    variables: Mapping[str, Any] | None = None,
    type: MachineType = "STANDARD",
    seed: int = 0,
    filename: str = "definition.asl.json",
    max_events: int | None = None,
) -> Execution:
    """Run a state machine on an input, with mocked services, and say how it ended.

    `definition` is text (JSON, or YAML where `filename` says so) or a mapping; `input` and what `services` answer are
    JSON values. Raises `InvalidDefinition` for a definition that AWS refuses, `ValidationError` for arguments and
    answers that are no JSON or of the wrong shape and `MissingMock` for a task that nothing answers. What a callable
    among the services raises goes through, but for `TaskError`; whatever else happens is told by the `Execution`.
    """
    for fault in _argument_faults(services, context, variables, type, max_events):
        raise ValidationError(fault)
    machine = machine_of(definition, type, filename)
    settings = Settings(
        services, _members(context, "context"), _members(variables, "variables"), type, seed, max_events
    )
    try:
        return execute(machine, json_of(input, "input"), settings)
    except BadAnswer as bad:
        raise ValidationError(str(bad)) from None


def _argument_faults(
    services: object, context: object, variables: object, type: object, max_events: object
) -> Iterator[str]:
    if not (services is None or callable(services) or isinstance(services, Mapping)):
        yield "services must be a mapping or a callable"
    for name, value in (("context", context), ("variables", variables)):
        if not (value is None or isinstance(value, Mapping)):
            yield f"{name} must be a mapping"
    if type not in ("STANDARD", "EXPRESS"):
        yield f"type must be STANDARD or EXPRESS, and is {type!r}"
    if max_events is not None and not (isinstance(max_events, int) and max_events > 0):
        yield f"max_events must be a number from 1 up, and is {max_events!r}"


def _members(value: Mapping[str, Any] | None, name: str) -> dict[str, Json]:
    return {member: json_of(one, f"{name}.{member}") for member, one in (value or {}).items()}


def json_of(value: Any, name: str) -> Json:
    """A copy of the value, in which nothing is nested so deeply that it couldn't be written."""
    try:
        return as_json(value)
    except TypeError as error:
        raise ValidationError(f"{name}: {error}") from None
    except RecursionError:
        raise ValidationError(f"{name} is nested too deeply") from None


def text_of(definition: Mapping[str, Any]) -> str:
    try:
        return json.dumps(dict(definition))
    except (TypeError, ValueError, RecursionError) as error:
        raise ValidationError(f"the definition is no JSON: {error}") from None


def machine_of(definition: str | Mapping[str, Any], machine_type: MachineType, filename: str) -> StateMachine:
    """The machine of a definition that AWS would create; a template's `${…}` is let through."""
    text = definition if isinstance(definition, str) else text_of(definition)
    reading = read(text, format_of(filename, text))
    broken = [fault for fault in reading.faults if fault.kind not in _HARMLESS]
    if reading.root is None or broken:
        first = broken[0].message if broken else "the text holds no value"
        raise InvalidDefinition(f"the definition can't be read: {first}", broken)
    refused = [f for f in faults(reading.root, machine_type) if f.aws and f.aws.severity is Severity.ERROR]
    machine = parse(reading.root, machine_type)
    if machine is None or refused:
        raise InvalidDefinition("; ".join(fault.message for fault in refused), refused)
    return machine


def evaluate(
    expression: str,
    *,
    input: Any = None,
    context: Mapping[str, Any] | None = None,
    variables: Mapping[str, Any] | None = None,
) -> Any:
    """The value of one JSONPath, intrinsic call or `{% JSONata %}` string, on JSON values.

    In a path `$` is `input`, `$$` is `context`, `$name` a variable; in JSONata `$states.input` and `$states.context`
    are theirs. Raises `EvaluationError` where a state would fail, `InvalidDefinition` for what AWS refuses to create:
    a text that is no expression, and JSONata with bare names, `$` or `$$` at the top level.
    """
    values = Values(input, context or {}, variables or {})
    refused = jsonata_refusal(expression)
    if refused is not None:
        raise InvalidDefinition(refused)
    found = evaluate_text(expression, values, START)
    if isinstance(found, PathError):
        raise InvalidDefinition(found.message)
    if isinstance(found, Failure):
        raise EvaluationError(found.error or "", found.cause or "")
    return found


def jsonata_refusal(expression: str) -> str | None:
    """Why AWS creates no machine with this `{% … %}` string; None for what it takes, and for other texts."""
    if not (expression.startswith("{%") and expression.endswith("%}") and len(expression) > 3):
        return None
    tree = parse_jsonata(expression[2:-2])
    if isinstance(tree, JsonataError):
        return tree.message
    return next((reference.message for reference in root_references(tree)), None)
