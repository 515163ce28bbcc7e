"""Items put together for a distributed Map's children: `{"BatchInput": …, "Items": […]}`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from stepvet.run.demand import number_of
from stepvet.run.move import Absent, Batch
from stepvet.text.node import Json


def batches(items: Sequence[Json], batch: Batch[Json], size: Callable[[Json], int]) -> Iterator[Json]:
    """Inputs of batches, each within the limits; an item over the size limit makes a batch of its own."""
    held: list[Json] = []
    weight = 0
    longest, heaviest = _limit(batch.items), _limit(batch.size)
    for item in items:
        own = size(item) + 1
        if held and (len(held) >= longest or weight + own > heaviest):
            yield _batch(held, batch)
            held, weight = [], 0
        held.append(item)
        weight += own
    if held:
        yield _batch(held, batch)


def _limit(value: Json | Absent) -> float:
    number = None if isinstance(value, Absent) else number_of(value)
    return float("inf") if number is None else number


def _batch(items: list[Json], batch: Batch[Json]) -> Json:
    return {"Items": items} if isinstance(batch.input, Absent) else {"BatchInput": batch.input, "Items": items}
