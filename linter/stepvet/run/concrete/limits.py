"""How long an execution may go on: its time and its number of history events, by the type of its machine.

A Standard execution ends with its 25,000th event. An Express one has no such limit: an endless loop ends with its five
minutes. A virtual clock never gets there where nothing takes time, so very many events stand for the time that is up.
"""

from __future__ import annotations

from dataclasses import dataclass

from stepvet.asl.model import MachineType
from stepvet.run.concrete.history import MAX_EVENTS
from stepvet.text.node import Hole, Number, String

YEAR, FIVE_MINUTES = 365 * 86_400, 300
EXPRESS_EVENTS = 250_000


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` of virtual time, `events` of history. `by_time`: the events only stand for time, and who makes so many
    makes no further move until the time is up."""

    seconds: float
    events: int
    by_time: bool = False


def limits_of(machine_type: MachineType, max_events: int | None) -> Limits:
    """The limits of a type; `max_events` is the user's own limit of events, which no time stands behind."""
    if machine_type == "STANDARD":
        return Limits(YEAR, max_events or MAX_EVENTS)
    return Limits(FIVE_MINUTES, max_events or EXPRESS_EVENTS, by_time=max_events is None)


def type_of(execution_type: String | Hole | None) -> MachineType:
    """The type of a distributed Map's child executions."""
    return "EXPRESS" if isinstance(execution_type, String) and execution_type.value == "EXPRESS" else "STANDARD"


def deadline(limits: Limits, timeout: Number | Hole | String | None) -> float:
    """The virtual second after which an execution with this TimeoutSeconds has timed out."""
    return min(limits.seconds, timeout.value) if isinstance(timeout, Number) else limits.seconds
