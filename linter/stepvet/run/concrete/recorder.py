"""What a concrete run leaves behind: trace, history, statistics, coverage. The run doesn't depend on any of it.

One recorder serves an execution with all the child executions of its distributed Maps. A `Line` is one strand's thread
through a history: it knows the event that came before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stepvet.asl.model import State
from stepvet.run.concrete.history import Event, History
from stepvet.run.domain import Stage, Turn
from stepvet.run.failure import Failure
from stepvet.run.move import Env, Visit
from stepvet.text.node import Json


@dataclass(slots=True)
class Line:
    """Events of one strand, in a history that other strands write to as well."""

    history: History
    last: int = 0

    def add(self, kind: str, seconds: float, member: str = "", details: Mapping[str, Json] | None = None) -> int:
        self.last = self.history.add(Event(kind, seconds, self.last, member, details or {}))
        return self.last

    def end(self, kind: str, seconds: float, member: str, details: Mapping[str, Json]) -> None:
        self.history.end(Event(kind, seconds, self.last, member, details))


@dataclass(slots=True)
class Recorder:
    """`trace` has an entry for each state entered and exited, in order, and with `detailed` what every stage made.
    `turns` counts what was taken, by state, turn and index; `edges` counts transitions between states. `events` are
    those of child executions; `caught` has the failure that the catcher of a Map or Parallel took, by the visit's
    place, until the visit ends."""

    detailed: bool = False
    trace: list[dict[str, Any]] = field(default_factory=list)
    entered: Counter[str] = field(default_factory=Counter)
    turns: Counter[tuple[str, Turn, int]] = field(default_factory=Counter)
    edges: Counter[tuple[str, str]] = field(default_factory=Counter)
    transitions: int = 0
    largest: int = 0
    events: int = 0
    caught: dict[tuple[object, ...], Failure] = field(default_factory=dict)
    latest: Failure | None = None

    def enter(self, line: Line, state: State, env: Env[Json], given: Json, seconds: float) -> int:
        """The id of the event that enters the state."""
        self.entered[state.name] += 1
        self.transitions += 1
        self._note("entered", state, env, input=given)
        details: dict[str, Json] = {"name": state.name, "input": given}
        return line.add(f"{state.type}StateEntered", seconds, "stateEnteredEventDetails", details)

    def leave(
        self,
        line: Line,
        visit: Visit[Json],
        seconds: float,
        output: Json,
        assigned: Mapping[str, Json],
        target: str | None,
    ) -> None:
        """To the state `target`, or to the end of the scope."""
        details: dict[str, Json] = {"name": visit.state.name, "output": output}
        noted: dict[str, Any] = {"output": output, "next": target}
        if assigned:
            details["assignedVariables"] = noted["assigned"] = dict(assigned)
        self._note("exited", visit.state, visit.env, **noted)
        line.add(f"{visit.state.type}StateExited", seconds, "stateExitedEventDetails", details)

    def saw(self, visit: Visit[Json], stage: Stage, value: Json) -> None:
        if self.detailed:
            self._note("stage", visit.state, visit.env, stage=stage, value=value)

    def took(self, visit: Visit[Json], turn: Turn, index: int) -> None:
        self.turns[visit.state.name, turn, index] += 1
        if turn == "retrier":
            self.transitions += 1
        if turn == "catcher" and self.latest is not None and visit.state.type in ("Map", "Parallel"):
            self.caught[visit.place] = self.latest

    def failed(self, line: Line, visit: Visit[Json], seconds: float, failure: Failure) -> None:
        self.latest = failure
        if failure.location is None:
            if self.detailed:
                self._note("failed", visit.state, visit.env, error=failure.error, cause=failure.cause)
            return
        told: dict[str, Json] = {"error": failure.error, "cause": failure.cause, "location": failure.location}
        self._note("evaluation-failed", visit.state, visit.env, **told)
        line.add("EvaluationFailed", seconds, "evaluationFailedEventDetails", {**told, "state": visit.state.name})

    def _note(self, event: str, state: State, env: Env[Json], **shown: Any) -> None:
        entry: dict[str, Any] = {"event": event, "state": state.name, "type": state.type, **shown}
        if env.iteration:
            entry["iteration"] = [{"map": name, "index": index} for name, index in env.iteration]
        self.trace.append(entry)
