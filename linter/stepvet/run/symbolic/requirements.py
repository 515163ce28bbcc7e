"""What a machine requires of its input, inferred: the members that every run to a good end has read, as a JSON Schema.

It says what the definition reads, not what its tasks want. A member that only some runs read is described and not
required.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

from stepvet.asl.model import StateMachine
from stepvet.run.failure import Failure
from stepvet.run.symbolic.explorer import Explorer
from stepvet.run.symbolic.limits import Limits
from stepvet.run.symbolic.live import live_names
from stepvet.run.symbolic.values import KINDS, Mark, Origin, Source, Sym, Value
from stepvet.run.symbolic.world import ArrayShape, ObjectShape, World, kinds

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def input_schema(machine: StateMachine) -> Schema:
    """The JSON Schema of inputs with which no read fails."""
    explorer = Explorer(machine, Limits(), live_names(machine))
    start = explorer.domain.symbols.fresh(Origin(Source.INPUT, "the execution's input"))
    ends = ((world, answer) for world, answer in explorer.run(start))
    worlds = [world for world, answer in ends if not isinstance(answer, Failure)]
    return {"$schema": DIALECT, **described(worlds, start)}


def described(worlds: Iterable[World], start: Value) -> Schema:
    """The schema that holds for the value in all of the worlds."""
    schemas = [schema_of(world, start) for world in worlds]
    return reduce(joined, schemas) if schemas else {}


def schema_of(world: World, value: Value) -> Schema:
    """What one world knows of a value."""
    if not isinstance(value, Sym):
        return {}
    match world.shapes.get(value.id):
        case ObjectShape(members=members):
            held = {k: schema_of(world, v) for k, v in sorted(members.items()) if not isinstance(v, Mark)}
            required = [k for k in held if (value.id, k) not in world.assumed]
            return {"type": "object", "properties": held} | ({"required": required} if required else {})
        case ArrayShape(items=items):
            inner = [schema_of(world, item) for item in items]
            return {"type": "array"} | ({"items": reduce(joined, inner)} if any(inner) else {})
    return _typed(kinds(world, value))


def _typed(having: frozenset[str]) -> Schema:
    if having == KINDS or not having:
        return {}
    names = sorted(having)
    return {"type": names[0] if len(names) == 1 else names}


def joined(left: Schema, right: Schema) -> Schema:
    """What holds whichever of the two does."""
    if left == right:
        return left
    types = _types(left) | _types(right)
    found: Schema = _typed(frozenset(types)) if _types(left) and _types(right) else {}
    if "properties" in left or "properties" in right:
        found |= _members(left, right)
    if "items" in left and "items" in right:
        found["items"] = joined(left["items"], right["items"])
    return found


def _types(schema: Schema) -> set[str]:
    told = schema.get("type", [])
    return {told} if isinstance(told, str) else set(told)


def _members(left: Schema, right: Schema) -> Schema:
    one, other = left.get("properties", {}), right.get("properties", {})
    properties = {
        key: joined(one[key], other[key]) if key in one and key in other else one.get(key, other.get(key))
        for key in sorted({*one, *other})
    }
    required = sorted(set(left.get("required", ())) & set(right.get("required", ())))
    return {"properties": properties} | ({"required": required} if required else {})
