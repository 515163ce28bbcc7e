"""JSONata's functions on symbolic values: presence, truth, counting and merging are looked into, the others give an
unknown of their result's type. A function that nobody knows fails; arguments are never found fault with here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from stepvet.asl.jsonata import tree
from stepvet.asl.jsonata.names import FUNCTIONS
from stepvet.asl.services import shapes
from stepvet.run.symbolic import jsonata_operators
from stepvet.run.symbolic.access import present
from stepvet.run.symbolic.jsonata_paths import LIST
from stepvet.run.symbolic.values import NOTHING, Arr, Con, Mark, Obj, Sym, Value
from stepvet.run.symbolic.world import World, kinds

if TYPE_CHECKING:
    from stepvet.run.symbolic.jsonata import Frame, Results

_RESULTS: dict[str, shapes.Shape] = {
    "s": shapes.STRING,
    "n": shapes.NUMBER,
    "b": shapes.BOOLEAN,
    "o": shapes.Object({}, closed=False),
}
_LISTS = frozenset(("split",))


def call(
    frame: Frame, world: World, node: tree.Located, function: tree.Expression, arguments: tuple[tree.Expression, ...]
) -> Results:
    from stepvet.run.symbolic.jsonata import Closure, Refused

    if not isinstance(function, tree.Variable):
        yield world, frame.unknown(node)
        return
    bound = frame.variables.get(function.name)
    if isinstance(bound, Closure):
        yield from _own(frame, world, bound, arguments)
    elif function.name not in FUNCTIONS:
        yield world, Refused("T1006: Attempted to invoke a non-function", (function.start, function.end))
    elif function.name in ("error", "assert"):
        yield from _deliberate(frame, world, node, function.name, arguments)
    elif function.name == "exists" and len(arguments) == 1:
        yield from _exists(frame, world, arguments[0])
    else:
        for found, values in _each(frame.lenient(), world, arguments, ()):
            if isinstance(values, Refused):
                yield found, values
            else:
                yield from _builtin(frame, found, node, function.name, values)


def _own(frame: Frame, world: World, closure, arguments):  # type: ignore[no-untyped-def]
    from stepvet.run.symbolic.jsonata import Refused, evaluated

    for found, values in _each(frame.lenient(), world, arguments, ()):
        if isinstance(values, Refused):
            yield found, values
            continue
        inner = replace(closure.frame, depth=frame.depth + 2, strict=frame.strict)
        for position, parameter in enumerate(closure.node.parameters):
            inner = inner.binding(parameter.name, values[position] if position < len(values) else NOTHING)
        yield from evaluated(inner, found, closure.node.body)


def _each(frame: Frame, world: World, arguments, made):  # type: ignore[no-untyped-def]
    from stepvet.run.symbolic.jsonata import Refused, evaluated

    if not arguments:
        yield world, made
        return
    for found, value in evaluated(frame, world, arguments[0]):
        if isinstance(value, Refused):
            yield found, value
        else:
            yield from _each(frame, found, arguments[1:], (*made, value))


def _deliberate(frame: Frame, world: World, node: tree.Located, name: str, arguments) -> Results:  # type: ignore[no-untyped-def]
    from stepvet.run.symbolic.jsonata import Refused, evaluated

    refused = Refused("the expression fails on purpose", (node.start, node.end), deliberate=True)
    if name == "error" or not arguments:
        yield world, refused
        return
    for found, value in evaluated(frame.lenient(), world, arguments[0]):
        for known, verdict in jsonata_operators.truth(found, value):
            yield known, NOTHING if verdict else refused


def _exists(frame: Frame, world: World, argument: tree.Expression) -> Results:
    """Whether the argument is there. A path's last name is left open, all before it is taken to be there."""
    from stepvet.run.symbolic.jsonata import Closure, Refused, evaluated

    parent, key = _split(argument)
    if parent is None or key is None:
        for found, value in evaluated(frame.lenient(), world, argument):
            yield found, value if isinstance(value, Refused) else Con(value is not NOTHING)
        return
    for found, value in evaluated(frame.lenient(), world, parent):
        match value:
            case Refused():
                yield found, value
            case Obj() | Sym() if not (isinstance(value, Sym) and "object" not in kinds(found, value)):
                for known, there in present(frame.symbols, found, value, (key,)):
                    yield known, Con(there)
            case Con() | Mark() | Closure():
                yield found, Con(False)
            case _:
                yield found, frame.unknown(argument, shapes.BOOLEAN, value)


