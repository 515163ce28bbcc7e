"""Whether every `%` of a JSONata expression has a parent to stand for.

`%` looks for its object in the steps before it: a field name or `*` is one level, another `%` one more, and anything
else can't tell where its value was read from. The engine settles this when it parses, and refuses what it can't settle
(S0217); constructs that it forgets to pass on (`~>`, functions, groupings) are forgotten here, too, since they are not
refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stepvet.asl.jsonata_tokens import JsonataSyntaxError
from stepvet.asl.jsonata_tree import (
    Array,
    Binary,
    Bind,
    Block,
    Call,
    Condition,
    Expression,
    Filter,
    Filtered,
    Grouped,
    Literal,
    Name,
    Negate,
    Object,
    Parent,
    Partial,
    Path,
    Placeholder,
    Range,
    Sort,
    Step,
    Wildcard,
)


def check_ancestry(expression: Expression) -> None:
    """Raises `JsonataSyntaxError` S0217 where a `%` has no object to stand for."""
    for _ in _pending(expression):
        raise _fault(expression)


def _pending(part: Expression | Sort | Placeholder) -> Iterator[int]:
    """How many levels above the start of this part each unsettled `%` in it looks."""
    match part:
        case Parent():
            yield 1
        case Path():
            yield from _pending_in_path(part)
        case Filtered(base=base, predicates=predicates):
            yield from _pending(base)
            yield from _pending_in_filters(base, predicates)
        case Grouped(base=base):
            yield from _pending(base)
        case Sort(terms=terms):
            yield from _pending_in(term.expression for term in terms)
        case _:
            yield from _pending_in(_passed_on(part))


def _pending_in(parts: Iterable[Expression | Placeholder]) -> Iterator[int]:
    for part in parts:
        yield from _pending(part)


def _passed_on(part: Expression | Placeholder) -> Iterable[Expression | Placeholder]:
    """The operands whose unsettled `%` the engine hands to the construct around them."""
    match part:
        case Array(items=parts) | Block(expressions=parts):
            return parts
        case Object(pairs=pairs):
            return [operand for pair in pairs for operand in (pair.key, pair.value)]
        case Call(arguments=arguments) | Partial(arguments=arguments):
            return arguments
        case Binary(left=left, right=right) | Range(first=left, last=right):
            return (left, right)
        case Condition(test=test, then=then, otherwise=otherwise):
            return (test, then) if otherwise is None else (test, then, otherwise)
        case Negate(operand=operand) | Bind(value=operand):
            return (operand,)
        case _:
            return ()


def _pending_in_path(path: Path) -> Iterator[int]:
    first, *following = path.steps
    stages = tuple(_pending_in_stages(first))  # settled or refused, but never handed on
    if isinstance(first.expression, Parent) and (following or stages):
        yield 1
    for index, step in enumerate(following, 1):
        for level in (*_pending(step.expression), *_pending_in_stages(step)):
            left = _settle(path.steps[:index], level)
            if left > 0:
                yield left


def _pending_in_stages(step: Step) -> Iterator[int]:
    yield from _pending_in_filters(step.expression, (stage for stage in step.stages if isinstance(stage, Filter)))


def _pending_in_filters(base: Expression | Sort, filters: Iterable[Filter]) -> Iterator[int]:
    for stage in filters:
        for level in _pending(stage.predicate):
            left = _seek(base, level) if level == 1 else level - 1
            if left > 0:
                yield left


def _settle(before: tuple[Step, ...], level: int) -> int:
    """Looks back through the steps before; what is left when they are used up. Steps that only bind are one step."""
    index = len(before) - 1
    while level > 0 and index >= 0:
        while index > 0 and before[index].focus and before[index - 1].focus:
            index -= 1
        level = _seek(before[index].expression, level)
        index -= 1
    return level


def _seek(part: Expression | Sort, level: int) -> int:
    match part:
        case Name() | Wildcard() | Literal(value=str()):
            return level - 1
        case Parent():
            return level + 1
        case Block(expressions=expressions):
            return _seek(expressions[-1], level) if expressions else level
        case Path(steps=steps):
            for step in reversed(steps):
                level = _seek(step.expression, level) if level > 0 else 0
            return level
        case Filtered(base=base) | Grouped(base=base):
            return _seek(base, level)
        case _:
            raise _fault(part)


def _fault(part: Expression | Sort) -> JsonataSyntaxError:
    return JsonataSyntaxError("S0217", part.start, part.end)
