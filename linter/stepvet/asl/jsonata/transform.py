"""JSONata's transform operator: a copy of a value, with changes to the objects that a pattern leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stepvet.asl.jsonata.frames import Frame
from stepvet.asl.jsonata.tree import Expression, Transform
from stepvet.asl.jsonata.values import UNDEFINED, Failure, Value, as_list, is_function

if TYPE_CHECKING:
    from stepvet.asl.jsonata.evaluation import Evaluation


def transformed(evaluation: Evaluation, definition: Transform, frame: Frame, arguments: Sequence[Value]) -> Value:
    """The changed copy of the first argument; undefined for an undefined one. Raises `Failure` T2011 to T2013."""
    subject = arguments[0] if arguments else UNDEFINED
    if subject is UNDEFINED:
        return UNDEFINED
    if not isinstance(subject, dict | list):
        raise Failure("T0410", value=subject, index=1)
    if not is_function(frame.find("clone")):
        raise Failure("T2013")
    copy = cloned(subject)
    matches = evaluation.evaluate(definition.pattern, copy, frame)
    for match in [] if matches is UNDEFINED else as_list(matches):
        _update(evaluation, definition.update, match, frame)
        if definition.deletion is not None:
            _delete(evaluation, definition.deletion, match, frame)
    return copy


def cloned(value: Value) -> Value:
    """A deep copy of JSON."""
    if isinstance(value, dict):
        return {key: cloned(item) for key, item in value.items()}
    return [cloned(item) for item in value] if isinstance(value, list) else value


def _update(evaluation: Evaluation, expression: Expression, match: Value, frame: Frame) -> None:
    update = evaluation.evaluate(expression, match, frame)
    if update is UNDEFINED:
        return
    if not isinstance(update, dict):
        raise Failure("T2011", value=update)
    if isinstance(match, dict):
        match.update(update)


def _delete(evaluation: Evaluation, expression: Expression, match: Value, frame: Frame) -> None:
    deletion = evaluation.evaluate(expression, match, frame)
    if deletion is UNDEFINED:
        return
    names = as_list(deletion)
    if not all(isinstance(name, str) for name in names):
        raise Failure("T2012", value=deletion)
    if isinstance(match, dict):
        for name in names:
            match.pop(name, None)
