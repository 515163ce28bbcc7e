"""JSONata's functions on arrays, objects and functions.

An implementation gets the evaluation that it is called from (`host`), then one argument for each parameter of its
signature. Undefined first arguments get here only for the functions in `jsonata.TAKES_UNDEFINED`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from stepvet.asl.jsonata.evaluation import arity
from stepvet.asl.jsonata.members import member
from stepvet.asl.jsonata.steps import merge_sorted
from stepvet.asl.jsonata.transform import cloned
from stepvet.asl.jsonata.values import (
    UNDEFINED,
    Failure,
    Sequence,
    Value,
    append,
    is_function,
    is_number,
    same,
    sequence,
    truth,
)


def _zip(_host: object, *arrays: Value) -> list[Value]:
    if not all(isinstance(array, list) for array in arrays):
        return []
    return [list(items) for items in zip(*arrays, strict=False)]


def _sort(host: Value, items: list[Value], comparator: Value) -> Value:
    if len(items) <= 1:
        return items
    if comparator is not UNDEFINED:
        return merge_sorted(items, lambda left, right: truth(host.apply(comparator, [left, right])))
    strings = all(isinstance(item, str) for item in items)
    if not strings and not all(map(is_number, items)):
        raise Failure("D3070", index=1)
    return sorted(items)


def _shuffle(host: Value, items: list[Value]) -> list[Value]:
    return list(host.random.sample(items, len(items)))


def _distinct(host: Value, items: Value) -> Value:
    if not isinstance(items, list) or len(items) <= 1:
        return items
    found: list[Value] = Sequence() if isinstance(items, Sequence) else []
    scalars: set[object] = set()
    compound: list[Value] = []
    for item in items:
        if isinstance(item, str | int | float | None):
            host.meter.work(1)
            key = (_type(host, item), item)
            is_new = key not in scalars
            scalars.add(key)
        else:
            host.meter.work(1 + len(compound) // 8)
            is_new = not any(same(item, other) for other in compound)
            compound.extend([item] * is_new)
        found.extend([item] * is_new)
    return found


# ---- functions of functions


def _offered(function: Value, *arguments: Value) -> tuple[Value, ...]:
    """As many of item, position and whole as a function takes, but always the item."""
    return arguments[: max(arity(function), 1)]


def _mapped(host: Value, items: Iterable[tuple[Value, Value]], whole: Value, function: Value) -> Iterator[Value]:
    for position, item in items:
        host.meter.work(1)
        yield host.apply(function, _offered(function, item, position, whole))


def _map(host: Value, items: list[Value], function: Value) -> Value:
    return sequence(_mapped(host, enumerate(items), items, function))


def _filter(host: Value, items: list[Value], function: Value) -> Value:
    chosen = _mapped(host, enumerate(items), items, function)
    return Sequence(item for item, choice in zip(items, chosen, strict=True) if truth(choice))


def _single(host: Value, items: list[Value], function: Value) -> Value:
    found = items if function is UNDEFINED else _filter(host, items, function)
    if len(found) != 1:
        raise Failure("D3138" if found else "D3139")
    return found[0]


def _reduce(host: Value, items: list[Value], function: Value, start: Value) -> Value:
    count = arity(function)
    if count < 2:
        raise Failure("D3050", index=1)
    first = 1 if start is UNDEFINED and items else 0
    result = items[0] if first else start
    for index in range(first, len(items)):
        host.meter.work(1)
        result = host.apply(function, (result, items[index], index, items)[:count])
    return result


def _each(host: Value, item: dict[str, Value], function: Value) -> Value:
    return sequence(_mapped(host, item.items(), item, function))


def _sift(host: Value, item: dict[str, Value], function: Value) -> Value:
    chosen = _mapped(host, item.items(), item, function)
    kept = {key: item[key] for key, choice in zip(item, chosen, strict=True) if truth(choice)}
    return kept or UNDEFINED


# ---- objects


def _keys(_host: object, value: Value) -> Value:
    objects = value if isinstance(value, list) else [value]
    return Sequence(dict.fromkeys(key for item in objects if isinstance(item, dict) for key in item))


def _spread(host: object, value: Value) -> Value:
    if isinstance(value, list):
        spread = [_spread(host, item) for item in value]
        return Sequence(part for item in spread for part in (item if isinstance(item, list) else [item]))
    return Sequence({key: item} for key, item in value.items()) if isinstance(value, dict) else value


def _merge(_host: object, objects: list[dict[str, Value]]) -> dict[str, Value]:
    return {key: value for item in objects for key, value in item.items()}


_TYPES: Mapping[type, str] = {bool: "boolean", int: "number", float: "number", str: "string", type(None): "null"}


def _type(_host: object, value: Value) -> str:
    if is_function(value):
        return "function"
    return _TYPES.get(type(value)) or ("array" if isinstance(value, list) else "object")


def _error(_host: object, text: Value) -> Value:
    raise Failure("D3137", message="$error() function evaluated" if text is UNDEFINED else text)


def _assert(_host: object, holds: Value, text: Value) -> Value:
    if truth(holds):
        return UNDEFINED
    raise Failure("D3141", message="$assert() statement failed" if text is UNDEFINED else text)


FUNCTION_BODIES: Mapping[str, Callable[..., Value]] = {
    "boolean": lambda _host, value: truth(value),
    "not": lambda _host, value: not truth(value),
    "exists": lambda _host, value: value is not UNDEFINED,
    "count": lambda _host, items: 0 if items is UNDEFINED else len(items),
    "append": lambda _host, first, second: append(first, second),
    "reverse": lambda _host, items: items[::-1],
    "sort": _sort,
    "shuffle": _shuffle,
    "distinct": _distinct,
    "zip": _zip,
    "map": _map,
    "filter": _filter,
    "single": _single,
    "reduce": _reduce,
    "each": _each,
    "sift": _sift,
    "keys": _keys,
    "lookup": lambda _host, value, key: member(value, key),
    "spread": _spread,
    "merge": _merge,
    "clone": lambda _host, value: cloned(value),
    "type": _type,
    "error": _error,
    "assert": _assert,
}
