"""Intrinsic functions on symbolic values.

Known arguments go through the executor's own functions. Otherwise each argument is demanded to have its type (a failure
only where it can't), and the result is an unknown that remembers how it was made, typed as the function types it. A few
functions are looked into: those that build, take apart and measure arrays and objects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from stepvet.asl.intrinsics.functions import FORMAT_PART, IntrinsicFailure, apply
from stepvet.asl.intrinsics.signatures import FUNCTIONS, Kind, rounded
from stepvet.asl.services import shapes
from stepvet.run.symbolic.access import Miss, element
from stepvet.run.symbolic.values import UNKNOWN, Arr, Con, Mark, Obj, Symbols, Value, exact, lift, to_json
from stepvet.run.symbolic.values import Kind as JsonKind
from stepvet.run.symbolic.world import ArrayShape, World, kinds, learn_kind

Outcome = tuple[World, Value] | IntrinsicFailure

_JSON: dict[Kind, JsonKind] = {
    Kind.STRING: "string",
    Kind.NUMBER: "number",
    Kind.BOOLEAN: "boolean",
    Kind.ARRAY: "array",
    Kind.OBJECT: "object",
    Kind.NULL: "null",
}
_RESULTS: dict[Kind, shapes.Shape] = {
    Kind.STRING: shapes.STRING,
    Kind.NUMBER: shapes.INTEGER,
    Kind.BOOLEAN: shapes.BOOLEAN,
    Kind.ARRAY: shapes.ListOf(shapes.ANY),
    Kind.OBJECT: shapes.Object({}, closed=False),
    Kind.ANY: shapes.ANY,
    Kind.NULL: shapes.ANY,
}
_TEXTS: dict[str, shapes.Shape] = {"States.StringSplit": shapes.ListOf(shapes.STRING)}
_RANDOM = frozenset(("States.UUID", "States.MathRandom"))


def call(symbols: Symbols, world: World, name: str, arguments: Sequence[Value]) -> Outcome:
    """The result in the refined world, or why the call must fail."""
    if name not in _RANDOM and all(map(exact, arguments)):
        result = apply(name, [to_json(a) for a in arguments], Random(0))
        return result if isinstance(result, IntrinsicFailure) else (world, lift(result))
    demanded = _demand(world, name, arguments)
    if isinstance(demanded, IntrinsicFailure):
        return demanded
    special = _SPECIAL.get(name)
    made = special(symbols, demanded, arguments) if special else None
    return made if made is not None else (demanded, _unknown(symbols, name, arguments))


def _unknown(symbols: Symbols, name: str, arguments: Sequence[Value]) -> Value:
    shape = _TEXTS.get(name, _RESULTS[FUNCTIONS[name].result])
    if name in _RANDOM:
        return symbols.fresh(UNKNOWN, shape)
    origin = next((a.origin for a in arguments if a.origin), None) or UNKNOWN
    return symbols.derived(name, tuple(arguments), shape, origin)


def _demand(world: World, name: str, arguments: Sequence[Value]) -> World | IntrinsicFailure:
    signature = FUNCTIONS.get(name)
    if signature is None:
        return IntrinsicFailure(f"there is no intrinsic function {name}")
    if len(arguments) < signature.least or (signature.most is not None and len(arguments) > signature.most):
        return IntrinsicFailure(f"{name} can't take {len(arguments)} arguments")
    for position, argument in enumerate(arguments):
        due = signature.kind_at(position)
        if due is Kind.ANY:
            continue
        narrowed = learn_kind(world, argument, _JSON[due])
        if narrowed is None:
            having = " or ".join(sorted(kinds(world, argument))) or "something else"
            return IntrinsicFailure(f"{name} needs {due.value} as argument {position + 1}, and gets {having}")
        world = narrowed
    return world


def _array(symbols: Symbols, world: World, arguments: Sequence[Value]) -> Outcome | None:
    return world, Arr(tuple(arguments))


def _item(symbols: Symbols, world: World, arguments: Sequence[Value]) -> Outcome | None:
    array, index = arguments
    if not isinstance(index, Con) or not isinstance(index.value, int | float):
        return None
    number = rounded(index.value)
    if number < 0:
        return IntrinsicFailure(f"index {number} is no place in an array")
    found = element(symbols, world, array, number)
    return IntrinsicFailure(f"index {number} is outside of the array") if isinstance(found, Miss) else found


def _length(symbols: Symbols, world: World, arguments: Sequence[Value]) -> Outcome | None:
    array = arguments[0]
    if isinstance(array, Arr) and array.tail is None:
        return world, Con(len(array.items))
    shape = None if isinstance(array, Con | Obj | Arr) else world.shapes.get(array.id)
    if isinstance(shape, ArrayShape) and shape.ends:
        return world, Con(len(shape.items))
    return None


def _merge(symbols: Symbols, world: World, arguments: Sequence[Value]) -> Outcome | None:
    """The right one wins. Where the right one may have any member, what the left one holds is no longer known."""
    left, right, deep = arguments
    if isinstance(deep, Con) and deep.value is not False:
        return IntrinsicFailure("only shallow merging is supported")
    if isinstance(right, Obj) and right.base is None:
        kept = {k: v for k, v in right.fields.items() if not isinstance(v, Mark)}
        if isinstance(left, Obj):
            return world, Obj({**left.fields, **kept}, left.base)
        if not isinstance(left, Con | Arr):
            return world, Obj(kept, left)
    return None


def _format(symbols: Symbols, world: World, arguments: Sequence[Value]) -> Outcome | None:
    template, *values = arguments
    if not isinstance(template, Con) or not isinstance(template.value, str):
        return None
    places = sum(part[0] == "{}" for part in FORMAT_PART.finditer(template.value))
    if places != len(values):
        return IntrinsicFailure(f"the format has {places} placeholders and is given {len(values)} values")
    return None


def _in_range(symbols: Symbols, world: World, arguments: Sequence[Value]) -> Outcome | None:
    size = arguments[1]
    if isinstance(size, Con) and isinstance(size.value, int | float) and rounded(size.value) < 1:
        return IntrinsicFailure(f"the size of a part must be 1 or more, and it is {rounded(size.value)}")
    return None


_Special = Callable[[Symbols, World, Sequence[Value]], Outcome | None]
_SPECIAL: dict[str, _Special] = {
    "States.Array": _array,
    "States.ArrayGetItem": _item,
    "States.ArrayLength": _length,
    "States.ArrayPartition": _in_range,
    "States.JsonMerge": _merge,
    "States.Format": _format,
}
