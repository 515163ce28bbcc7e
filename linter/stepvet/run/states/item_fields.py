"""The fields of ItemReader and ItemBatcher, which stay plain objects in the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from stepvet.asl.intrinsics.call import Call, parse_intrinsic
from stepvet.asl.model import scalar, text
from stepvet.run.domain import Domain, Field
from stepvet.run.expression import Found, Sight, bind, each, intrinsic, only, rendered
from stepvet.run.failure import Failure
from stepvet.run.move import ABSENT, Absent, Batch, Visit
from stepvet.run.states.computed import if_given
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
    return if_given(domain, world, sight, name, given, path, meaning)


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


def request_of(domain: Domain[W, V], world: W, sight: Sight[V], reader: Object) -> Found[W]:
    """An ItemReader's request; without one the Map's effective input."""
    asked = reader.get("Arguments" if sight.visit.state.language == "JSONata" else "Parameters")
    if asked is None:
        return only(world, sight.document)
    return rendered(domain, world, sight, asked, "ItemReader/Arguments")


def source_of(domain: Domain[W, V], world: W, visit: Visit[V], request: V) -> Found[W]:
    """`$$.Map.Item.Source` of items that a reader got: `S3://bucket/key`, or `S3://bucket` for a listing."""
    for form in _SOURCES:
        call = parse_intrinsic(form)
        assert isinstance(call, Call)
        field = Field(visit.state.key, "Source")
        found = intrinsic(domain, world, Sight(visit, request), call, field)
        answers = list(found)
        if not any(isinstance(answer, Failure) for _, answer in answers):
            return iter(answers)
    return only(world, domain.literal("S3://"))


_SOURCES = ("States.Format('S3://{}/{}', $.Bucket, $.Key)", "States.Format('S3://{}', $.Bucket)")
