"""`stepvet.run` and `stepvet.evaluate`: the executor, as Python calls it.

Here a text becomes a machine and what AWS would refuse is refused; running is the executor's matter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from stepvet.asl.faults import faults
from stepvet.asl.jsonata_analysis import root_references
from stepvet.asl.jsonata_syntax import parse_jsonata
from stepvet.asl.jsonata_tokens import JsonataError
from stepvet.asl.model import MachineType, StateMachine
from stepvet.asl.parse import parse
from stepvet.asl.path import PathError
from stepvet.lint.errors import EvaluationError, InvalidDefinition, ValidationError
from stepvet.run.concrete.evaluation import Values, evaluate_text
from stepvet.run.concrete.execution import START, Execution, Settings, execute
from stepvet.run.failure import Failure
from stepvet.run.services.service import Services, as_json
from stepvet.text.finding import Severity
from stepvet.text.json import read_json
from stepvet.text.yaml import read_yaml

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
    JSON values. Raises `InvalidDefinition` for a definition that AWS refuses, `ValidationError` for values that are no
    JSON and `MissingMock` for a task that nothing answers; whatever else happens is told by the `Execution`.
    """
    machine = machine_of(definition, type, filename)
    held = _json({"input": input, "context": context or {}, "variables": variables or {}})
    settings = Settings(services, held["context"], held["variables"], type, seed, max_events)
    return execute(machine, held["input"], settings)


def _json(value: Mapping[str, Any]) -> dict[str, Any]:
    """A copy, in which nothing is nested so deeply that it couldn't be written."""
    try:
        copy = {name: as_json(one) for name, one in value.items()}
    except TypeError as error:
        raise ValidationError(str(error)) from None
    except RecursionError:
        raise ValidationError("a value is nested too deeply") from None
    return copy


def text_of(definition: Mapping[str, Any]) -> str:
    try:
        return json.dumps(dict(definition))
    except (TypeError, ValueError, RecursionError) as error:
        raise ValidationError(f"the definition is no JSON: {error}") from None


def machine_of(definition: str | Mapping[str, Any], machine_type: MachineType, filename: str) -> StateMachine:
    """The machine of a definition that AWS would create; a template's `${…}` is let through."""
    text = definition if isinstance(definition, str) else text_of(definition)
    reading = (read_yaml if filename.endswith((".yaml", ".yml")) else read_json)(text)
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
