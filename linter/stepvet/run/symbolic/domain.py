"""The symbolic domain: what the core asks of values, answered for values that nobody knows yet.

Unknown data never fails: a read makes the unknown what the reader needs. What comes back as a failure is one for every
value consistent with the world; it carries a `Trouble`. Where the executor can decide because everything is known, its
own functions do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from stepvet.asl.intrinsics.functions import IntrinsicFailure
from stepvet.asl.model import State
from stepvet.asl.operators import Operator
from stepvet.asl.paths.tree import Name, Path, Root
from stepvet.asl.services import shapes
from stepvet.run.demand import Demand, Spot
from stepvet.run.domain import Field, Stage, Turn
from stepvet.run.failure import INTRINSIC, QUERY_EVALUATION, RESULT_PATH_MATCH, RUNTIME, Failure
from stepvet.run.move import Absent, Visit
from stepvet.run.symbolic import access, calling, comparing, gathering, throwing
from stepvet.run.symbolic.access import Miss
from stepvet.run.symbolic.facts import Fact, equal_to
from stepvet.run.symbolic.origins import Origins
from stepvet.run.symbolic.trouble import Trouble, troubled
from stepvet.run.symbolic.values import (
    UNKNOWN,
    AnyIndex,
    Arr,
    Con,
    Kind,
    Obj,
    Origin,
    Source,
    Sym,
    Symbols,
    Value,
    exact,
    lift,
    to_json,
)
from stepvet.run.symbolic.world import World, kinds, learn, learn_kind, pinned
from stepvet.text.node import Json, Node, String

Answers = Iterator[tuple[World, Value | Failure]]
Asked = Literal["read", "check"]
"""A field can be read well and still get a value that it doesn't take."""
NOW = Origin(Source.CONTEXT, "the time")
TOKEN = Origin(Source.CONTEXT, "the task token")


@dataclass(frozen=True, slots=True)
class Met:
    """A failure that no value consistent with `world` avoids, in the state where it arose."""

    state: State
    world: World
    failure: Failure


@dataclass(frozen=True, slots=True)
class Hint:
    """A path that reads a name of which nothing is known; `beside` are the names that the machine wrote there."""

    state: tuple[str, ...]
    node: Node
    path: Path
    beside: tuple[str, ...]


