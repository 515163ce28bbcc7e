"""What fields with computed values demand of them, as a table, with AWS's wording of each refusal.

A `Demand` is domain-free: `fault` judges a known JSON value; `kinds` tells a domain with unknown values what the value
must be. JSONPath fields fail with `States.Runtime`, JSONata fields with `States.QueryEvaluationError`; some limits
have errors of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stepvet.run.failure import Failure
from stepvet.text.node import At, Json


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value comes from: the field, and the path or expression that gave it."""

    field: str
    source: str
    node: At | None


@dataclass(frozen=True, slots=True)
class Demand:
    """`kinds` are JSON types (`integer` is a number without a fraction)."""

    name: str
    kinds: frozenset[str]
    fault: Callable[[Json, Spot], Failure | None]
