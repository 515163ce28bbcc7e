"""One execution of a state machine on one input: sets up domain, clock, context and limits, and gives the outcome.

A pure function of its arguments: clock, randomness and UUIDs are virtual and seeded. Waiting takes no real time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from random import Random
from typing import Any, Literal

from stepvet.asl.model import MachineType, StateMachine
from stepvet.run.concrete.domain import Concrete, member_of
from stepvet.run.concrete.history import History, timestamp, written
from stepvet.run.concrete.limits import deadline, limits_of
from stepvet.run.concrete.recorder import Line, Recorder
from stepvet.run.concrete.scheduler import Ended, Scheduler
from stepvet.run.domain import Turn
from stepvet.run.failure import TIMEOUT, Failure
from stepvet.run.move import Env
from stepvet.run.services.service import Services, service_of
from stepvet.text.node import Json

START = datetime(2024, 1, 1, tzinfo=UTC)
"""When every execution starts, unless its context says otherwise."""

ARN = "arn:aws:states:us-east-1:123456789012"


@dataclass(frozen=True, slots=True)
class Statistics:
    """`events` counts all history events, those of child executions included; `largest_payload` is in bytes."""

    states: int
    events: int
    largest_payload: int
    transitions: int

    def to_json(self) -> dict[str, int]:
        return {
            "states": self.states,
            "events": self.events,
            "largest_payload": self.largest_payload,
            "transitions": self.transitions,
        }


@dataclass(frozen=True)
class Execution:
    """How an execution ended and how it got there. `error` and `cause` are None where it succeeded, and for
    TIMED_OUT, as DescribeExecution shows it; `failure` has the place in the definition."""

    status: Literal["SUCCEEDED", "FAILED", "TIMED_OUT"]
    output: Json
    error: str | None
    cause: str | None
    trace: list[dict[str, Any]]
    clock: float
    statistics: Statistics
    failure: Failure | None = field(default=None, repr=False)
    entered: Counter[str] = field(default_factory=Counter, repr=False)
    turns: Counter[tuple[str, Turn, int]] = field(default_factory=Counter, repr=False)
    edges: Counter[tuple[str, str]] = field(default_factory=Counter, repr=False)
    _history: History = field(default_factory=History, repr=False)
    _start: datetime = field(default=START, repr=False)

    @cached_property
    def history(self) -> list[dict[str, Any]]:
        """The events as GetExecutionHistory answers them."""
        return list(written(self._history, self._start))

    def to_json(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "output": self.output,
            "error": self.error,
            "cause": self.cause,
            "trace": self.trace,
            "history": self.history,
            "clock": self.clock,
            "statistics": self.statistics.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Settings:
    """What an execution may be given besides its input. `context` replaces members of the Context Object, `detailed`
    puts into the trace what every data stage made."""

    services: Services | None = None
    context: Mapping[str, Json] = field(default_factory=dict)
    variables: Mapping[str, Json] = field(default_factory=dict)
    type: MachineType = "STANDARD"
    seed: int = 0
    max_events: int | None = None
    detailed: bool = False


def execute(machine: StateMachine, given: Json, settings: Settings) -> Execution:
    """Run it. Raises `MissingMock` where a task has no answer, and nothing else of its own."""
    rng, recorder = Random(settings.seed), Recorder(detailed=settings.detailed)
    limits = limits_of(settings.type, settings.max_events)
    line = Line(History(limits.events))
    start = _start_of(settings.context)
    domain = Concrete(start, rng, recorder, line)
    context = context_of(domain, machine, given, settings)
    started = {"input": given, "roleArn": member_of(context["Execution"], "RoleArn")}
    line.add("ExecutionStarted", 0.0, "executionStartedEventDetails", started)
    domain.size(given)
    latest = deadline(limits, machine.timeout_seconds)
    scheduler = Scheduler(domain, service_of(settings.services), limits, latest, settings.max_events)
    env = Env(variables=dict(settings.variables), context=context)
    return _execution(scheduler.run(machine.scope, env, given), recorder, line, start)


def _start_of(context: Mapping[str, Json]) -> datetime:
    from stepvet.asl.timestamps import parse_timestamp

    told = member_of(context.get("Execution"), "StartTime")
    return (parse_timestamp(told) if isinstance(told, str) else None) or START


def context_of(domain: Concrete, machine: StateMachine, given: Json, settings: Settings) -> dict[str, Json]:
    """The members of the Context Object that hold for the whole execution (recorded: RedriveCount is always there)."""
    name = domain.uuid()
    kind = "execution" if settings.type == "STANDARD" else "express"
    execution: dict[str, Json] = {
        "Id": f"{ARN}:{kind}:StateMachine:{name}",
        "Input": given,
        "StartTime": timestamp(domain.start, 0),
        "Name": name,
        "RoleArn": "arn:aws:iam::123456789012:role/StepFunctionsRole",
        "RedriveCount": 0,
    }
    machine_facts: dict[str, Json] = {"Id": f"{ARN}:stateMachine:StateMachine", "Name": "StateMachine"}
    whole: dict[str, Json] = {"Execution": execution, "StateMachine": machine_facts}
    for key, value in settings.context.items():
        held = whole.get(key)
        whole[key] = {**held, **value} if isinstance(held, dict) and isinstance(value, dict) else value
    return whole


def _execution(ended: Ended, recorder: Recorder, line: Line, start: datetime) -> Execution:
    failure = ended.failure
    if ended.timed_out:
        line.end("ExecutionTimedOut", ended.seconds, "executionTimedOutEventDetails", {"error": TIMEOUT})
    elif failure is not None:
        told: dict[str, Json] = {"error": failure.error, "cause": failure.cause}
        line.end("ExecutionFailed", ended.seconds, "executionFailedEventDetails", told)
    else:
        line.end("ExecutionSucceeded", ended.seconds, "executionSucceededEventDetails", {"output": ended.output})
    events = len(line.history.events) + recorder.events
    return Execution(
        status="TIMED_OUT" if ended.timed_out else "SUCCEEDED" if failure is None else "FAILED",
        output=ended.output,
        error=failure.error if failure else None,
        cause=failure.cause if failure else None,
        trace=recorder.trace,
        clock=ended.seconds,
        statistics=Statistics(sum(recorder.entered.values()), events, recorder.largest, recorder.transitions),
        failure=failure,
        entered=recorder.entered,
        turns=recorder.turns,
        edges=recorder.edges,
        _history=line.history,
        _start=start,
    )
