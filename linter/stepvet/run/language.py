"""A JSONata string in a field, evaluated on JSON: what AWS makes of its value, of nothing, and of an error."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from stepvet.run.domain import Field
from stepvet.run.expression import expression_text
from stepvet.run.failure import QUERY_EVALUATION, Failure, engine_failure
from stepvet.text.node import Json, String


def evaluated(
    source: String, bindings: Mapping[str, Json], field: Field, rng: Random, now: str
) -> Json | Failure:
    """The value, or a `States.QueryEvaluationError` with the place that AWS gives to it."""
    raise NotImplementedError
