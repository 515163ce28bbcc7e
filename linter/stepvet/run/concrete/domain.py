"""The concrete domain: values are JSON, a world is the virtual time in seconds, every question has one answer.

Values are shared, never copied and never changed. Randomness, UUIDs and times come from the seed and the virtual clock,
so a run is a pure function of what it is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from stepvet.asl import jsonpath
from stepvet.asl.comparison import compare
from stepvet.asl.errors import matches
from stepvet.asl.intrinsics.functions import IntrinsicFailure, apply
from stepvet.asl.json_text import json_text
from stepvet.asl.model import Map, Task
from stepvet.asl.operators import Operator
from stepvet.asl.paths.tree import Path, Root
from stepvet.run.concrete.history import timestamp
from stepvet.run.concrete.language import evaluated
from stepvet.run.concrete.missing import missing_node
from stepvet.run.concrete.recorder import Line, Recorder
from stepvet.run.concrete.task_events import has_token
from stepvet.run.demand import Demand, Spot, unexpected_type
from stepvet.run.distributed.results import ChildRun, export_of, without_export
from stepvet.run.domain import Answers, Field, Stage, Turn, Verdicts
from stepvet.run.expression import expression_text
from stepvet.run.failure import DATA_LIMIT, INTRINSIC, RESULT_PATH_MATCH, Failure, engine_failure
from stepvet.run.move import ABSENT, Absent, Env, Visit
from stepvet.run.states.task import resource_of
from stepvet.text.node import Json, String

MAX_PAYLOAD = 262_144
MAX_VARIABLES = 10_485_760
"""Bytes of all variables that a state sees, as JSON; one variable has the limit of payloads."""


def one(world: float, answer: Any) -> Iterator[tuple[float, Any]]:
    yield world, answer


@dataclass(slots=True)
class Concrete:
    """One execution's domain. The driver sets `line`, the history line of the strand whose turn it is, and `runs`, what
    is known of a Map's child executions, by the place of the Map's visit."""

    start: datetime
    rng: Random
    recorder: Recorder
    line: Line
    identity: Mapping[str, str] = field(default_factory=dict)
    last_sized: tuple[Json, int] = (None, 4)
    last_told: tuple[float, str] = (-1.0, "")
    runs: dict[tuple[object, ...], list[ChildRun]] = field(default_factory=dict)

    def literal(self, value: Json) -> Json:
        return value

    def record(self, members: Mapping[str, Json]) -> Json:
        return dict(members)

    def sequence(self, items: Sequence[Json]) -> Json:
        return list(items)

    def read(self, world: float, value: Json, path: Path, field: Field) -> Answers[float, Json]:
        found = _find(path, value)
        return one(world, missing_node(found, value, field) if isinstance(found, jsonpath.Missing) else found)

    def present(self, world: float, value: Json, path: Path) -> Iterator[tuple[float, bool]]:
        yield world, not isinstance(_find(path, value), jsonpath.Missing)

    def write(self, world: float, into: Json, path: Path, item: Json, field: Field) -> Answers[float, Json]:
        made = jsonpath.write(path, into, item)
        if isinstance(made, jsonpath.WriteFailure):
            cause = f'Unable to apply step "{path.text}" to input {json_text(into)}'
            return one(world, engine_failure(RESULT_PATH_MATCH, cause, field.node))
        return one(world, made)

    def fits(self, world: float, value: Json, what: str) -> Answers[float, Json]:
        size = self.size(value)
        if size <= MAX_PAYLOAD:
            return one(world, value)
        cause = f"{what} returned a result with a size exceeding the maximum number of bytes service limit."
        return one(world, Failure(DATA_LIMIT, cause))

    def size(self, value: Json) -> int:
        """Bytes of the value as compact JSON in UTF-8."""
        if value is not self.last_sized[0] or value is None:
            self.last_sized = (value, size_of(value))
        self.recorder.largest = max(self.recorder.largest, self.last_sized[1])
        return self.last_sized[1]

    def test(self, world: float, operator: Operator, left: Json, right: Json) -> Iterator[tuple[float, bool]]:
        yield world, compare(operator, left, right)

    def truth(self, world: float, value: Json, field: Field) -> Verdicts[float]:
        yield world, value if isinstance(value, bool) else unexpected_type("boolean", value, _spot(field))

    def check(self, world: float, value: Json, demand: Demand, field: Field) -> Answers[float, Json]:
        return one(world, demand.fault(value, _spot(field)) or value)

    def apply(self, world: float, function: str, arguments: Sequence[Json], field: Field) -> Answers[float, Json]:
        made = apply(function, arguments, self.rng)
        if isinstance(made, IntrinsicFailure):
            return one(world, engine_failure(INTRINSIC, made.cause, field.node))
        return one(world, made)

    def jsonata(self, world: float, source: String, bindings: Mapping[str, Json], field: Field) -> Answers[float, Json]:
        return one(world, evaluated(source, bindings, field, self.rng, self.start, world))

    def catches(self, world: float, failure: Failure, names: Sequence[str]) -> Iterator[tuple[float, bool, Failure]]:
        known = any(matches(name, failure.error or "") for name in names)
        yield world, known or failure.alias in names, failure

    def failure(self, world: float, error: Json | Absent, cause: Json | Absent) -> Failure:
        told = [None if isinstance(text, Absent) else str(text) for text in (error, cause)]
        return Failure(told[0], told[1])

    def error_output(self, world: float, failure: Failure) -> Json:
        """A missing cause is an empty text here (recorded for timeouts)."""
        return {"Error": failure.error or "", "Cause": failure.cause or ""}

    def now(self, world: float) -> Json:
        if world != self.last_told[0]:
            self.last_told = (world, timestamp(self.start, world))
        return self.last_told[1]

    def token(self, world: float, visit: Visit[Json]) -> Json | Absent:
        if not (isinstance(visit.state, Task) and has_token(resource_of(visit.state))):
            return ABSENT
        numbers = [*(index for _, index in visit.env.iteration), *visit.env.branch, visit.event, visit.attempt]
        return f"token-{'-'.join(map(str, numbers))}"

    def execution(self, world: float, visit: Visit[Json], index: int, value: Json) -> Json:
        held = visit.env.context.get("Execution")
        parent: dict[str, Json] = held if isinstance(held, dict) else {}
        name = self.uuid()
        whole = str(parent.get("Id", "")).rpartition(":")[0]
        own: dict[str, Json] = {"Id": f"{whole}/{_label(visit)}:{name}", "Input": value, "Name": name}
        return {**parent, **own, "StartTime": timestamp(self.start, world)}

    def written(
        self, world: float, visit: Visit[Json], results: Json, export: Json | Absent, config: Json
    ) -> Answers[float, Json]:
        runs = self.runs.pop(visit.place, [])
        if isinstance(export, Absent):
            return one(world, without_export(results, config, runs))
        machine = member_of(visit.env.context.get("StateMachine"), "Name")
        return one(world, export_of(export, f"{machine}/{_label(visit)}:{self.uuid()}", self.uuid()))

    def uuid(self) -> str:
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def saw(self, world: float, visit: Visit[Json], stage: Stage, value: Json) -> float:
        self.recorder.saw(visit, stage, value)
        return world

    def failed(self, world: float, visit: Visit[Json], failure: Failure) -> float:
        self.recorder.failed(self.line, visit, world, failure)
        return world

    def took(self, world: float, visit: Visit[Json], turn: Turn, index: int) -> float:
        self.recorder.took(visit, turn, index)
        if turn == "started":
            self.line.add(f"{visit.state.type}StateStarted", world)
        return world


def size_of(value: Json) -> int:
    """A value that is nested too deeply to be written is too large."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except RecursionError:
        return MAX_PAYLOAD + 1
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def variables_fault(env: Env[Json], assigned: Mapping[str, Json]) -> Failure | None:
    """Variables have a limit together. They are only weighed where there are so many that they could be over it."""
    if not assigned or len(env.visible) <= MAX_VARIABLES // MAX_PAYLOAD:
        return None
    if sum(map(size_of, env.visible.values())) <= MAX_VARIABLES:
        return None
    return Failure(DATA_LIMIT, "The variables of the execution exceed the maximum number of bytes service limit.")


def _label(visit: Visit[Json]) -> str:
    """What a Map is called in the names of its executions."""
    label = visit.state.label if isinstance(visit.state, Map) else None
    return label.value if isinstance(label, String) else visit.state.name


def member_of(value: Json, name: str) -> Json:
    return value.get(name) if isinstance(value, dict) else None


def _find(path: Path, value: Json) -> Json | jsonpath.Missing:
    if not path.segments:
        return value
    match path.root:
        case Root.CONTEXT:
            return jsonpath.read(path, None, value if isinstance(value, dict) else {})
        case Root.VARIABLE:
            return jsonpath.read(path, None, None, {path.variable or "": value})
        case _:
            return jsonpath.read(path, value)


def _spot(field: Field) -> Spot:
    node = field.node
    text = node.value if isinstance(node, String) else ""
    return Spot(field.name, expression_text(node) if isinstance(node, String) and text.startswith("{%") else text, node)
