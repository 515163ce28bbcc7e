"""Calls of tasks and of item readers: ask the service, keep time, write the events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from stepvet.run.concrete.strand import Strand
from stepvet.run.concrete.task_events import Kind, ended, kind_of, scheduled, submitted
from stepvet.run.demand import number_of
from stepvet.run.distributed.dataset import flattened, items_of_file, limited
from stepvet.run.expression import context
from stepvet.run.failure import HEARTBEAT, ITEM_READER, TIMEOUT, Failure
from stepvet.run.move import Absent, Call, Perform, ReadItems, Visit
from stepvet.run.services.service import Answer, TaskCall, as_json
from stepvet.text.node import Json, plain

if TYPE_CHECKING:
    from stepvet.run.concrete.scheduler import Moves, Scheduler


def perform(scheduler: Scheduler, strand: Strand, move: Perform[float, Json]) -> None:
    """The answer is asked for at once and comes after its time, or not at all: a timeout is cut in its place."""
    call, kind = move.call, kind_of(move.call.resource)
    scheduled(strand.line, kind, call, move.world)
    answer = scheduler.service(_task_call(scheduler, move.world, call.visit, call.resource, call.arguments))
    seconds, result = _outcome(call, kind, answer)
    submitted(strand.line, kind, move.world)
    at = move.world + seconds

    def resume() -> Moves:
        ended(strand.line, kind, at, result)
        return move.then(at, result)

    scheduler.later(strand, at, resume)


def _task_call(scheduler: Scheduler, now: float, visit: Visit[Json], resource: str, arguments: Json) -> TaskCall:
    seen = context(scheduler.domain, now, visit)
    return TaskCall(
        visit.state.name,
        resource,
        as_json(arguments),
        visit.attempt,
        visit.env.iteration,
        seen if isinstance(seen, dict) else {},
        visit.env.branch,
    )


def _outcome(call: Call[Json], kind: Kind, answer: Answer) -> tuple[float, Json | Failure]:
    """When the call ends, and how. Heartbeats count only where somebody can send them; one that is missed has the name
    of a timeout (recorded), and handlers for either name take it."""
    timeout, heartbeat = _seconds(call.timeout), _seconds(call.heartbeat)
    silence = answer.seconds if answer.silence is None else answer.silence
    waits = kind.submits or kind.family == "Activity"
    if waits and silence > heartbeat and heartbeat < timeout:
        return heartbeat, Failure(TIMEOUT, None, call.visit.state.key, alias=HEARTBEAT)
    if answer.seconds > timeout:
        return timeout, Failure(TIMEOUT, None, call.visit.state.key)
    if answer.error is not None:
        return answer.seconds, Failure(answer.error.error, answer.error.cause, call.visit.state.key)
    return answer.seconds, answer.result


def _seconds(limit: Json | Absent) -> float:
    number = None if isinstance(limit, Absent) else number_of(limit)
    return float("inf") if number is None else number


def read_items(scheduler: Scheduler, strand: Strand, move: ReadItems[float, Json]) -> None:
    strand.line.add("MapRunStarted", move.world)
    items = _items(scheduler, move)
    if isinstance(items, Failure):
        details: dict[str, Json] = {"error": items.error, "cause": items.cause}
        strand.line.add("MapRunFailed", move.world, "mapRunFailedEventDetails", details)
    scheduler.later(strand, move.world, lambda: move.then(move.world, items))


def _items(scheduler: Scheduler, move: ReadItems[float, Json]) -> Json | Failure:
    config = plain(move.config) if move.config is not None else {}
    settings = config if isinstance(config, dict) else {}
    prefix, _, _ = move.resource.rpartition(":")
    object_resource = f"{prefix}:getObject"

    def fetch(place: Mapping[str, Json]) -> Any:
        return _ask(scheduler, move, object_resource, dict(place))

    body = _ask(scheduler, move, move.resource, move.arguments)
    if isinstance(body, Failure):
        return body
    if move.resource.endswith(":listObjectsV2"):
        items: Json | Failure = body if isinstance(body, list) else Failure(ITEM_READER, "The listing is no array.")
        if settings.get("Transformation") == "LOAD_AND_FLATTEN" and isinstance(body, list):
            asked = move.arguments if isinstance(move.arguments, dict) else {}
            items = flattened(body, str(asked.get("Bucket", "")), settings, fetch)
    else:
        items = items_of_file(body, settings, fetch)
    if isinstance(items, Failure):
        return items
    return limited(items, None if isinstance(move.limit, Absent) else number_of(move.limit))


def _ask(scheduler: Scheduler, move: ReadItems[float, Json], resource: str, arguments: Json) -> Any:
    answer = scheduler.service(_task_call(scheduler, move.world, move.visit, resource, arguments))
    if answer.error is None:
        return answer.result
    return Failure(answer.error.error or ITEM_READER, answer.error.cause, move.visit.state.key)
