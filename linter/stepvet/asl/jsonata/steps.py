"""How JSONata evaluates paths: steps over sequences, filters, order-by, groupings, and streams of tuples.

A step is evaluated for each item of the sequence before it, and what it gives is flattened into the next one. Once a
step binds a variable (`@`, `#`) or has an object that a `%` wants, the path carries tuples instead: the item, and what
is bound with it.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from stepvet.asl.jsonata.frames import Frame
from stepvet.asl.jsonata.tree import (
    Array,
    Expression,
    Filter,
    Filtered,
    Grouped,
    Literal,
    Name,
    Pair,
    Path,
    Position,
    Sort,
    SortTerm,
    Step,
    Variable,
    base_of,
)
from stepvet.asl.jsonata.values import (
    UNDEFINED,
    Constructed,
    Failure,
    Sequence,
    Tuples,
    Value,
    append,
    is_number,
    truth,
)

if TYPE_CHECKING:
    from stepvet.asl.jsonata.evaluation import Evaluation

_ITEM = "@"
"""Where a tuple has its item; no variable is called so."""


class Paths:
    """The part of an evaluation that follows paths."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation

    # ---- paths

    def path(self, path: Path, item: Value, frame: Frame) -> Value:
        """What a path leads to: a sequence, or tuples where a `%` further out wants them.

        A variable that is bound to something other than a step of a path (`$x@$v`) is bound for nobody.
        """
        first = path.steps[0]
        if len(path.steps) == 1 and first.focus is not None and not isinstance(first.expression, Name | Sort):
            return self._evaluation.evaluate(first.expression, item, frame)
        result = self._followed(path, item, frame)
        if isinstance(result, Tuples) and id(path) not in self._evaluation.ancestry.streams:
            result = Sequence(each[_ITEM] for each in result)
        return kept(result) if path.keeps_array else result

    def _followed(self, path: Path, item: Value, frame: Frame) -> Value:
        first = path.steps[0]
        over_array = isinstance(item, list) and not _is(Variable, first.expression)
        items: Value = item if over_array else Sequence([item])
        tuples: Tuples | None = None
        for index, step in enumerate(path.steps):
            if tuples is not None or self._streams(step):
                tuples = self._tuple_step(step, items, tuples, frame)
            else:
                items = self._step(path, index, items, frame)
                if items is UNDEFINED or not items:
                    break
        return items if tuples is None else tuples

    def _streams(self, step: Step) -> bool:
        ancestry = self._evaluation.ancestry
        binds = step.focus is not None or step.position is not None or any(_positions(step.stages))
        return binds or id(step.expression) in ancestry.streams or id(step.expression) in ancestry.ancestors

    def _step(self, path: Path, index: int, items: Value, frame: Frame) -> Value:
        step = path.steps[index]
        if isinstance(step.expression, Sort):
            ordered: Value = Sequence(self._ordered(step.expression, items, frame))
            return self._filtered_by(step.stages, ordered, frame)
        constructs = _is(Array, step.expression) and _joined(path)
        if constructs and index == 0:
            return self._evaluation.evaluate(step.expression, items, frame)
        results = list(self._results(step, step.expression, items, frame, constructs))
        if index == len(path.steps) - 1 and len(results) == 1:
            only = results[0]
            if isinstance(only, list) and not isinstance(only, Sequence):
                return only
        return self._evaluation.meter.hold(_flattened(results))

    def _results(
        self, step: Step, expression: Expression, items: Value, frame: Frame, constructs: bool
    ) -> Iterator[Value]:
        for item in items:
            result = self._evaluation.evaluate(expression, item, frame)
            if constructs and isinstance(result, list):
                result = Constructed(result)
            result = self._filtered_by(step.stages, result, frame)
            if result is not UNDEFINED:
                yield result

    # ---- tuples

    def _tuple_step(self, step: Step, items: Value, before: Tuples | None, frame: Frame) -> Tuples:
        if isinstance(step.expression, Sort):
            result = self._ordered_tuples(step, step.expression, items, before, frame)
        else:
            stream = before if before is not None else [{_ITEM: item} for item in items]
            result = Tuples(self._tuples(step, step.expression, stream, frame))
        self._evaluation.meter.hold(result)
        for stage in step.stages:
            if isinstance(stage, Filter):
                result = self._filter(stage.predicate, result, frame)
            else:
                result = Tuples({**each, stage.variable.name: index} for index, each in enumerate(result))
        return result

    def _tuples(
        self, step: Step, expression: Expression, stream: Iterable[dict[str, Value]], frame: Frame
    ) -> Iterator[dict[str, Value]]:
        ancestor = self._evaluation.ancestry.ancestors.get(id(expression))
        for each in stream:
            result = self._evaluation.evaluate(expression, each[_ITEM], Frame(frame, each))
            if result is UNDEFINED:
                continue
            for index, item in enumerate(result if isinstance(result, list) else [result]):
                bound = dict(each)
                if isinstance(result, Tuples):
                    bound.update(item)
                elif step.focus is not None:
                    bound[step.focus.name] = item
                else:
                    bound[_ITEM] = item
                if step.position is not None:
                    bound[step.position.name] = index
                if ancestor is not None:
                    bound[ancestor] = each[_ITEM]
                yield bound

    def _ordered_tuples(self, step: Step, sort: Sort, items: Value, before: Tuples | None, frame: Frame) -> Tuples:
        if before is not None:
            return Tuples(self._ordered(sort, before, frame))
        ordered = self._ordered(sort, items, frame)
        names = [] if step.position is None else [step.position.name]
        return Tuples({_ITEM: item, **dict.fromkeys(names, index)} for index, item in enumerate(ordered))

    # ---- filters

    def filtered(self, expression: Filtered, item: Value, frame: Frame) -> Value:
        """`base[predicate]…`, or `base[]`."""
        result = self._evaluation.raw(expression.base, item, frame)
        result = self._filtered_by(expression.predicates, result, frame)
        return kept(result) if expression.keeps_array and isinstance(result, Sequence) else result

    def _filtered_by(self, stages: Iterable[Filter | Position], value: Value, frame: Frame) -> Value:
        for stage in stages:
            if isinstance(stage, Filter):
                value = self._filter(stage.predicate, value, frame)
        return value

    def _filter(self, predicate: Expression, value: Value, frame: Frame) -> Value:
        if value is UNDEFINED:
            return UNDEFINED
        results: Value = Tuples() if isinstance(value, Tuples) else Sequence()
        items = value if isinstance(value, list) else [value]
        position = predicate.value if isinstance(predicate, Literal) else None
        if isinstance(position, int | float) and not isinstance(position, bool):
            index = _index(position, len(items))
            if not 0 <= index < len(items):
                return results
            chosen = items[index]
            if isinstance(chosen, list):
                return chosen
            results.append(chosen)
            return results
        for index, item in enumerate(items):
            chooses = self._chooses(predicate, index, len(items), item, frame, isinstance(value, Tuples))
            results.extend([item] * chooses)
        return results

    def _chooses(self, predicate: Expression, index: int, size: int, item: Value, frame: Frame, bound: bool) -> int:
        """How often a predicate chooses an item: numbers choose by position, and may repeat themselves."""
        context, inner = (item[_ITEM], Frame(frame, item)) if bound else (item, frame)
        chosen = self._evaluation.evaluate(predicate, context, inner)
        numbers = chosen if isinstance(chosen, list) else [chosen]
        if all(map(is_number, numbers)):
            return sum(_index(number, size) == index for number in numbers)
        return int(truth(chosen))

    # ---- order

    def _ordered(self, sort: Sort, items: Value, frame: Frame) -> list[Value]:
        compare = functools.partial(self._compare, sort.terms, frame, isinstance(items, Tuples))
        return merge_sorted(items, lambda left, right: compare(left, right) > 0)

    def _compare(self, terms: tuple[SortTerm, ...], frame: Frame, bound: bool, left: Value, right: Value) -> int:
        for term in terms:
            keys = [self._key(term, side, frame, bound) for side in (left, right)]
            order = _order(*keys)
            if order != 0:
                both = UNDEFINED not in keys
                return -order if term.descending and both else order
        return 0

    def _key(self, term: SortTerm, item: Value, frame: Frame, bound: bool) -> Value:
        if bound:
            return self._evaluation.evaluate(term.expression, item[_ITEM], Frame(frame, item))
        return self._evaluation.evaluate(term.expression, item, frame)

    # ---- groupings

    def grouping(self, expression: Grouped, item: Value, frame: Frame) -> Value:
        """`base{key: value}`."""
        base = expression.base
        value = self._followed(base, item, frame) if isinstance(base, Path) else self._evaluation.raw(base, item, frame)
        return self.grouped(expression.pairs, value, frame)

    def grouped(self, pairs: tuple[Pair, ...], value: Value, frame: Frame) -> dict[str, Value]:
        """An object from items: those with the same key share a value, which sees all of them as its context."""
        bound = isinstance(value, Tuples)
        items = value if isinstance(value, list) else [value]
        groups: dict[str, tuple[int, Value]] = {}
        for item in items or [UNDEFINED]:
            context, inner = (item[_ITEM], Frame(frame, item)) if bound else (item, frame)
            for index, pair in enumerate(pairs):
                key = self._evaluation.evaluate(pair.key, context, inner)
                if key is not UNDEFINED:
                    _add(groups, key, index, [item] if bound else item)
        result: dict[str, Value] = {}
        for key, (index, data) in groups.items():
            context, inner = _merged(data, frame) if bound else (data, frame)
            member = self._evaluation.evaluate(pairs[index].value, context, inner)
            if member is not UNDEFINED:
                result[key] = member
        return result


