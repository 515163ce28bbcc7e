"""A Standard execution's history, with the names that GetExecutionHistory gives to events and details.

Events are kept as values; JSON texts are made only when somebody reads the history. A distributed Map's children have
histories of their own (recorded: none of their events are in the parent's).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from stepvet.text.node import Json

MAX_EVENTS = 25_000


@dataclass(frozen=True, slots=True)
class Event:
    """`details` is the member's name and its content; values under `TEXTS` are JSON that becomes text."""

    type: str
    seconds: float
    previous: int
    member: str = ""
    details: Mapping[str, Json] = field(default_factory=dict)


TEXTS = frozenset({"input", "output", "parameters"})


@dataclass(slots=True)
class History:
    """Grows as the run goes on. `limit` is the number of events that an execution may have."""

    limit: int = MAX_EVENTS
    events: list[Event] = field(default_factory=list)
    overflowed: bool = False

    def add(self, event: Event) -> int:
        """The new event's id, from 1. The last place is kept for the end; what would take it isn't written."""
        if len(self.events) < self.limit - 1:
            self.events.append(event)
        else:
            self.overflowed = True
        return len(self.events)

    def end(self, event: Event) -> None:
        """How the execution ended."""
        self.events.append(event)


def written(history: History, start: datetime) -> Iterator[dict[str, Any]]:
    """The events as GetExecutionHistory answers them; timestamps are ISO texts."""
    for number, event in enumerate(history.events, 1):
        shown: dict[str, Any] = {
            "timestamp": timestamp(start, event.seconds),
            "type": event.type,
            "id": number,
            "previousEventId": event.previous,
        }
        if event.member:
            shown[event.member] = {
                k: compact(v) if k in TEXTS else _texts(v) if k == "assignedVariables" else v
                for k, v in event.details.items()
                if v is not None or k in TEXTS
            }
        yield shown


def _texts(assigned: Json) -> Json:
    return {k: compact(v) for k, v in assigned.items()} if isinstance(assigned, dict) else assigned


def compact(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def timestamp(start: datetime, seconds: float) -> str:
    """As the Context Object writes times: milliseconds and `Z`.

    >>> from datetime import UTC
    >>> timestamp(datetime(2024, 1, 1, tzinfo=UTC), 1.5)
    '2024-01-01T00:00:01.500Z'
    """
    try:
        moment = start + timedelta(seconds=seconds)
    except OverflowError:
        moment = datetime.max.replace(tzinfo=start.tzinfo)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
