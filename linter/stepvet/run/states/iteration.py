"""One iteration of a Map: its input, its environment; and what the Map makes of all results.

An inline iteration reads the Map's variables. A distributed one is an execution of its own, with its own
`$$.Execution`, and reads none (recorded). The item is `$$.Map.Item` in the selector and in the iteration's states.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from stepvet.asl.model import Map, Scope
from stepvet.run.domain import Answers, Domain
from stepvet.run.expression import Sight, bind, only, rendered
from stepvet.run.move import ABSENT, Absent, Env, Item, Visit
from stepvet.text.node import Object, String, plain

W = TypeVar("W")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Setting(Generic[V]):
    """What all iterations have in common. `document` is the Map's effective input; `source` says where the items of a
    distributed Map come from."""

    visit: Visit[V]
    state: Map
    document: V
    source: V | Absent


def input_of(domain: Domain[W, V], world: W, setting: Setting[V], item: Item[V]) -> Answers[W, V]:
    """The item itself, or what ItemSelector makes with `$` as the Map's effective input."""
    state = setting.state
    selector = state.item_selector if state.item_selector is not None else state.parameters
    if selector is None and item.key is None:
        return only(world, item.value)
    if selector is None:
        return only(world, domain.record({"Key": domain.literal(item.key), "Value": item.value}))
    seen = replace(setting.visit, env=_with_item(domain, setting, item))
    return rendered(domain, world, Sight(seen, setting.document), selector, "ItemSelector")


def _with_item(domain: Domain[W, V], setting: Setting[V], item: Item[V]) -> Env[V]:
    env = setting.visit.env
    members = {"Index": domain.literal(item.index), "Value": item.value}
    if item.key is not None:
        members["Key"] = domain.literal(item.key)
    if not isinstance(setting.source, Absent):
        members["Source"] = setting.source
    found = domain.record({"Item": domain.record(members)})
    return replace(env, context={**env.context, "Map": found})


def environment_of(
    domain: Domain[W, V], world: W, setting: Setting[V], scope: Scope, index: int, value: V, item: Item[V] | None
) -> Env[V]:
    """What the states of the iteration with this index and input see. A batch has no item."""
    visit = setting.visit
    env = visit.env if item is None else _with_item(domain, setting, item)
    iteration = (*env.iteration, (visit.state.name, index))
    if not scope.distributed:
        return replace(env, variables={}, outer=visit.env.visible, iteration=iteration)
    context = {**env.context, "Execution": domain.execution(world, visit, index, value)}
    return replace(env, variables={}, outer={}, iteration=iteration, context=context)


def result_of(domain: Domain[W, V], world: W, setting: Setting[V], results: V) -> Answers[W, V]:
    """The array of outputs, or what a ResultWriter makes of it."""
    writer = setting.state.result_writer
    if writer is None:
        return only(world, results)
    config = plain(found) if (found := writer.get("WriterConfig")) is not None else {}
    asked = writer.get("Arguments" if setting.state.language == "JSONata" else "Parameters")
    if not isinstance(asked, Object | String):
        return domain.written(world, setting.visit, results, ABSENT, config)
    sight = Sight(setting.visit, setting.document)
    return bind(
        rendered(domain, world, sight, asked, "ResultWriter/Arguments"),
        lambda w, export: domain.written(w, setting.visit, results, export, config),
    )