class Symbolic:
    """One exploration's domain. It keeps no state of a run: only the unknowns made so far, who made which object, and
    the failures met."""

    def __init__(self) -> None:
        self.symbols = Symbols()
        self.origins = Origins()
        self.met: list[Met] = []
        self.passed: set[tuple[int, Asked]] = set()
        self.hints: dict[int, Hint] = {}
        self.turns: set[tuple[tuple[str, ...], Turn, int]] = set()
        self._owners: dict[int, tuple[str, ...]] = {}

    # making values

    def literal(self, value: Json) -> Value:
        if isinstance(value, AnyIndex):
            return self.symbols.fresh(Origin(Source.CONTEXT, "the item's index"), shapes.Integer(low=0))
        return self._holed(value) if _has_hole(value) else lift(value)

    def _holed(self, value: Json) -> Value:
        match value:
            case str() if _has_hole(value):
                whole = value.startswith("${") and value.index("}") == len(value) - 1
                return self.symbols.hole(value, shapes.ANY if whole else shapes.STRING)
            case dict():
                return Obj({k: self._holed(v) for k, v in value.items()})
            case list():
                return Arr(tuple(map(self._holed, value)))
            case _:
                return Con(value)

    def record(self, members: Mapping[str, Value]) -> Value:
        return Obj(members)

    def sequence(self, items: Sequence[Value]) -> Value:
        return Arr(tuple(items))

    # reading and writing

    def read(self, world: World, value: Value, path: Path, field: Field) -> Answers:
        found = gathering.find(self.symbols, world, value, path)
        if isinstance(found, Miss) and access.excused(world, found.value):
            yield self._anything(world, field)
        elif isinstance(found, Miss):
            trouble = Trouble(world, field.name, found, path, value)
            yield world, troubled(RUNTIME, f"`{path.text}` finds nothing", field.node, trouble)
        else:
            self._pass(field)
            self._hint(world, value, path, field)
            yield found

    def _hint(self, world: World, value: Value, path: Path, field: Field) -> None:
        """Notes a path whose first name nothing in the run has made or read before, for hints about misspelt names."""
        first = path.segments[0] if path.segments else None
        if not isinstance(first, Name) or path.root is not Root.DOCUMENT or id(field.node) in self.hints:
            return
        owner = access.owner_of(value, first.name)
        if owner is not None and world.trail and not access.knows(world, owner, first.name):
            beside = tuple(value.fields) if isinstance(value, Obj) else ()
            self.hints[id(field.node)] = Hint(world.trail.state, field.node, path, beside)

    def _pass(self, field: Field, asked: Asked = "read") -> None:
        self.passed.add((id(field.node), asked))

    def _anything(self, world: World, field: Field) -> tuple[World, Value]:
        self._pass(field)
        return world.supposing(), self.symbols.fresh(UNKNOWN)

    def present(self, world: World, value: Value, path: Path) -> Iterator[tuple[World, bool]]:
        steps = gathering.steps_of(path.segments)
        if steps is not None:
            return access.present(self.symbols, world, value, steps)
        return iter([(world, True)])

    def write(self, world: World, into: Value, path: Path, item: Value, field: Field) -> Answers:
        steps = gathering.steps_of(path.segments)
        written = access.write(self.symbols, world, into, steps, item) if steps is not None else (world, item)
        if isinstance(written, Miss) and access.excused(world, written.value):
            yield self._anything(world, field)
        elif isinstance(written, Miss):
            trouble = Trouble(world, field.name, written, path, into)
            yield world, troubled(RESULT_PATH_MATCH, f"`{path.text}` does not fit the input", field.node, trouble)
        else:
            self._pass(field)
            yield written

    def fits(self, world: World, value: Value, what: str) -> Answers:
        yield world, value

    # tests

    def test(self, world: World, operator: Operator, left: Value, right: Value) -> Iterator[tuple[World, bool]]:
        return comparing.test(world, operator, left, right)

    def truth(self, world: World, value: Value, field: Field) -> Iterator[tuple[World, bool | Failure]]:
        known = pinned(world, value)
        if known is not None and isinstance(known.value, bool):
            self._pass(field, "check")
            yield world, known.value
            return
        boolean = learn_kind(world, value, "boolean") if isinstance(value, Sym) else None
        if boolean is None and access.excused(world, value):
            self._pass(field, "check")
            yield from ((world.supposing(), verdict) for verdict in (True, False))
            return
        if boolean is None or not isinstance(value, Sym):
            trouble = Trouble(world, field.name, value=value, reason="the condition is no boolean")
            yield world, troubled(QUERY_EVALUATION, "the condition is no boolean", field.node, trouble)
            return
        self._pass(field, "check")
        for verdict in (True, False):
            learnt = learn(boolean, value, equal_to(verdict))
            if learnt is not None:
                yield learnt, verdict

    def check(self, world: World, value: Value, demand: Demand, field: Field) -> Answers:
        spot = Spot(field.name, _source(field), field.node)
        if isinstance(value, Sym) and pinned(world, value) is None:
            yield self._checked_unknown(world, value, demand, field)
            return
        known = pinned(world, value) or value
        fault = demand.fault(to_json(known) if exact(known) else comparing.sample(known), spot)
        if fault is None:
            self._pass(field, "check")
            yield world, value
        else:
            trouble = Trouble(world, field.name, value=value, reason=fault.cause or "")
            yield world, troubled(fault.error or RUNTIME, fault.cause or "", field.node, trouble)

    def _checked_unknown(self, world: World, sym: Sym, demand: Demand, field: Field) -> tuple[World, Value | Failure]:
        """The unknown gets a type that the field takes, and the plainest of the field's limits."""
        wanted: set[Kind] = {_kind(k) for k in demand.kinds}
        narrowed = learn_kind(world, sym, *wanted)
        if narrowed is None and access.excused(world, sym):
            self._pass(field, "check")
            return self._anything(world, field)
        if narrowed is None:
            having = " or ".join(sorted(kinds(world, sym)))
            trouble = Trouble(world, field.name, value=sym, reason=f"it is {having}")
            error = RUNTIME if "path" in field.name.lower() else QUERY_EVALUATION
            return world, troubled(error, f"{field.name} gets {having}", field.node, trouble)
        self._pass(field, "check")
        if wanted & {"array", "object"}:
            return (narrowed if wanted >= {"string"} else self._container(narrowed, sym)), sym
        return learn(narrowed, sym, Fact(f"demand:{demand.name}", None)) or narrowed, sym

    def _container(self, world: World, sym: Sym) -> World:
        """An unknown that must be an array is one from here on; an object or an array is taken for an array."""
        made = access.as_array(world, sym)
        return world if isinstance(made, Miss) else made

    # functions

    def apply(self, world: World, function: str, arguments: Sequence[Value], field: Field) -> Answers:
        made = calling.call(self.symbols, world, f"States.{function.removeprefix('States.')}", arguments)
        if isinstance(made, IntrinsicFailure):
            trouble = Trouble(world, field.name, reason=made.cause)
            yield world, troubled(INTRINSIC, made.cause, field.node, trouble)
        else:
            self._pass(field)
            yield made

    def jsonata(self, world: World, source: String, bindings: Mapping[str, Value], field: Field) -> Answers:
        from stepvet.run.symbolic.jsonata import evaluate

        for found, value in evaluate(self.symbols, world, source, bindings, field):
            if not isinstance(value, Failure):
                self._pass(field)
            yield found, value

    # errors

    def catches(self, world: World, failure: Failure, names: Sequence[str]) -> Iterator[tuple[World, bool, Failure]]:
        return throwing.catches(world, failure, names)

    def failure(self, world: World, error: Value | Absent, cause: Value | Absent) -> Failure:
        given = (None if isinstance(text, Absent) else text for text in (error, cause))
        return throwing.raised(world, *given)

    def error_output(self, world: World, failure: Failure) -> Value:
        state = world.trail.state if world.trail else ()
        return throwing.error_output(world, failure, state)

    # the world around

    def now(self, world: World) -> Value:
        return self.symbols.fresh(NOW, shapes.TIMESTAMP)

    def token(self, world: World, visit: Visit[Value]) -> Value:
        return self.symbols.fresh(TOKEN, shapes.STRING)

    def execution(self, world: World, visit: Visit[Value], index: int, value: Value) -> Value:
        return execution(self.symbols, value)

    def written(
        self, world: World, visit: Visit[Value], results: Value, export: Value | Absent, config: Json
    ) -> Answers:
        """Exported results are a manifest's place; others can take any form that the WriterConfig asks for."""
        origin = Origin(Source.RESULT, f'the result of "{visit.state.name}"', visit.state.path)
        if isinstance(export, Absent):
            yield world, self.symbols.fresh(origin) if config else results
            return
        details = {k: self.symbols.fresh(origin, shapes.STRING, ("ResultWriterDetails", k)) for k in ("Bucket", "Key")}
        run = self.symbols.fresh(origin, shapes.STRING, ("MapRunArn",))
        yield world, Obj({"MapRunArn": run, "ResultWriterDetails": Obj(dict(details), None, origin)}, None, origin)

    # observation

    def saw(self, world: World, visit: Visit[Value], stage: Stage, value: Value) -> World:
        self.origins.note(value, visit.state, stage, world.trail.event if world.trail else "")
        return world

    def failed(self, world: World, visit: Visit[Value], failure: Failure) -> World:
        """Notes failures of the machine's own making where they arose, not where they pass by: a place belongs to the
        state that failed there first."""
        if failure.at is None or isinstance(failure.detail, throwing.Thrown):
            return world
        if self._owners.setdefault(id(failure.at), visit.state.path) == visit.state.path:
            self.met.append(Met(visit.state, world, failure))
        return world

    def took(self, world: World, visit: Visit[Value], turn: Turn, index: int) -> World:
        self.turns.add((visit.state.path, turn, index))
        return world.entered(visit.state.path, f"{turn} {index}")


def execution(symbols: Symbols, value: Value) -> Value:
    """The Context Object's `Execution` with this input; what else it has depends on how it was started."""
    origin = Origin(Source.CONTEXT, "the Context Object's Execution")
    texts = ("Id", "Name", "RoleArn", "StartTime")
    known: dict[str, Value] = {name: symbols.fresh(origin, shapes.STRING, (name,)) for name in texts}
    redrives = symbols.fresh(origin, shapes.Integer(low=0), ("RedriveCount",))
    return Obj({**known, "Input": value, "RedriveCount": redrives}, symbols.fresh(origin))


def _kind(name: str) -> Kind:
    return "number" if name == "integer" else name  # type: ignore[return-value]  # demands name JSON types otherwise


def _source(field: Field) -> str:
    return field.node.value if isinstance(field.node, String) else field.name


def _has_hole(value: Json) -> bool:
    match value:
        case str():
            return "${" in value
        case dict():
            return any(map(_has_hole, value.values()))
        case list():
            return any(map(_has_hole, value))
        case _:
            return False
