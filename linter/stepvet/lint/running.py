"""`stepvet.run` and `stepvet.evaluate`: the executor, as Python calls it.

Here a text becomes a machine and what AWS would refuse is refused; running is the executor's matter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from stepvet.asl.model import MachineType, StateMachine
from stepvet.asl.parse import parse
from stepvet.lint.errors import InvalidDefinition
from stepvet.run.execution import Execution, Settings, execute
from stepvet.run.services import Services
from stepvet.text.json import read_json


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
    JSON values. Raises `InvalidDefinition` for a definition that AWS refuses and `MissingMock` for a task that nothing
    answers; whatever else happens is told by the `Execution`.
    """
    machine = machine_of(definition, type, filename)
    settings = Settings(services, dict(context or {}), dict(variables or {}), type, seed, max_events)
    return execute(machine, input, settings)


def machine_of(definition: str | Mapping[str, Any], machine_type: MachineType, filename: str) -> StateMachine:
    text = definition if isinstance(definition, str) else json.dumps(definition)
    reading = read_json(text)
    machine = parse(reading.root, machine_type) if reading.root is not None else None
    if machine is None or reading.faults:
        raise InvalidDefinition("the definition can't be read", reading.faults)
    return machine
