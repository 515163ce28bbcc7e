"""Map: what is iterated over, what each iteration gets, within which limits; inline and distributed.

Every field of the Map itself sees the Map's variables. An inline iteration reads them, too; a distributed one is an
execution of its own, with its own `$$.Execution`, and sees none (recorded). The items come from ItemsPath or Items, or
from an ItemReader, which makes ItemsPath irrelevant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from stepvet.asl.model import Map, Text
from stepvet.run.demand import demand
from stepvet.run.domain import Answers, Domain, Field, Stage
from stepvet.run.expression import (
    Found,
    Maker,
    Sight,
    bind,
    each,
    expression,
    is_expression,
    only,
    plain_path,
    rendered,
)
from stepvet.run.failure import Failure, runtime
from stepvet.run.move import ABSENT, Absent, Batch, Iterations, Move, ReadItems, Visit
from stepvet.run.stages import effective
from stepvet.run.states.computed import if_given
from stepvet.run.states.handlers import handle
from stepvet.run.states.item_fields import batch_of, limit_of, reader_config, request_of, source_of
from stepvet.run.states.iteration import Setting, environment_of, input_of, result_of
from stepvet.run.states.task import after_work
from stepvet.text.node import Number, String, plain

W = TypeVar("W")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Plan(Generic[V]):
    """The Map's fields, computed: `document` is its effective input, `source` what `$$.Map.Item.Source` says."""

    document: V
    concurrency: V | Absent
    count: V | Absent
    percentage: V | Absent
    source: V
    batch: Batch[V] | None = None


def enter_map(domain: Domain[W, V], world: W, visit: Visit[V]) -> Iterator[Move[W, V]]:
    state = visit.state
    assert isinstance(state, Map)
    if state.processor is None:
        yield from handle(domain, world, visit, runtime("The Map has no ItemProcessor", state.key), enter_map)
        return
    plans = bind(effective(domain, world, visit), lambda w, v: _prepared(domain, w, Sight(visit, v), state))
    for found, prepared in plans:
        if isinstance(prepared, Failure):
            yield from handle(domain, found, visit, prepared, enter_map)
            continue
        plan, items = prepared
        started = domain.took(found, visit, "started", 0)
        if isinstance(items, Absent):
            yield from _read(domain, started, visit, state, plan)
        else:
            yield from _start(domain, started, visit, state, plan, items)


def _prepared(domain: Domain[W, V], world: W, sight: Sight[V], state: Map) -> Found[W]:
    """The plan with the items, which are absent where a reader has to get them. Items come first (recorded)."""
    if state.item_reader is None:
        items = _shown_items(domain, world, sight, state)
    else:
        items = only(world, ABSENT)
    return bind(items, lambda w, v: bind(_plan(domain, w, sight, state), lambda u, plan: only(u, (plan, v))))


def _shown_items(domain: Domain[W, V], world: W, sight: Sight[V], state: Map) -> Found[W]:
    answers = _items(domain, world, sight, state)
    return bind(answers, lambda w, items: only(domain.saw(w, sight.visit, "items", items), items))


def _plan(domain: Domain[W, V], world: W, sight: Sight[V], state: Map) -> Iterator[tuple[W, _Plan[V] | Failure]]:
    limits = [
        _limit(domain, sight, "MaxConcurrency", state.max_concurrency, state.max_concurrency_path, "concurrency"),
        _limit(domain, sight, "ToleratedFailureCount", state.tolerated_failure_count,
               state.tolerated_failure_count_path, "tolerated count"),
        _limit(domain, sight, "ToleratedFailurePercentage", state.tolerated_failure_percentage,
               state.tolerated_failure_percentage_path, "tolerated percentage"),
    ]  # fmt: skip
    source = domain.literal("STATE_DATA")

    def plan(w: W, values: tuple[V | Absent, V | Absent, V | Absent]) -> Found[W]:
        return only(_shown(domain, w, sight, values), _Plan(sight.document, *values, source))

    return bind(each(world, limits), plan)


def _shown(domain: Domain[W, V], world: W, sight: Sight[V], limits: Sequence[V | Absent]) -> W:
    concurrency, *tolerated = limits
    shown = domain.literal(0) if isinstance(concurrency, Absent) else concurrency
    world = domain.saw(world, sight.visit, "max_concurrency", shown)
    stages: tuple[Stage, ...] = ("tolerated_count", "tolerated_percentage")
    for stage, value in zip(stages, tolerated, strict=True):
        if not isinstance(value, Absent):
            world = domain.saw(world, sight.visit, stage, value)
    return world


