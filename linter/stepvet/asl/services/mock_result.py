"""Whether a mocked result can come from the service that it stands for, as TestState checks it.

    STRICT   every required field is there, and what is there conforms to the API
    PRESENT  what is there conforms to the API
    NONE     anything goes

Measured at AWS: a field that the API doesn't have is let through in PRESENT mode, one in a foreign letter case counts
as such, numbers given as text are refused, and the message names the innermost field. AWS reports one fault; the first
one here is that one. The wording for a missing field is not recorded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from stepvet.asl.services.shapes import (
    AnyValue,
    Boolean,
    Integer,
    ListOf,
    MapOf,
    Number,
    Object,
    Shape,
    String,
    Timestamp,
)

Path = tuple[str | int, ...]


class FieldValidationMode(StrEnum):
    """How strictly TestState looks at a mocked result; STRICT unless the request says otherwise."""

    STRICT = "STRICT"
    PRESENT = "PRESENT"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class ResponseFault:
    """`path` leads to the value at fault, or to where the missing one belongs. `name` is the innermost field's."""

    path: Path
    name: str
    what: str

    @property
    def message(self) -> str:
        """AWS's message, as its ValidationException has it."""
        return f"Mock result schema validation error: {self.what}"


def response_faults(shape: Shape, value: object, mode: FieldValidationMode) -> Iterator[ResponseFault]:
    """What is wrong with `value`, JSON in Python, as a result of that shape; in the order of the value's own fields."""
    if mode is not FieldValidationMode.NONE:
        yield from _Reader(mode).faults(shape, value, (), "")


@dataclass(frozen=True, slots=True)
class _Reader:
    mode: FieldValidationMode

    def faults(self, shape: Shape, value: object, path: Path, name: str) -> Iterator[ResponseFault]:
        if value is None:
            return
        if kind := _mismatch(shape, value):
            yield ResponseFault(path, name, f"Field '{name}' must be {kind}")
            return
        match shape, value:
            case Object(), {**fields}:
                yield from self._object(shape, fields, path)
            case MapOf(item), {**fields}:
                for key, entry in fields.items():
                    yield from self.faults(item, entry, (*path, str(key)), str(key))
            case ListOf(item), [*items]:
                for at, element in enumerate(items):
                    yield from self.faults(item, element, (*path, at), name)
            case _:
                yield from _limits(shape, value, path, name)

    def _object(self, shape: Object, fields: Mapping[object, object], path: Path) -> Iterator[ResponseFault]:
        if self.mode is FieldValidationMode.STRICT:
            for name, member in shape.members.items():
                if member.required and not fields.keys() & {name, *member.names}:
                    yield ResponseFault((*path, name), name, f"Required field '{name}' is missing")
        for key, value in fields.items():
            if found := shape.find(str(key)):
                yield from self.faults(found.shape, value, (*path, str(key)), str(key))


def _mismatch(shape: Shape, value: object) -> str | None:
    """What the value must be, in AWS's words, if it is something else."""
    match shape:
        case AnyValue():
            return None
        case Object() | MapOf():
            return None if isinstance(value, dict) else "an object"
        case ListOf():
            return None if isinstance(value, list) else "an array"
        case String() | Timestamp():
            return None if isinstance(value, str) else "a string"
        case Boolean():
            return None if isinstance(value, bool) else "a boolean"
        case Integer() | Number():
            return None if isinstance(value, int | float) and not isinstance(value, bool) else "a number"
        case _:
            assert_never(shape)


def _limits(shape: Shape, value: object, path: Path, name: str) -> Iterator[ResponseFault]:
    match shape, value:
        case String(values), str() if values and value not in values:
            yield ResponseFault(path, name, f"Field '{name}' is not an expected value")
        case ((Integer(low) | Number(low)), int() | float()) if low is not None and value < low:
            yield ResponseFault(path, name, f"Field '{name}' is less than the minimum value")
        case ((Integer(_, high) | Number(_, high)), int() | float()) if high is not None and value > high:
            yield ResponseFault(path, name, f"Field '{name}' exceeds the maximum value")
        case _:
            return
