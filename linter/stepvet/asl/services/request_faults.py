"""Checks of a Task's request against what its integration takes.

Optimized integrations: required and unknown fields at the top, and the values and headers that are documented; what
lies deeper is the service's affair, for Step Functions converts much of it on the way. SDK integrations: the whole
request against the service model.

Step Functions reads a request as the SDK for Java does, so a number may be given as text, and anything at all for text:
an object becomes its JSON. Only what no conversion saves is a fault: text for a list, a word for a number.
"""

from collections.abc import Iterable, Iterator, Mapping

from stepvet.asl.services.integration_data import FORBIDDEN_HEADERS
from stepvet.asl.services.integrations import Integration, integration
from stepvet.asl.services.request import (
    ForbiddenHeader,
    Given,
    GivenField,
    GivenObject,
    MissingField,
    MissingOneOf,
    OnlyOneOf,
    OutOfRange,
    Path,
    RequestFault,
    Unknown,
    UnknownField,
    WrongKind,
    WrongValue,
    kind_of,
)
from stepvet.asl.services.resource import Optimized, Resource, SdkCall, integration_name
from stepvet.asl.services.results import request_members
from stepvet.asl.services.sdk import sdk_service
from stepvet.asl.services.shapes import (
    Boolean,
    Integer,
    ListOf,
    MapOf,
    Member,
    Number,
    Object,
    Shape,
    String,
    Timestamp,
)
from stepvet.text.near import near_names

_EXPECTED: dict[type, str] = {
    String: "a string",
    Timestamp: "a timestamp",
    Boolean: "a boolean",
    Integer: "an integer",
    Number: "a number",
    ListOf: "an array",
    MapOf: "an object",
    Object: "an object",
}


def needs_request(resource: Resource) -> bool:
    """Whether AWS refuses a Task on `resource` that has neither Parameters nor Arguments."""
    facts = integration(resource) if isinstance(resource, Optimized) else None
    return bool(facts and facts.required)


def request_shape(resource: Resource) -> Object | None:
    """What an SDK integration takes, from the service model; None for other resources, and where it is unknown."""
    match resource:
        case SdkCall(str(name), str(action)):
            service = sdk_service(name)
            known = service.action(action) if service else None
            return known.request_shape if known else None
        case _:
            return None


def request_faults(resource: Resource, request: Given) -> Iterator[RequestFault]:
    """All that is wrong with `request`; nothing where the resource or the request isn't known."""
    if not isinstance(request, GivenObject):
        return
    match resource:
        case Optimized():
            facts = integration(resource)
            if facts is not None:
                yield from _optimized_faults(facts, resource, request)
        case SdkCall():
            shape = request_shape(resource)
            if shape is not None:
                yield from _object_faults(shape, request, ())
        case _:
            return


def _optimized_faults(facts: Integration, resource: Optimized, request: GivenObject) -> Iterator[RequestFault]:
    api = request_members(resource)
    known = facts.stated_fields | set(api.members if api else ())
    unknown = tuple(_unknown(field.key, name, known, ()) for name, field in request.fields.items() if name not in known)
    yield from unknown
    yield from _missing(facts.required, request, unknown, ())
    for group in facts.one_of:
        if not request.fields.keys() & set(group):
            yield MissingOneOf((), group)
    for name, shape in facts.shapes.items():
        if field := request.fields.get(name):
            yield from _faults(shape, field.value, (field.key,))
    for path, allowed in facts.values.items():
        yield from _value_at(request, path, allowed)
    yield from _header_faults(FORBIDDEN_HEADERS.get(integration_name(resource) or "", ()), request)


def _value_at(request: GivenObject, names: tuple[str, ...], allowed: tuple[str, ...]) -> Iterator[RequestFault]:
    value: Given = request
    path: Path = ()
    for name in names:
        found = value.fields.get(name) if isinstance(value, GivenObject) else None
        if found is None:
            return
        value, path = found.value, (*path, found.key)
    if isinstance(value, str):
        yield from _text_faults(value, allowed, path)


def _header_faults(forbidden: tuple[str, ...], request: GivenObject) -> Iterator[ForbiddenHeader]:
    headers = request.fields.get("Headers")
    if headers is None or not isinstance(headers.value, GivenObject):
        return
    for name, field in headers.value.fields.items():
        if any(_matches(name.lower(), pattern.lower()) for pattern in forbidden):
            yield ForbiddenHeader((headers.key, field.key), name)


