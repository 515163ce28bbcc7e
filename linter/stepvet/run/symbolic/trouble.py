"""A failure that no value consistent with the world avoids, with what is known of its cause.

It rides in `Failure.detail` from the primitive that found it to whoever reports it. `world` is the one in which it was
found: its trail says on which path, its facts which input shows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from stepvet.asl.paths.tree import Path
from stepvet.run.failure import Failure, engine_failure
from stepvet.run.symbolic.access import Miss
from stepvet.run.symbolic.values import Value
from stepvet.run.symbolic.world import World
from stepvet.text.node import At


@dataclass(frozen=True, slots=True)
class Trouble:
    """`miss` and `path` say where a read or write went wrong; `value` is what a demand or a function was not given."""

    world: World
    field: str
    miss: Miss | None = None
    path: Path | None = None
    value: Value | None = None
    reason: str = ""


def troubled(error: str, cause: str, at: At | None, trouble: Trouble) -> Failure:
    failure = engine_failure(error, cause, at)
    return Failure(failure.error, failure.cause, failure.at, failure.engine, detail=trouble)
