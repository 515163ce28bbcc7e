"""Choice comparisons between symbolic values: every answer that can't be excluded, each in the world that has learnt
it."""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl.comparison import compare
from stepvet.asl.operators import OPERATORS, Operator
from stepvet.run.symbolic.facts import Fact, Relation
from stepvet.run.symbolic.values import Arr, Con, Obj, Sym, Value, kind_of
from stepvet.run.symbolic.world import World, kinds, learn, pinned, relate
from stepvet.text.node import Json

_MIRROR = {
    "LessThan": "GreaterThan",
    "GreaterThan": "LessThan",
    "LessThanEquals": "GreaterThanEquals",
    "GreaterThanEquals": "LessThanEquals",
}
Verdict = Iterator[tuple[World, bool]]


def test(world: World, operator: Operator, left: Value, right: Value) -> Verdict:
    """The answers of a Choice operator, "yes" first."""
    plain = OPERATORS[operator.name.removesuffix("Path")]
    left, right = pinned(world, left) or left, pinned(world, right) or right
    match left, right:
        case Sym(), Sym() if left.id == right.id:
            yield from _with_itself(world, plain, left)
        case Sym(), Sym():
            yield from _between(world, plain, left, right)
        case Sym(), Con():
            yield from _with_constant(world, plain, left, right)
        case Con(), Sym():
            yield from _with_constant(world, _mirrored(plain), right, left)
        case _:
            yield world, compare(plain, sample(left), sample(right))


def sample(value: Value) -> Json:
    """A stand-in of the same type: operators never look into objects and arrays."""
    match value:
        case Con():
            return value.value
        case Arr():
            return []
        case Obj() | Sym():
            return {}


def _mirrored(operator: Operator) -> Operator:
    relation = _MIRROR.get(operator.relation)
    return OPERATORS[f"{operator.family}{relation}"] if relation else operator


def _with_constant(world: World, operator: Operator, sym: Sym, constant: Con) -> Verdict:
    for holds in (True, False):
        learnt = learn(world, sym, Fact(operator.name, constant.value, holds))
        if learnt is not None:
            yield learnt, holds


def _with_itself(world: World, operator: Operator, sym: Sym) -> Verdict:
    """A value compared with itself: true where equality is asked and the type fits."""
    from stepvet.run.symbolic.facts import of_kind

    family = {"Boolean": "boolean", "Numeric": "number", "String": "string", "Timestamp": "string"}[operator.family]
    fitting = frozenset(k for k in kinds(world, sym) if k == family)
    other = kinds(world, sym) - fitting
    reflexive = operator.relation in ("Equals", "LessThanEquals", "GreaterThanEquals")
    if fitting and (with_type := learn(world, sym, of_kind(*fitting))) is not None:
        yield with_type, reflexive
    if other and (without := learn(world, sym, of_kind(*other))) is not None:
        yield without, False


def _between(world: World, operator: Operator, left: Sym, right: Sym) -> Verdict:
    if left.id in world.shapes or right.id in world.shapes:
        yield world, False
        return
    for holds in (True, False):
        related = relate(world, Relation(operator.name, left.id, right.id, holds), left, right)
        if related is not None:
            yield related, holds


__all__ = ["kind_of", "sample", "test"]
