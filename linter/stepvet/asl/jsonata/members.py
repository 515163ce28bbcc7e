"""How JSONata reaches into values: a field, all members, all descendants. Arrays are looked through, item by item."""

from __future__ import annotations

from collections.abc import Iterable

from stepvet.asl.jsonata.values import UNDEFINED, Sequence, Value, append


def member(item: Value, name: str) -> Value:
    """A field of an object, or of each object of an array."""
    if isinstance(item, dict):
        return item.get(name, UNDEFINED)
    if not isinstance(item, list):
        return UNDEFINED
    found = Sequence()
    for part in item:
        value = member(part, name)
        if isinstance(value, list):
            found.extend(value)
        elif value is not UNDEFINED:
            found.append(value)
    return found


def members(item: Value) -> Value:
    """`*`: the members of an object or array; arrays among them are flattened, and then nothing is unwrapped."""
    values = list(item.values()) if isinstance(item, dict) else item if isinstance(item, list) else []
    found: Value = Sequence()
    for value in values:
        if isinstance(value, list):
            found = append(found, list(_flat(value)))
        else:
            found.append(value)
    return found


def descendants(item: Value) -> Value:
    """`**`: the item and all that is in it, arrays themselves left out."""
    found = Sequence()
    pending = [] if item is UNDEFINED else [item]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(reversed(value))
            continue
        found.append(value)
        if isinstance(value, dict):
            pending.extend(reversed(value.values()))
    return found


def _flat(value: Value) -> Iterable[Value]:
    if isinstance(value, list):
        for item in value:
            yield from _flat(item)
    else:
        yield value
