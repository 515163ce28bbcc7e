"""Which object each `%` of a JSONata expression stands for, as far as that can be told before it is evaluated.

`%` looks for its object in the steps before it: a field name or `*` is one level, another `%` one more, and anything
else can't tell where its value was read from. The engine settles this when it parses, and refuses what it can't settle
(S0217); constructs that it forgets to pass on (`~>`, functions, groupings) are forgotten here, too, since they are not
refused. Parts are known by their identity, so what is found holds for one tree only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from stepvet.asl.jsonata.tokens import JsonataSyntaxError
from stepvet.asl.jsonata.tree import (
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
    walk,
)


@dataclass(frozen=True, slots=True)
class Ancestry:
    """What the `%` of a tree mean, by identity of the parts.

    `labels`: the variable that a `Parent` reads. `ancestors`: the variable in which a name or `*` leaves the object
    that it was read from. `streams`: blocks and paths that must hand on what is bound inside them.
    """

    labels: dict[int, str] = field(default_factory=dict)
    ancestors: dict[int, str] = field(default_factory=dict)
    streams: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Slot:
    """A `%` that looks for its object, and how many levels it still has to go."""

    parent: Parent
    label: str
    level: int = 1


def resolve_ancestry(expression: Expression) -> Ancestry:
    """What each `%` stands for. Raises `JsonataSyntaxError` S0217 where it has nothing to stand for."""
    resolver = _Resolver()
    if any(isinstance(part, Parent) for part in walk(expression)):
        for slot in resolver.pending(expression):
            if slot.level > 0 or isinstance(expression, Parent):
                raise _fault(expression)
    return resolver.ancestry


class _Resolver:
    def __init__(self) -> None:
        self.ancestry = Ancestry()

    def pending(self, part: Expression | Sort | Placeholder) -> Iterator[_Slot]:
        """Each `%` in this part that is not settled at its start."""
        match part:
            case Parent():
                label = f"%{len(self.ancestry.labels)}"
                self.ancestry.labels[id(part)] = label
                yield _Slot(part, label)
            case Path():
                yield from self._in_path(part)
            case Filtered(base=base, predicates=predicates):
                yield from self.pending(base)
                yield from self._in_filters(base, predicates)
            case Grouped(base=base):
                yield from self.pending(base)
            case Sort(terms=terms):
                yield from self._in_parts(term.expression for term in terms)
            case _:
                yield from self._in_parts(_passed_on(part))

    def _in_parts(self, parts: Iterable[Expression | Placeholder]) -> Iterator[_Slot]:
        for part in parts:
            yield from self.pending(part)

    def _in_path(self, path: Path) -> Iterator[_Slot]:
        first, *following = path.steps
        own = list(self.pending(first.expression))
        stages = list(self._in_stages(first))  # settled or refused, but never handed on
        if isinstance(first.expression, Parent) and (following or stages):
            yield from own
        for index, step in enumerate(following, 1):
            for slot in (*self.pending(step.expression), *self._in_stages(step)):
                self._look_back(path.steps[:index], slot)
                if slot.level > 0:
                    yield slot

    def _in_stages(self, step: Step) -> Iterator[_Slot]:
        yield from self._in_filters(step.expression, (stage for stage in step.stages if isinstance(stage, Filter)))

    def _in_filters(self, base: Expression | Sort, filters: Iterable[Filter]) -> Iterator[_Slot]:
        for stage in filters:
            for slot in self.pending(stage.predicate):
                if slot.level == 1:
                    self._seek(base, slot)
                else:
                    slot.level -= 1
                if slot.level > 0:
                    yield slot

    def _look_back(self, before: tuple[Step, ...], slot: _Slot) -> None:
        """Through the steps before, until it is settled or they are used up. Steps that only bind are one step."""
        index = len(before) - 1
        while slot.level > 0 and index >= 0:
            while index > 0 and before[index].focus and before[index - 1].focus:
                index -= 1
            self._seek(before[index].expression, slot)
            index -= 1

    def _seek(self, part: Expression | Sort, slot: _Slot) -> None:
        match part:
            case Name() | Wildcard() | Literal(value=str()):
                slot.level -= 1
                if slot.level == 0:
                    self._settle(part, slot)
            case Parent():
                slot.level += 1
            case Block(expressions=expressions):
                self.ancestry.streams.add(id(part))
                if expressions:
                    self._seek(expressions[-1], slot)
            case Path(steps=steps):
                self.ancestry.streams.add(id(part))
                for step in reversed(steps):
                    if slot.level > 0:
                        self._seek(step.expression, slot)
            case Filtered(base=base) | Grouped(base=base):
                self._seek(base, slot)
            case _:
                raise _fault(part)

    def _settle(self, part: Expression, slot: _Slot) -> None:
        label = self.ancestry.ancestors.setdefault(id(part), slot.label)
        self.ancestry.labels[id(slot.parent)] = label


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


def _fault(part: Expression | Sort) -> JsonataSyntaxError:
    return JsonataSyntaxError("S0217", part.start, part.end)
