"""The values that JSONata computes with, beyond JSON: undefined, sequences and functions; and what may go wrong.

JSON values are Python's, null is None, numbers are doubles that are kept as ints where they are integral. Values are
never changed once made, so the input may be shared with results of evaluation; `to_json` copies what leaves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from stepvet.asl.jsonata.messages import message
from stepvet.asl.jsonata.text import join_surrogates

if TYPE_CHECKING:
    from stepvet.asl.jsonata.frames import Frame
    from stepvet.asl.jsonata.signature import Signature
    from stepvet.asl.jsonata.tree import Lambda, Transform


class Undefined(Enum):
    """The absence of a value: of a member that isn't there, of a path that leads nowhere."""

    UNDEFINED = "undefined"

    def __repr__(self) -> str:
        return "UNDEFINED"


UNDEFINED: Final = Undefined.UNDEFINED

Value: TypeAlias = Any
"""JSON, `UNDEFINED`, a `Sequence` or a function; a union of its own would make every line a cast."""


class Sequence(list[Value]):
    """What paths and filters give: none is undefined, one is that one itself, unless it is marked to be kept."""

    kept = False


class Constructed(list[Value]):
    """An array that a step of a path constructs: it is an item of the result, not a part of it."""


class Tuples(list[dict[str, Value]]):
    """Items (under "@") with the variables that the path has bound for each of them."""


class Failure(Exception):  # noqa: N818  the engine's own word for it would be "error", which parsing has taken
    """An error of evaluation on its way out. `inserts` fill its message; who knows more adds to them."""

    def __init__(self, code: str, **inserts: object) -> None:
        super().__init__(code)
        self.code = code
        self.inserts = inserts

    @property
    def message(self) -> str:
        return message(self.code, {name: shown(value) for name, value in self.inserts.items()})


@dataclass(frozen=True, slots=True)
class Closure:
    """A function that the expression defines, with the surroundings of its definition."""

    definition: Lambda
    context: Value
    frame: Frame
    signature: Signature | None


@dataclass(frozen=True, slots=True)
class Native:
    """A built-in function. Its implementation gets the host, then as many arguments as there are parameters.

    `arity` is the number of arguments that `$map` and its like offer it.
    """

    name: str
    implementation: Callable[..., Value]
    signature: Signature
    arity: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression: a function from a string to its first match."""

    source: str
    flags: str


@dataclass(frozen=True, slots=True)
class NextMatch:
    """The function that gives the match after one: what `next` of a match is."""

    pattern: Pattern
    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Composed:
    """`first ~> second`."""

    first: Function
    second: Function


@dataclass(frozen=True, slots=True)
class Partially:
    """A function with some of its arguments; a `Placeholder` of the tree stands for those to come."""

    function: Function
    arguments: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Transformer:
    """`|…|…|` with its surroundings."""

    definition: Transform
    frame: Frame


Function: TypeAlias = Closure | Native | Pattern | NextMatch | Composed | Partially | Transformer
_FUNCTIONS = (Closure, Native, Pattern, NextMatch, Composed, Partially, Transformer)


def is_function(value: Value) -> bool:
    return isinstance(value, _FUNCTIONS)


def is_number(value: Value) -> bool:
    """Whether it is a number, and a finite one: arithmetic with infinity fails with D1001."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return False
    if isinstance(value, float) and math.isinf(value):
        raise Failure("D1001", value=value)
    return True


def number(value: float) -> int | float:
    """A double as it is kept: an int where it is integral and written without an exponent."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return int(value)
    return value


def truth(value: Value) -> bool:
    """The boolean that `$boolean` makes of a value; undefined is false here."""
    match value:
        case bool() | str() | int() | float() | dict():
            return bool(value)
        case list():
            return any(truth(item) for item in value)
        case _:
            return False


def same(left: Value, right: Value) -> bool:
    """Deep equality: types count, numbers are doubles, members have no order."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return float(left) == float(right)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    return type(left) is type(right) and bool(left == right)


def append(first: Value, second: Value) -> Value:
    """`$append`: arrays joined, single values taken as arrays; undefined adds nothing."""
    if first is UNDEFINED or second is UNDEFINED:
        return second if first is UNDEFINED else first
    return [*as_list(first), *as_list(second)]


def as_list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def sequence(items: Iterable[Value]) -> Sequence:
    """A sequence of what is defined among the items."""
    return Sequence(item for item in items if item is not UNDEFINED)


class Unsupported(Exception):  # noqa: N818  caught where results leave; never an error of the expression
    """A function is, or is in, a result."""


def to_json(value: Value) -> Value:
    """A copy of a result as plain JSON, numbers being as JavaScript has them: an infinite one is null.

    Raises `Unsupported` for functions.
    """
    match value:
        case bool() | None:
            return value
        case str():
            return join_surrogates(value)
        case int():
            return value if abs(value) <= 2**53 else number(float(value))
        case float():
            return number(value) if math.isfinite(value) else None
        case list():
            return [to_json(item) for item in value]
        case dict():
            return {key: to_json(item) for key, item in value.items()}
        case _:
            raise Unsupported


def shown(value: object) -> object:
    """A value as a message shows it: functions and undefined parts are nothing."""
    try:
        return to_json(value)
    except Unsupported:
        return {}
