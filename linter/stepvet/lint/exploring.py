"""`stepvet.explore`: every path through a definition, as Python calls it. Exploring is the executor's matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stepvet.asl.model import MachineType
from stepvet.lint.running import machine_of
from stepvet.run.symbolic.limits import Limits
from stepvet.run.symbolic.paths import Exploration
from stepvet.run.symbolic.paths import explore as explored


def explore(
    definition: str | Mapping[str, Any],
    *,
    filename: str = "definition.asl.json",
    type: MachineType = "STANDARD",
    max_visits: int = 3,
    max_paths: int = 256,
) -> Exploration:
    """The paths of a state machine, each with what it assumes and an input that takes it.

    `max_visits` bounds how often a path comes to the head of a loop, `max_paths` how many paths are followed; where
    they cut something off, `coverage.limits` says so. Raises `InvalidDefinition` for a definition that AWS refuses.
    """
    machine = machine_of(definition, type, filename)
    return explored(machine, Limits(visits=max_visits, paths=max_paths))
