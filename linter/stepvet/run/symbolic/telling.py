"""A failure told to its reader: the consequence, the places where the value was made, help."""

from __future__ import annotations

from dataclasses import dataclass

from stepvet.asl.model import State
from stepvet.asl.paths.tree import Path, Root
from stepvet.asl.services import shapes
from stepvet.run.failure import NO_CHOICE_MATCHED
from stepvet.run.symbolic.access import Miss, Why
from stepvet.run.symbolic.describing import name_of
from stepvet.run.symbolic.domain import Met, Symbolic
from stepvet.run.symbolic.model import Model
from stepvet.run.symbolic.trouble import Trouble
from stepvet.run.symbolic.values import Arr, Con, Mark, Obj, Origin, Sym, Value
from stepvet.run.symbolic.world import ObjectShape, World, trail_of
from stepvet.text.near import nearest
from stepvet.text.node import Node


@dataclass(frozen=True, slots=True)
class Told:
    """`message` in lower case without a full stop; `labels` are (place, message) of the story."""

    message: str
    labels: tuple[tuple[Node, str], ...] = ()
    help: str | None = None


def tell(domain: Symbolic, state: State, met: Met) -> Told:
    trouble = met.failure.detail
    if not isinstance(trouble, Trouble):
        return _told_by_cause(state, met)
    if trouble.miss is None:
        return _of_value(domain, state, trouble)
    if trouble.field.endswith("ResultPath"):
        return _of_result_path(domain, state, trouble, trouble.miss)
    return _of_miss(domain, state, trouble, trouble.miss)


def _told_by_cause(state: State, met: Met) -> Told:
    if met.failure.error == NO_CHOICE_MATCHED:
        return Told(f'"{state.name}" fails when no rule matches, and it has no Default')
    cause = (met.failure.cause or "").partition("). ")[2] or met.failure.cause or ""
    return Told(f'"{state.name}" fails: {_lowered(cause)}')


def _lowered(text: str) -> str:
    starts_a_word = text[1:2].islower() or text[1:2] == " "
    return (text[:1].lower() if starts_a_word else text[:1]) + text[1:].rstrip(".")


def _of_value(domain: Symbolic, state: State, trouble: Trouble) -> Told:
    labels = _labels(domain.origins.of(trouble.value), "its value comes from here")
    return Told(f'"{state.name}" fails at {trouble.field}: {_lowered(trouble.reason)}', labels)


def _of_result_path(domain: Symbolic, state: State, trouble: Trouble, miss: Miss) -> Told:
    path = trouble.path.text if trouble.path else "the ResultPath"
    what = described(trouble.world, miss.value)
    labels = _labels(domain.origins.of(miss.value), "its input comes from here")
    return Told(
        f'`{path}` can\'t be written when "{state.name}" runs, because {what} has no place for `{miss.step}`',
        labels,
        "give the state an object as its input, or leave ResultPath out",
    )


def _of_miss(domain: Symbolic, state: State, trouble: Trouble, miss: Miss) -> Told:
    assert trouble.path is not None
    origin = domain.origins.of(miss.value)
    top = trouble.path.root is Root.CONTEXT and miss.depth == 0
    place = "the Context Object" if top else _held(trouble.world, miss.value, origin)
    why = reason(trouble.world, miss, place)
    message = f'`{trouble.path.text}` cannot exist when "{state.name}" runs: {why}'
    near = nearest(str(miss.step), known_keys(miss.value, trouble.world)) if isinstance(miss.step, str) else None
    return Told(
        message, _labels(origin, _made(miss.value)), f"did you mean `{near}`" if near else _advice(miss, origin)
    )


def reason(world: World, miss: Miss, place: str) -> str:
    """Why there is no such node in the value that is called `place`."""
    match miss.why:
        case Why.CLOSED:
            return f"{place} has only {_listed(known_keys(miss.value, world))}"
        case Why.REMOVED:
            return f"a rule on the way found that {place} has no `{miss.step}`"
        case Why.NO_FIELD:
            return f"{place} has no field `{miss.step}`"
        case Why.OUT_OF_RANGE:
            return f"{place} has no element {miss.step}"
        case _:
            return f"{described(world, miss.value)} has no `{miss.step}`"


def _held(world: World, value: Value | None, origin: Origin | None) -> str:
    if isinstance(value, Sym):
        return name_of(value)
    return origin.text if origin else described(world, value)


def described(world: World, value: Value | None) -> str:
    """A value in a few words."""
    match value:
        case Con(value=None):
            return "null"
        case Con(value=str() as text):
            return f"the text {text!r}" if len(text) < 40 else "a text"
        case Con(value=scalar):
            return f"the {'boolean' if isinstance(scalar, bool) else 'number'} {str(scalar).lower()}"
        case Arr():
            return "an array"
        case Sym():
            return name_of(value)
        case _:
            return "an object"


def known_keys(value: Value | None, world: World) -> list[str]:
    """The names that a value has or may have."""
    match value:
        case Obj(fields=fields):
            return [key for key, member in fields.items() if not isinstance(member, Mark)]
        case Sym(shape=shapes.Object(members=members)):
            return list(members)
        case Sym():
            shape = world.shapes.get(value.id)
            held = shape.members.items() if isinstance(shape, ObjectShape) else ()
            return [key for key, member in held if not isinstance(member, Mark)]
        case _:
            return []


def _listed(keys: list[str]) -> str:
    """Names in a row, cut where there are many.

    >>> _listed(["a", "b", "c"])
    '`a`, `b` and `c`'
    """
    if not keys:
        return "no members at all"
    shown = [f"`{key}`" for key in keys[:_MOST_KEYS]]
    if len(keys) > _MOST_KEYS:
        return f"{', '.join(shown)} and {len(keys) - _MOST_KEYS} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


_MOST_KEYS = 6


def _made(value: Value | None) -> str:
    return "this is what it reads from" if isinstance(value, Sym) else "the value is made here"


def _labels(origin: Origin | None, message: str) -> tuple[tuple[Node, str], ...]:
    return ((origin.node, message),) if origin and origin.node is not None else ()


def _advice(miss: Miss, origin: Origin | None) -> str | None:
    if origin and origin.source.value == "error":
        return "give the Catch a ResultPath, so that the input is kept beside the error"
    return None


def falls_through(world: World, start: Value) -> object:
    """The input with which no rule matches."""
    return Model(world).value(start)


__all__ = ["Path", "Told", "described", "falls_through", "tell", "trail_of"]