def _matches(name: str, pattern: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def _faults(shape: Shape, value: Given, path: Path) -> Iterator[RequestFault]:
    """Null is taken for absence, as the SDK takes it."""
    if value is None or isinstance(value, Unknown):
        return
    if not _convertible(shape, value):
        yield WrongKind(path, _EXPECTED[type(shape)], kind_of(value))
        return
    match shape, value:
        case Object(), GivenObject():
            yield from _object_faults(shape, value, path)
        case MapOf(item), GivenObject(fields):
            yield from _each(item, fields.values(), path)
        case ListOf(item), tuple():
            for at, element in enumerate(value):
                yield from _faults(item, element, (*path, at))
        case String(allowed), str() if allowed:
            yield from _text_faults(value, allowed, path)
        case Integer(low, high) | Number(low, high), int() | float():
            if (low is not None and value < low) or (high is not None and value > high):
                yield OutOfRange(path, value, low, high)
        case _:
            return


def _each(shape: Shape, fields: Iterable[GivenField], path: Path) -> Iterator[RequestFault]:
    for field in fields:
        yield from _faults(shape, field.value, (*path, field.key))


def _convertible(shape: Shape, value: Given) -> bool:
    """Whether the SDK can make of `value` what `shape` asks for."""
    match shape:
        case Object() | MapOf():
            return isinstance(value, GivenObject)
        case ListOf():
            return isinstance(value, tuple)
        case Timestamp():
            return not isinstance(value, GivenObject | tuple)
        case Boolean():
            return isinstance(value, int) or (isinstance(value, str) and value.strip().lower() in {"true", "false"})
        case Integer() | Number():
            return isinstance(value, int | float) or (isinstance(value, str) and _is_number(value))
        case _:
            return True


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _object_faults(shape: Object, value: GivenObject, path: Path) -> Iterator[RequestFault]:
    known = _by_spelling(shape)
    unknown = tuple(
        _unknown_member(field.key, name, shape, path)
        for name, field in value.fields.items()
        if name not in known and shape.closed
    )
    yield from unknown
    given = {id(known[name]) for name in value.fields if name in known}
    required = (name for name, member in shape.members.items() if member.required and id(member) not in given)
    yield from _missing(required, value, unknown, path)
    if shape.union and len(value.fields) > 1:
        yield OnlyOneOf(path, tuple(value.fields))
    for name, field in value.fields.items():
        if name in known:
            yield from _faults(known[name].shape, field.value, (*path, field.key))


def _by_spelling(shape: Object) -> Mapping[str, Member]:
    other = {spelling: member for member in shape.members.values() for spelling in member.names}
    return other | dict(shape.members)


def _missing(
    required: Iterable[str], value: GivenObject, unknown: Iterable[UnknownField], path: Path
) -> Iterator[MissingField]:
    slips = {near: fault.name for fault in unknown for near in fault.near[:1]}
    for name in required:
        if name not in value.fields:
            yield MissingField(path, name, slips.get(name))


def _unknown(key: str, name: str, known: Iterable[str], path: Path) -> UnknownField:
    near = near_names(name, known)
    return UnknownField((*path, key), name, near, certain=bool(near) and not _continues(name, near[0]))


def _unknown_member(key: str, name: str, shape: Object, path: Path) -> UnknownField:
    """Certain if a name whose spelling is beyond doubt is near, and so long as it isn't a mere continuation of it."""
    near = near_names(name, shape.members)
    certain = bool(near) and shape.members[near[0]].exact and not _continues(name, near[0])
    return UnknownField((*path, key), name, near, certain)


def _continues(name: str, known: str) -> bool:
    """Whether `name` may be a newer field beside `known`, as `PayloadV2` beside `Payload`."""
    if name.lower() == known.lower() or not name.isalnum():
        return False
    return name.startswith(known) or known.startswith(name)


def _text_faults(value: str, allowed: tuple[str, ...], path: Path) -> Iterator[WrongValue]:
    """Services add values, so one that is like no other may just be new."""
    if value not in allowed:
        near = near_names(value, allowed)
        yield WrongValue(path, value, allowed, near, certain=bool(near))
