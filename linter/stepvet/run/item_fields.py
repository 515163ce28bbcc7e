"""The fields of ItemReader and ItemBatcher, which stay plain objects in the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from stepvet.asl.model import Map, scalar, text
from stepvet.run.domain import Domain
from stepvet.run.expression import Found, Sight, bind, each, only, rendered
from stepvet.run.failure import Failure
from stepvet.run.move import ABSENT, Absent, Batch
from stepvet.run.plain_states import computed
from stepvet.text.node import Object

W = TypeVar("W")
V = TypeVar("V")


def reader_config(reader: Object) -> Object | None:
    config = reader.get("ReaderConfig")
    return config if isinstance(config, Object) else None


def limit_of(
    domain: Domain[W, V], world: W, sight: Sight[V], config: Object | None
) -> Iterator[tuple[W, V | Absent | Failure]]:
    """MaxItems, or what MaxItemsPath leads to."""
    return _optional(domain, world, sight, config, "MaxItems", "max items")


def _optional(
    domain: Domain[W, V], world: W, sight: Sight[V], holder: Object | None, name: str, meaning: str
) -> Iterator[tuple[W, V | Absent | Failure]]:
    given = scalar(holder.get(name)) if holder else None
    path = text(holder.get(f"{name}Path")) if holder else None
    if given is None and path is None:
        return only(world, ABSENT)
    return computed(domain, world, sight, name, given, path, meaning)


def batch_of(
    domain: Domain[W, V], world: W, sight: Sight[V], batcher: Object | None
) -> Iterator[tuple[W, Batch[V] | Failure | None]]:
    if batcher is None:
        return only(world, None)

    def batch_input(w: W) -> Found[W]:
        node = batcher.get("BatchInput")
        return rendered(domain, w, sight, node, "ItemBatcher/BatchInput") if node is not None else only(w, ABSENT)

    makers = [
        lambda w: _optional(domain, w, sight, batcher, "MaxItemsPerBatch", "batch limit"),
        lambda w: _optional(domain, w, sight, batcher, "MaxInputBytesPerBatch", "batch limit"),
        batch_input,
    ]
    return bind(each(world, makers), lambda w, values: only(w, Batch(*values)))


def source_of(state: Map) -> str:
    """`$$.Map.Item.Source` of a distributed Map without an ItemReader; a reader's file is known to its driver."""
    if state.processor is None or not state.processor.is_distributed:
        return ""
    return "STATE_DATA"
