"""JSONata's operators and conditions on symbolic values.

`=` and `!=` with undefined are false; an order and arithmetic with undefined are undefined, and fail on values that are
neither numbers nor texts. `&` never fails. Where an unknown decides, both answers are followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from stepvet.asl.jsonata import tree
from stepvet.asl.operators import OPERATORS
from stepvet.asl.services import shapes
from stepvet.run.symbolic import comparing
from stepvet.run.symbolic.facts import Fact, Relation, equal_to, same
from stepvet.run.symbolic.values import NOTHING, UNKNOWN, Arr, Con, Mark, Obj, Origin, Sym, Value, exact, to_json
from stepvet.run.symbolic.world import ArrayShape, ObjectShape, World, kinds, learn, learn_kind, pinned, relate

if TYPE_CHECKING:
    from stepvet.run.symbolic.jsonata import Frame, Results

_ORDER = {"<": "LessThan", "<=": "LessThanEquals", ">": "GreaterThan", ">=": "GreaterThanEquals"}


def operate(frame: Frame, world: World, node: tree.Binary | tree.Negate) -> Results:
    from stepvet.run.symbolic.jsonata import evaluated

    if isinstance(node, tree.Negate):
        for found, value in evaluated(frame, world, node.operand):
            yield from _arithmetic(frame, found, node, Con(0), value, "-")
        return
    if node.operator in ("and", "or"):
        yield from _junction(frame, world, node)
        return
    inner = frame if node.operator in _ORDER or node.operator in "+-*/%" else frame.lenient()
    for first, left in evaluated(inner, world, node.left):
        for second, right in evaluated(inner, first, node.right):
            yield from _binary(frame, second, node, left, right)


def _binary(frame: Frame, world: World, node: tree.Binary, left: object, right: object) -> Results:
    from stepvet.run.symbolic.jsonata import Closure, Refused

    for side in (left, right):
        if isinstance(side, Refused):
            yield world, side
            return
    if isinstance(left, Closure) or isinstance(right, Closure):
        yield world, frame.unknown(node)
        return
    match node.operator:
        case "=" | "!=":
            for found, equal in equality(world, left, right):  # type: ignore[arg-type]
                yield (
                    found,
                    Con(equal is (node.operator == "=") if left is not NOTHING and right is not NOTHING else False),
                )
        case "&":
            yield world, _joined(frame, node, left, right)
        case "<" | "<=" | ">" | ">=":
            yield from _ordered(frame, world, node, left, right)
        case "in":
            yield from _among(frame, world, node, left, right)
        case _:
            yield from _arithmetic(frame, world, node, left, right, node.operator)


def equality(world: World, left: Value | Mark, right: Value | Mark) -> Iterator[tuple[World, bool]]:
    """Deep, and strict about types; both answers where an unknown decides."""
    if isinstance(left, Mark) or isinstance(right, Mark):
        yield world, False
        return
    left, right = pinned(world, left) or left, pinned(world, right) or right
    match left, right:
        case Sym(), Sym() if left.id == right.id:
            yield world, True
        case (Sym() as sym, Con(value=value)) | (Con(value=value), Sym() as sym):
            for holds in (True, False):
                learnt = learn(world, sym, equal_to(value, holds))
                if learnt is not None:
                    yield learnt, holds
        case (Sym() as one, Sym() as other) if one.id not in world.shapes and other.id not in world.shapes:
            for holds in (True, False):
                related = relate(world, Relation("equals", one.id, other.id, holds), one, other)
                if related is not None:
                    yield related, holds
        case (Sym() as sym, Arr() | Obj() as other) | (Arr() | Obj() as other, Sym() as sym) if (
            exact(other) and sym.id not in world.shapes and kinds(world, other) <= kinds(world, sym)
        ):
            yield world.shaped(sym, _shape_of(other)), True
            yield world, False
        case _ if exact(left) and exact(right):
            yield world, same(to_json(left), to_json(right))
        case _ if not kinds(world, left) & kinds(world, right):
            yield world, False
        case _:
            yield world, True
            yield world, False


def _shape_of(value: Arr | Obj) -> ArrayShape | ObjectShape:
    return ArrayShape(value.items, ends=True) if isinstance(value, Arr) else ObjectShape(value.fields)


def _joined(frame: Frame, node: tree.Binary, left: object, right: object) -> Value:
    texts = [_text(side) for side in (left, right)]
    if texts[0] is not None and texts[1] is not None:
        return Con(texts[0] + texts[1])
    return frame.unknown(node, shapes.STRING, left, right)  # type: ignore[arg-type]


def _text(side: object) -> str | None:
    if side is NOTHING:
        return ""
    return side.value if isinstance(side, Con) and isinstance(side.value, str) else None


def _ordered(frame: Frame, world: World, node: tree.Binary, left: object, right: object) -> Results:
    from stepvet.run.symbolic.jsonata import Refused

    for side in (left, right):
        if not isinstance(side, Mark) and not kinds(world, side) & {"number", "string"}:  # type: ignore[arg-type]
            yield world, Refused(f"`{node.operator}` needs two numbers or two texts", (node.start, node.end))
            return
    if left is NOTHING or right is NOTHING:
        yield world, NOTHING
        return
    assert isinstance(left, Con | Sym) and isinstance(right, Con | Sym)
    both = kinds(world, left) & kinds(world, right) & {"number", "string"}
    if not both:
        yield world, Refused(f"`{node.operator}` compares a number with a text", (node.start, node.end))
        return
    kind = "number" if "number" in both else "string"
    narrowed = learn_kind(world, left, kind)  # type: ignore[arg-type]
    narrowed = learn_kind(narrowed, right, kind) if narrowed else None  # type: ignore[arg-type]
    if narrowed is None:
        yield world, Refused(f"`{node.operator}` compares a number with a text", (node.start, node.end))
        return
    operator = OPERATORS[("Numeric" if kind == "number" else "String") + _ORDER[node.operator]]
    for found, verdict in comparing.test(narrowed, operator, left, right):
        yield found, Con(verdict)


def _among(frame: Frame, world: World, node: tree.Binary, left: object, right: object) -> Results:
    if left is NOTHING or right is NOTHING:
        yield world, Con(False)
        return
    if isinstance(right, Arr) and right.tail is None:
        yield from _any_equal(world, left, right.items)  # type: ignore[arg-type]
        return
    if isinstance(right, Con | Obj):
        yield from ((w, Con(v)) for w, v in equality(world, left, right))  # type: ignore[arg-type]
        return
    yield world, frame.unknown(node, shapes.BOOLEAN, left, right)  # type: ignore[arg-type]


def _any_equal(world: World, value: Value, items: tuple[Value, ...]) -> Results:
    if not items:
        yield world, Con(False)
        return
    for found, equal in equality(world, value, items[0]):
        if equal:
            yield found, Con(True)
        else:
            yield from _any_equal(found, value, items[1:])


_SUMS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}


def _arithmetic(frame: Frame, world: World, node: tree.Located, left: object, right: object, operator: str) -> Results:
    from stepvet.run.symbolic.jsonata import Closure, Refused

    for side in (left, right):
        if isinstance(side, Refused):
            yield world, side
            return
        if isinstance(side, Closure):
            yield world, Refused(f"`{operator}` needs numbers", (node.start, node.end))
            return
        if isinstance(side, Mark):
            continue
        narrowed = learn_kind(world, side, "number")  # type: ignore[arg-type]
        if narrowed is None:
            yield world, Refused(f"`{operator}` needs numbers", (node.start, node.end), side)  # type: ignore[arg-type]
            return
        world = narrowed
    if left is NOTHING or right is NOTHING:
        yield world, NOTHING
    elif isinstance(left, Con) and isinstance(right, Con) and operator in _SUMS:
        yield world, Con(_SUMS[operator](left.value, right.value))  # type: ignore[arg-type]
    else:
        yield world, frame.symbols.derived(operator, (left, right), shapes.NUMBER, origin_of(left, right))  # type: ignore[arg-type]


def origin_of(*values: object) -> Origin:
    return next((v.origin for v in values if isinstance(v, Sym)), UNKNOWN)


def _junction(frame: Frame, world: World, node: tree.Binary) -> Results:
    from stepvet.run.symbolic.jsonata import Refused, evaluated

    settles = node.operator == "or"
    for first, left in evaluated(frame.lenient(), world, node.left):
        if isinstance(left, Refused):
            yield first, left
            continue
        for known, verdict in truth(first, left):
            if verdict is settles:
                yield known, Con(settles)
                continue
            for second, right in evaluated(frame.lenient(), known, node.right):
                if isinstance(right, Refused):
                    yield second, right
                else:
                    yield from ((w, Con(v)) for w, v in truth(second, right))


def choose(frame: Frame, world: World, node: tree.Condition) -> Results:
    from stepvet.run.symbolic.jsonata import Refused, evaluated

    for found, test in evaluated(frame.lenient(), world, node.test):
        if isinstance(test, Refused):
            yield found, test
            continue
        for known, verdict in truth(found, test):
            branch = node.then if verdict else node.otherwise
            if branch is None:
                yield known, NOTHING
            else:
                yield from evaluated(frame, known, branch)


def truth(world: World, value: object) -> Iterator[tuple[World, bool]]:
    """JSONata's cast to a boolean."""
    match value:
        case Con():
            yield world, bool(value.value)
        case Obj(fields=fields, base=None):
            yield world, bool(fields)
        case Arr(tail=None) if exact(value):
            yield world, _truth_of(to_json(value))
        case Sym() if value.id not in world.shapes:
            boolean = kinds(world, value) == frozenset(("boolean",))
            for verdict in (True, False):
                fact = equal_to(verdict) if boolean else Fact("true", None, verdict)
                learnt = learn(world, value, fact)
                if learnt is not None:
                    yield learnt, verdict
        case Obj() | Arr() | Sym():
            yield world, True
            yield world, False
        case _:
            yield world, False


def _truth_of(value: object) -> bool:
    return any(map(_truth_of, value)) if isinstance(value, list) else bool(value)