def _limit(
    domain: Domain[W, V],
    sight: Sight[V],
    name: str,
    given: Number | Text | None,
    path: Text | None,
    meaning: str,
) -> Maker[W]:
    return lambda world: if_given(domain, world, sight, name, given, path, meaning)


def _items(domain: Domain[W, V], world: W, sight: Sight[V], state: Map) -> Answers[W, V]:
    """An array; under a distributed Map an object does, too."""
    distributed = state.processor is not None and state.processor.is_distributed
    meaning = "members" if distributed else "items"
    if state.language == "JSONata":
        return _language_items(domain, world, sight, state, distributed)
    check = demand("JSONPath", meaning)
    if isinstance(state.items_path, String):
        field = Field(state.items_path, "ItemsPath", "path")
        answers = plain_path(domain, world, sight, state.items_path, field)
    else:
        field = Field(String(state.key.span, "$"), "ItemsPath", "path")
        answers = only(world, sight.document)
    return bind(answers, lambda w, value: domain.check(w, value, check, field))


def _language_items(domain: Domain[W, V], world: W, sight: Sight[V], state: Map, distributed: bool) -> Answers[W, V]:
    node = state.items
    if node is None:
        check = demand("JSONata", "map members" if distributed else "map input")
        return domain.check(world, sight.document, check, Field(state.key, "Items"))
    field, check = Field(node, "Items"), demand("JSONata", "members" if distributed else "items")
    if isinstance(node, String) and is_expression(node):
        answers = expression(domain, world, sight, node, "Items")
    else:
        answers = rendered(domain, world, sight, node, "Items")
    return bind(answers, lambda w, value: domain.check(w, value, check, field))


def _read(domain: Domain[W, V], world: W, visit: Visit[V], state: Map, plan: _Plan[V]) -> Iterator[Move[W, V]]:
    reader = state.item_reader
    assert reader is not None
    sight, config = Sight(visit, plan.document), reader_config(reader)
    resource = plain(node) if (node := reader.get("Resource")) is not None else ""
    prepared = bind(
        limit_of(domain, world, sight, config),
        lambda w, limit: bind(request_of(domain, w, sight, reader), lambda v, request: only(v, (limit, request))),
    )
    for found, ready in prepared:
        if isinstance(ready, Failure):
            yield from handle(domain, found, visit, ready, enter_map)
            continue
        limit, request = ready
        then = _after_reading(domain, visit, state, plan, request)
        yield ReadItems(found, visit, str(resource), request, config, limit, then)


def _after_reading(
    domain: Domain[W, V], visit: Visit[V], state: Map, plan: _Plan[V], request: V
) -> Callable[[W, V | Failure], Iterator[Move[W, V]]]:
    def then(world: W, items: V | Failure) -> Iterator[Move[W, V]]:
        if isinstance(items, Failure):
            yield from handle(domain, world, visit, items, enter_map)
            return
        for found, source in source_of(domain, world, visit, request):
            yield from _start(domain, found, visit, state, replace(plan, source=source), items)

    return then


def _start(
    domain: Domain[W, V], world: W, visit: Visit[V], state: Map, plan: _Plan[V], items: V
) -> Iterator[Move[W, V]]:
    for found, batch in batch_of(domain, world, Sight(visit, plan.document), state.item_batcher):
        if isinstance(batch, Failure):
            yield from handle(domain, found, visit, batch, enter_map)
        else:
            yield _iterations(domain, found, visit, state, replace(plan, batch=batch), items)


def _iterations(domain: Domain[W, V], world: W, visit: Visit[V], state: Map, plan: _Plan[V], items: V) -> Move[W, V]:
    assert state.processor is not None
    scope = state.processor.scope
    setting = Setting(visit, state, plan.document, plan.source if scope.distributed else ABSENT)

    def then(joined: W, answer: V | Failure) -> Iterator[Move[W, V]]:
        written = bind(only(joined, answer), lambda w, v: result_of(domain, w, setting, v))
        for found, result in written:
            yield from after_work(domain, found, visit, result, f"The state/task '{state.name}'", enter_map)

    return Iterations(
        world=world,
        visit=visit,
        state=state,
        scope=scope,
        items=items,
        concurrency=plan.concurrency,
        tolerated_count=plan.count,
        tolerated_percentage=plan.percentage,
        batch=plan.batch,
        select=lambda w, item: input_of(domain, w, setting, item),
        inside=lambda w, index, value, item: environment_of(domain, w, setting, scope, index, value, item),
        then=then,
    )
