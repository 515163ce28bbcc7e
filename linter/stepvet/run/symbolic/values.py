"""Symbolic JSON: what is known of a value, with its origin.

A value says only what is fixed for good. What a run has learnt about an unknown stands in its world, so that copies of
the unknown narrow together. `Obj` lays known members over an unknown object (`base`), or stands alone (`base` is None:
closed, it has no other members). `Arr` has known elements first and perhaps unknown ones after them (`tail`).

Invariant: values never change; an unknown's `id` is unique in an exploration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from itertools import count
from typing import Literal

from stepvet.asl.services import shapes
from stepvet.text.node import Json, Node

Scalar = None | bool | int | float | str
Kind = Literal["object", "array", "string", "number", "boolean", "null"]
KINDS: frozenset[Kind] = frozenset(("object", "array", "string", "number", "boolean", "null"))
Step = str | int


class Mark(Enum):
    """`ABSENT` stands where a member is known to be missing; `NOTHING` is JSONata's undefined."""

    ABSENT = "absent"
    NOTHING = "nothing"


ABSENT = Mark.ABSENT
NOTHING = Mark.NOTHING


class Source(StrEnum):
    """Where a value comes from."""

    INPUT = "input"
    RESULT = "result"
    LITERAL = "literal"
    TEMPLATE = "template"
    ERROR = "error"
    CONTEXT = "context"
    VARIABLE = "variable"
    HOLE = "hole"
    FUNCTION = "function"
    ITEM = "item"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Origin:
    """`text` completes "this is …"; `node` is the place in the definition that made the value."""

    source: Source
    text: str
    state: tuple[str, ...] = ()
    node: Node | None = field(default=None, compare=False, repr=False)


UNKNOWN = Origin(Source.FUNCTION, "a value that nobody knows")


@dataclass(frozen=True, slots=True)
class Con:
    """A known scalar."""

    value: Scalar
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Derived:
    """An unknown that a function makes of other values; the same call on the same values gives the same unknown."""

    function: str
    arguments: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sym:
    """An unknown. `path` leads to it from what `origin` names; `shape` is what a service's API or the user says."""

    id: int
    shape: shapes.Shape = field(default=shapes.ANY, compare=False, repr=False)
    origin: Origin = field(default=UNKNOWN, compare=False, repr=False)
    path: tuple[Step, ...] = field(default=(), compare=False)
    derived: Derived | None = field(default=None, compare=False, repr=False)
    optional: bool = field(default=False, compare=False)
    """A member that the API's answer can lack."""


@dataclass(frozen=True, slots=True, eq=False)
class Obj:
    fields: Mapping[str, Value | Mark]
    base: Sym | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Arr:
    items: tuple[Value, ...]
    tail: Sym | None = None
    origin: Origin | None = None


Value = Con | Obj | Arr | Sym


class AnyIndex(int):
    """The position of an element that stands for any: a number for the core, an unknown for the run."""


class Symbols:
    """Makes unknowns; one a exploration. What a function gives for given arguments is made once."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._derived: dict[tuple[object, ...], Sym] = {}
        self._holes: dict[str, Sym] = {}

    def fresh(
        self,
        origin: Origin,
        shape: shapes.Shape = shapes.ANY,
        path: tuple[Step, ...] = (),
        optional: bool = False,
    ) -> Sym:
        return Sym(next(self._ids), shape, origin, path, optional=optional)

    def member(self, of: Sym, step: Step, shape: shapes.Shape, optional: bool = False) -> Sym:
        return self.fresh(of.origin, shape, (*of.path, step), optional)

    def derived(self, function: str, arguments: tuple[Value, ...], shape: shapes.Shape, origin: Origin) -> Sym:
        key = (function, *(identity(a) for a in arguments))
        if key not in self._derived:
            self._derived[key] = Sym(next(self._ids), shape, origin, (), Derived(function, arguments))
        return self._derived[key]

    def hole(self, text: str, shape: shapes.Shape) -> Sym:
        """The unknown behind a `${…}`: the same text is the same value everywhere."""
        if text not in self._holes:
            self._holes[text] = self.fresh(Origin(Source.HOLE, f"`{text}`"), shape)
        return self._holes[text]


def identity(value: Value | Mark) -> object:
    """A key that is equal for values that are the same piece of knowledge."""
    match value:
        case Con():
            return (type(value.value).__name__, value.value)
        case Sym():
            return value.id
        case Obj():
            members = tuple(sorted((k, identity(v)) for k, v in value.fields.items()) if value.fields else ())
            return ("object", members, value.base.id if value.base else None)
        case Arr():
            return ("array", tuple(map(identity, value.items)), value.tail.id if value.tail else None)
        case Mark():
            return value


def lift(json: Json, origin: Origin | None = None) -> Value:
    """A JSON value as it is: exact and closed."""
    match json:
        case dict():
            return Obj({k: lift(v, origin) for k, v in json.items()}, None, origin)
        case list():
            return Arr(tuple(lift(v, origin) for v in json), None, origin)
        case _:
            return Con(json, origin)


def exact(value: Value) -> bool:
    """Whether nothing in the value is unknown."""
    match value:
        case Con():
            return True
        case Sym():
            return False
        case Obj():
            return value.base is None and all(exact(v) for v in value.fields.values() if not isinstance(v, Mark))
        case Arr():
            return value.tail is None and all(map(exact, value.items))


MOST_COUNTED = 5000


def size(value: Value) -> int:
    """How many parts a value has; above `MOST_COUNTED` they are not counted further."""
    pending: list[Value | Mark] = [value]
    count = 0
    while pending and count < MOST_COUNTED:
        count += 1
        match pending.pop():
            case Obj(fields=fields):
                pending.extend(fields.values())
            case Arr(items=items):
                pending.extend(items)
    return count


def to_json(value: Value) -> Json:
    """The JSON of an exact value; raises TypeError for others."""
    match value:
        case Con():
            return value.value
        case Obj(fields=fields, base=None):
            return {k: to_json(v) for k, v in fields.items() if not isinstance(v, Mark)}
        case Arr(items=items, tail=None):
            return [to_json(v) for v in items]
        case _:
            raise TypeError("unknown value")


def kind_of(value: Scalar | dict[str, Json] | list[Json]) -> Kind:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case str():
            return "string"
        case dict():
            return "object"
        case list():
            return "array"
        case _:
            return "number"


def symbols_in(value: Value | Mark) -> Iterator[Sym]:
    match value:
        case Sym():
            yield value
            for argument in value.derived.arguments if value.derived else ():
                yield from symbols_in(argument)
        case Obj():
            for member in value.fields.values():
                yield from symbols_in(member)
            if value.base:
                yield value.base
        case Arr():
            for item in value.items:
                yield from symbols_in(item)
            if value.tail:
                yield value.tail


def kinds_of_shape(shape: shapes.Shape) -> frozenset[Kind]:
    match shape:
        case shapes.AnyValue():
            return KINDS
        case shapes.String() | shapes.Timestamp():
            return frozenset(("string",))
        case shapes.Boolean():
            return frozenset(("boolean",))
        case shapes.Number() | shapes.Integer():
            return frozenset(("number",))
        case shapes.ListOf():
            return frozenset(("array",))
        case shapes.MapOf() | shapes.Object():
            return frozenset(("object",))
