"""A JSONata string in a field, evaluated on JSON: what AWS makes of its value, of nothing, of an error (recorded)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random

from stepvet.asl.jsonata.engine import EvaluationFault, UnsupportedResult, evaluate_jsonata
from stepvet.asl.jsonata.syntax import parse_jsonata
from stepvet.asl.jsonata.tokens import JsonataError
from stepvet.asl.jsonata.tree import Expression
from stepvet.asl.jsonata.values import Undefined
from stepvet.run.domain import Field
from stepvet.run.expression import expression_text
from stepvet.run.failure import QUERY_EVALUATION, Failure, engine_failure
from stepvet.text.node import Json, String

EPOCH = datetime(1970, 1, 1)


def evaluated(
    source: String, bindings: Mapping[str, Json], field: Field, rng: Random, start: datetime, seconds: float
) -> Json | Failure:
    """The value, or a `States.QueryEvaluationError` with the place that AWS gives to it."""
    since = start.replace(tzinfo=None) - (start.utcoffset() or timedelta()) - EPOCH
    millis = int((since.total_seconds() + seconds) * 1000)
    result = evaluate_jsonata(_tree(source.value[2:-2]), bindings, random=rng, millis=millis)
    match result:
        case Undefined():
            what = "returned nothing (undefined)."
        case UnsupportedResult():
            what = "returned an unsupported result type."
        case EvaluationFault():
            what = f"threw an error during evaluation. {result.text}"
        case _:
            return result  # type: ignore[no-any-return]
    text = f"The JSONata expression '{expression_text(source)}' specified for the field '{field.name}' {what}"
    return engine_failure(QUERY_EVALUATION, text, field.node, field.name)


@lru_cache(maxsize=2048)
def _tree(text: str) -> Expression | str:
    """The tree, or the text again where it is none, which evaluation then refuses."""
    parsed = parse_jsonata(text)
    return text if isinstance(parsed, JsonataError) else parsed