def merge_sorted(items: list[Value], swaps: Callable[[Value, Value], bool]) -> list[Value]:
    """The engine's merge sort: stable, and at the mercy of the comparator, which says whether two are to be swapped."""
    if len(items) <= 1:
        return list(items)
    middle = len(items) // 2
    left, right = merge_sorted(items[:middle], swaps), merge_sorted(items[middle:], swaps)
    result: list[Value] = []
    at, other = 0, 0
    while at < len(left) and other < len(right):
        if swaps(left[at], right[other]):
            result.append(right[other])
            other += 1
        else:
            result.append(left[at])
            at += 1
    return result + left[at:] + right[other:]


def _order(left: Value, right: Value) -> int:
    """Undefined comes last, in either direction."""
    if left is UNDEFINED or right is UNDEFINED:
        return (left is UNDEFINED) - (right is UNDEFINED)
    for key in (left, right):
        if not isinstance(key, str) and not is_number(key):
            raise Failure("T2008", value=key)
    if isinstance(left, str) != isinstance(right, str):
        raise Failure("T2007", value=left, value2=right)
    return int(left > right) - int(left < right)


def _add(groups: dict[str, tuple[int, Value]], key: Value, index: int, item: Value) -> None:
    if not isinstance(key, str):
        raise Failure("T1003", value=key)
    if key not in groups:
        groups[key] = (index, item)
    elif groups[key][0] != index:
        raise Failure("D1009", value=key)
    else:
        groups[key] = (index, append(groups[key][1], item))


