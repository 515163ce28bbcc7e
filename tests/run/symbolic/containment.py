"""Does a symbolic value, in its world, stand for a JSON value? The relation that the containment tests are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from stepvet.run.symbolic.facts import meets_all, same, stands
from stepvet.run.symbolic.values import Arr, Con, Mark, Obj, Sym, Value
from stepvet.run.symbolic.world import ArrayShape, ObjectShape, World

MISSING = object()


@dataclass
class Reading:
    """What each unknown stands for; built on the way, so that copies agree."""

    world: World
    chosen: dict[int, Any] = field(default_factory=dict)

    def holds(self, value: Value | Mark, json: Any) -> bool:
        match value:
            case Mark():
                return json is MISSING
            case Con():
                return json is not MISSING and same(value.value, json)
            case Obj():
                return isinstance(json, dict) and self._object(value, json)
            case Arr():
                return isinstance(json, list) and self._array(value, json)
            case Sym():
                return json is not MISSING and self._unknown(value, json)

    def _object(self, value: Obj, json: dict[str, Any]) -> bool:
        if not all(self.holds(member, json.get(key, MISSING)) for key, member in value.fields.items()):
            return False
        if value.base is None:
            return set(json) <= set(value.fields)
        return True  # what lies under the known members can't be told from the result alone

    def _array(self, value: Arr, json: list[Any]) -> bool:
        count = len(value.items)
        if len(json) < count or (value.tail is None and len(json) > count):
            return False
        return all(self.holds(item, other) for item, other in zip(value.items, json[:count], strict=True))

    def _unknown(self, sym: Sym, json: Any) -> bool:
        if sym.id in self.chosen:
            return same(self.chosen[sym.id], json)
        self.chosen[sym.id] = json
        match self.world.shapes.get(sym.id):
            case ObjectShape(members=members):
                return isinstance(json, dict) and all(self.holds(m, json.get(k, MISSING)) for k, m in members.items())
            case ArrayShape(items=items, ends=ends):
                fits = isinstance(json, list) and len(json) >= len(items) and (not ends or len(json) == len(items))
                return fits and all(self.holds(i, j) for i, j in zip(items, json[: len(items)], strict=True))
        return meets_all(json, self.world.facts.get(sym.id, ()))

    def related(self) -> bool:
        pairs = [r for r in self.world.relations if r.left in self.chosen and r.right in self.chosen]
        return all(stands(r.operator, self.chosen[r.left], self.chosen[r.right]) is r.holds for r in pairs)


def covers(world: World, value: Value, json: Any) -> bool:
    reading = Reading(world)
    return reading.holds(value, json) and reading.related()
