"""Map: what is iterated over, what each iteration gets, within which limits; inline and distributed.

Every field of the Map itself sees the Map's variables. An inline iteration reads them, too; a distributed one is an
execution of its own, with its own `$$.Execution`, and sees none (recorded). The items come from ItemsPath or Items, or
from an ItemReader, which makes ItemsPath irrelevant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from stepvet.asl.model import Map, Scope, Text
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
from stepvet.run.handlers import handle
from stepvet.run.item_fields import batch_of, limit_of, reader_config, source_of
from stepvet.run.move import ABSENT, Absent, Batch, Env, Item, Iterations, Move, ReadItems, Visit
from stepvet.run.plain_states import computed
from stepvet.run.stages import effective
from stepvet.run.task_state import after_work
from stepvet.text.node import Number, Object, String, plain

W = TypeVar("W")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Plan(Generic[V]):
    """The Map's fields, computed: `document` is its effective input."""

    document: V
    concurrency: V | Absent
    count: V | Absent
    percentage: V | Absent
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
    return bind(
        each(world, limits), lambda w, values: only(_shown(domain, w, sight, values), _Plan(sight.document, *values))
    )


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
    if given is None and path is None:
        return lambda world: only(world, ABSENT)
    return lambda world: computed(domain, world, sight, name, given, path, meaning)


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
    asked = reader.get("Arguments" if state.language == "JSONata" else "Parameters")
    prepared = bind(
        limit_of(domain, world, sight, config),
        lambda w, limit: bind(
            rendered(domain, w, sight, asked, "ItemReader/Arguments") if asked is not None else only(w, plan.document),
            lambda v, request: only(v, (limit, request)),
        ),
    )
    resource = plain(node) if (node := reader.get("Resource")) is not None else ""
    for found, ready in prepared:
        if isinstance(ready, Failure):
            yield from handle(domain, found, visit, ready, enter_map)
            continue
        limit, request = ready
        yield ReadItems(found, visit, str(resource), request, config, limit,
                        lambda w, items, request=request: _after_reading(domain, w, visit, state, plan, items, request))  # type: ignore[misc]  # fmt: skip


def _after_reading(
    domain: Domain[W, V], world: W, visit: Visit[V], state: Map, plan: _Plan[V], items: V | Failure, request: V
) -> Iterator[Move[W, V]]:
    if isinstance(items, Failure):
        yield from handle(domain, world, visit, items, enter_map)
    else:
        yield from _start(domain, world, visit, state, plan, items)


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
    scope, source = state.processor.scope, source_of(state)

    def select(w: W, item: Item[V]) -> Answers[W, V]:
        return _selected(domain, w, visit, state, plan.document, item, source)

    def inside(w: W, index: int, value: V, item: Item[V] | None) -> Env[V]:
        return _inside(domain, w, visit, scope, index, value, item, source)

    def then(joined: W, answer: V | Failure) -> Iterator[Move[W, V]]:
        written = bind(only(joined, answer), lambda w, v: _written(domain, w, Sight(visit, plan.document), state, v))
        for found, result in written:
            yield from after_work(domain, found, visit, result, f"The state/task '{state.name}'", enter_map)

    return Iterations(
        world, visit, state, scope, items, plan.concurrency, plan.count, plan.percentage, plan.batch, source,
        select, inside, then,
    )  # fmt: skip


def _selected(
    domain: Domain[W, V], world: W, visit: Visit[V], state: Map, document: V, item: Item[V], source: str
) -> Answers[W, V]:
    """An iteration's input: the item itself, or what ItemSelector makes with `$` as the Map's effective input."""
    selector = state.item_selector if state.item_selector is not None else state.parameters
    if selector is None:
        member = {"Key": domain.literal(item.key), "Value": item.value}
        return only(world, item.value if item.key is None else domain.record(member))
    seen = replace(visit, env=_with_item(domain, visit.env, item, source))
    return rendered(domain, world, Sight(seen, document), selector, "ItemSelector")


def _with_item(domain: Domain[W, V], env: Env[V], item: Item[V], source: str) -> Env[V]:
    members = {"Index": domain.literal(item.index), "Value": item.value}
    if item.key is not None:
        members["Key"] = domain.literal(item.key)
    if source:
        members["Source"] = domain.literal(source)
    found = domain.record({"Item": domain.record(members)})
    return replace(env, context={**env.context, "Map": found})


def _inside(
    domain: Domain[W, V],
    world: W,
    visit: Visit[V],
    scope: Scope,
    index: int,
    value: V,
    item: Item[V] | None,
    source: str,
) -> Env[V]:
    env = visit.env if item is None else _with_item(domain, visit.env, item, source)
    iteration = (*env.iteration, (visit.state.name, index))
    if not scope.distributed:
        return replace(env, variables={}, outer=visit.env.visible, iteration=iteration)
    context = {**env.context, "Execution": domain.execution(world, visit, index, value)}
    return replace(env, variables={}, outer={}, iteration=iteration, context=context)


def _written(domain: Domain[W, V], world: W, sight: Sight[V], state: Map, results: V) -> Answers[W, V]:
    writer = state.result_writer
    if writer is None:
        return only(world, results)
    config = plain(found) if (found := writer.get("WriterConfig")) is not None else {}
    asked = writer.get("Arguments" if state.language == "JSONata" else "Parameters")
    if not isinstance(asked, Object | String):
        return domain.written(world, sight.visit, results, ABSENT, config)
    return bind(
        rendered(domain, world, sight, asked, "ResultWriter/Arguments"),
        lambda w, export: domain.written(w, sight.visit, results, export, config),
    )