def _merged(tuples: list[dict[str, Value]], frame: Frame) -> tuple[Value, Frame]:
    """The tuples of a group as one: what they bind is put together, name by name."""
    merged = dict(tuples[0])
    for each in tuples[1:]:
        for name, value in each.items():
            merged[name] = append(merged.get(name, UNDEFINED), value)
    item = merged.pop(_ITEM)
    return item, Frame(frame, merged)


def _flattened(results: list[Value]) -> Sequence:
    flat = Sequence()
    for result in results:
        if isinstance(result, list) and not isinstance(result, Constructed):
            flat.extend(result)
        else:
            flat.append(result)
    return flat


def kept(result: Value) -> Value:
    """A result of a path, filter or call that stays an array when it has one item."""
    if isinstance(result, Tuples) or not isinstance(result, list):
        return result
    kept = Sequence([result] if isinstance(result, Constructed) else result)
    kept.kept = True
    return kept


def _is(kind: type, expression: Expression | Sort) -> bool:
    """Whether it is of this kind, filters and groupings apart."""
    return not isinstance(expression, Sort) and isinstance(base_of(expression), kind)


def _joined(path: Path) -> bool:
    """Whether a dot made this path; only then do arrays in it stay whole."""
    return any(not isinstance(step.expression, Sort) for step in path.steps[1:])


def _index(number: float, size: int) -> int:
    index = math.floor(number)
    return size + index if index < 0 else index


def _positions(stages: Iterable[Filter | Position]) -> Iterator[bool]:
    return (isinstance(stage, Position) for stage in stages)