def _split(node: tree.Expression) -> tuple[tree.Expression | None, str | None]:
    if not isinstance(node, tree.Path) or len(node.steps) < 2 or node.keeps_array:
        return None, None
    *before, last = node.steps
    if not isinstance(last.expression, tree.Name) or last.stages or last.focus or last.position:
        return None, None
    return replace(node, steps=tuple(before), end=before[-1].end), last.expression.value


def _builtin(frame: Frame, world: World, node: tree.Located, name: str, values: tuple[object, ...]) -> Results:
    special = _SPECIAL.get(name)
    made = special(frame, world, values) if special else None
    if made is not None:
        yield from made
        return
    signature = FUNCTIONS[name]
    result = LIST if name in _LISTS else _RESULTS.get(signature[signature.rfind(":") + 1 : -1], shapes.ANY)
    known = [v for v in values if isinstance(v, Con | Obj | Arr | Sym)]
    from stepvet.run.symbolic.jsonata import VOLATILE
    from stepvet.run.symbolic.values import UNKNOWN

    if name in VOLATILE:
        yield world, frame.symbols.fresh(UNKNOWN, shapes.TIMESTAMP if name == "now" else result)
    elif values and values[0] is NOTHING and name in _PASSING:
        yield world, NOTHING
    else:
        origin = next((v.origin for v in known if v.origin), UNKNOWN)
        yield world, frame.symbols.derived(f"${name}", tuple(known), result, origin)


_PASSING = frozenset(
    [
        "number",
        "length",
        "uppercase",
        "lowercase",
        "trim",
        "floor",
        "ceil",
        "round",
        "abs",
        "sqrt",
        "power",
        "substring",
        "split",
    ]
)


def _boolean(frame: Frame, world: World, values: tuple[object, ...]) -> Iterator[tuple[World, Value | Mark]]:
    if values[:1] == (NOTHING,):
        yield world, NOTHING
        return
    yield from ((w, Con(v)) for w, v in jsonata_operators.truth(world, values[0]))


def _not(frame: Frame, world: World, values: tuple[object, ...]) -> Iterator[tuple[World, Value | Mark]]:
    if values[:1] == (NOTHING,):
        yield world, NOTHING
        return
    yield from ((w, Con(not v)) for w, v in jsonata_operators.truth(world, values[0]))


def _count(frame: Frame, world: World, values: tuple[object, ...]) -> Iterator[tuple[World, Value | Mark]] | None:
    match values:
        case (Mark(),):
            return iter([(world, Con(0))])
        case (Con() | Obj(),):
            return iter([(world, Con(1))])
        case (Arr(items=items, tail=None),):
            return iter([(world, Con(len(items)))])
        case _:
            return None


def _string(frame: Frame, world: World, values: tuple[object, ...]) -> Iterator[tuple[World, Value | Mark]] | None:
    match values:
        case (Mark(), *_):
            return iter([(world, NOTHING)])
        case (Con(value=str()) as text, *_):
            return iter([(world, text)])
        case _:
            return None


def _merge(frame: Frame, world: World, values: tuple[object, ...]) -> Iterator[tuple[World, Value | Mark]] | None:
    """Objects laid over one another, the last one on top. Below one that may have any member, nothing is sure."""
    if not values or not isinstance(values[0], Arr) or values[0].tail is not None:
        return None
    made: Value = Obj({})
    for part in values[0].items:
        laid = _over(frame, world, made, part)
        if laid is None:
            return None
        made = laid
    return iter([(world, made)])


def _over(frame: Frame, world: World, under: Value, part: Value) -> Value | None:
    if isinstance(part, Obj) and part.base is None:
        kept = {k: v for k, v in part.fields.items() if not isinstance(v, Mark)}
        if isinstance(under, Obj):
            return Obj({**under.fields, **kept}, under.base)
        return Obj(kept, under) if isinstance(under, Sym) else None
    if "object" not in kinds(world, part):
        return None
    if isinstance(under, Obj) and not under.fields and under.base is None:
        return part
    fields = part.fields if isinstance(part, Obj) else {}
    return Obj({k: v for k, v in fields.items() if not isinstance(v, Mark)}, _anything(frame))


def _anything(frame: Frame) -> Sym:
    from stepvet.run.symbolic.values import UNKNOWN

    return frame.symbols.fresh(UNKNOWN, shapes.Object({}, closed=False))


_SPECIAL: dict[str, Callable[..., Iterator[tuple[World, Value | Mark]] | None]] = {
    "boolean": _boolean,
    "not": _not,
    "count": _count,
    "string": _string,
    "merge": _merge,
}
