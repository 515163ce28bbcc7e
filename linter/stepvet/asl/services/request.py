"""A request as a check sees it, and what can be wrong with one.

`Given` is plain data. The caller makes it from its own tree with `template_request` (JSONPath: a name ending in `.$` is
a field whose value nobody knows yet) or `arguments_request` (JSONata). What isn't known is `UNKNOWN` and never judged.

Every fault has a path into the request: the keys as they are written (so `Payload.$`, not `Payload`) and indexes. It
leads to the value that is wrong, or to the object that lacks something. `certain` is false where the table may be older
than the service, or where Step Functions may convert what is given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from stepvet.asl import aws


class Unknown(Enum):
    """The one value that nobody knows before the state runs."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class GivenField:
    """A value with its key as written."""

    key: str
    value: "Given"


@dataclass(frozen=True, slots=True)
class GivenObject:
    """An object: what the service will see as names, to the fields that give them."""

    fields: Mapping[str, GivenField]


Given = Unknown | None | bool | int | float | str | tuple["Given", ...] | GivenObject


@dataclass(frozen=True, slots=True)
class MissingField:
    """The object at `path` lacks a required field. `misspelt` is a key there that likely stands for it."""

    path: Path
    name: str
    misspelt: str | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class MissingOneOf:
    """The object at `path` has none of several fields, of which one is required."""

    path: Path
    names: tuple[str, ...]
    certain: bool = True


@dataclass(frozen=True, slots=True)
class UnknownField:
    """The service has no such field; `path` ends in its key, `near` are the known names alike."""

    path: Path
    name: str
    near: tuple[str, ...] = ()
    certain: bool = True


@dataclass(frozen=True, slots=True)
class WrongKind:
    """A value of the wrong JSON type. `expected` and `given` are types in words: `an array`."""

    path: Path
    expected: str
    given: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A text that is none of those allowed."""

    path: Path
    value: str
    allowed: tuple[str, ...]
    near: tuple[str, ...] = ()
    certain: bool = True


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """A number outside `low` … `high`, inclusive."""

    path: Path
    value: float
    low: float | None
    high: float | None
    certain: bool = False


@dataclass(frozen=True, slots=True)
class OnlyOneOf:
    """The object at `path` has several fields, of which the service takes one at a time."""

    path: Path
    names: tuple[str, ...]
    certain: bool = True


@dataclass(frozen=True, slots=True)
class ForbiddenHeader:
    """A header that Step Functions sets itself or refuses to send."""

    path: Path
    name: str
    certain: bool = True


RequestFault = (
    MissingField | MissingOneOf | UnknownField | WrongKind | WrongValue | OutOfRange | OnlyOneOf | ForbiddenHeader
)


def template_request(value: object) -> Given:
    """A JSONPath payload template as a request. `value` is JSON in Python; any other value in it counts as unknown.

    >>> request = template_request({"QueueUrl": "${Queue}", "MessageBody.$": "$.body"})
    >>> [(name, field.key, field.value.value) for name, field in request.fields.items()]
    [('QueueUrl', 'QueueUrl', 'unknown'), ('MessageBody', 'MessageBody.$', 'unknown')]
    """
    match value:
        case {**fields} if any(map(_has_hole, fields)):
            return UNKNOWN
        case {**fields}:
            given = (GivenField(str(key), _template_value(str(key), item)) for key, item in fields.items())
            return GivenObject({field.key.removesuffix(".$"): field for field in given})
        case str() | bool() | int() | float() | None:
            return _scalar(value)
        case [*items]:
            return tuple(map(template_request, items))
        case _:
            return UNKNOWN


def arguments_request(value: object) -> Given:
    """JSONata `Arguments` as a request: every `{% … %}` is unknown."""
    match value:
        case {**fields} if any(map(_has_hole, fields)):
            return UNKNOWN
        case {**fields}:
            return GivenObject({str(k): GivenField(str(k), arguments_request(item)) for k, item in fields.items()})
        case str() if value.strip().startswith("{%"):
            return UNKNOWN
        case str() | bool() | int() | float() | None:
            return _scalar(value)
        case [*items]:
            return tuple(map(arguments_request, items))
        case _:
            return UNKNOWN


def aws_message(fault: RequestFault) -> str | None:
    """AWS's words for the fault when it checks a definition; None where it says nothing, or nothing is recorded."""
    match fault:
        case MissingField(name=name):
            return aws.FIELD_MISSING.format(name=name)
        case UnknownField(name=name):
            return aws.FIELD_UNSUPPORTED.format(name=name)
        case _:
            return None


def _template_value(key: str, value: object) -> Given:
    return UNKNOWN if key.endswith(".$") else template_request(value)


def _scalar(value: str | float | None) -> Given:
    return UNKNOWN if _has_hole(value) else value


def _has_hole(value: object) -> bool:
    """A key with a hole can stand for any name, so nothing is known of an object that has one."""
    return isinstance(value, str) and ("${" in value or "#{" in value)


def kind_of(value: Given) -> str:
    """The JSON type of a known value, in words."""
    match value:
        case GivenObject():
            return "an object"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case None:
            return "null"
        case Unknown():
            return "unknown"
        case Sequence():
            return "an array"
