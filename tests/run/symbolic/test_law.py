"""The law: every concrete run is foreseen by a symbolic one, and nothing that is claimed of all runs is refuted by
one."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from run.symbolic.generated import inputs, scopes, services

from stepvet.asl.model import StateMachine
from stepvet.asl.parse import parse
from stepvet.run.concrete.execution import Execution, Settings, execute
from stepvet.run.failure import Failure
from stepvet.run.symbolic.explorer import Explorer
from stepvet.run.symbolic.facts_of_data import DataFacts
from stepvet.run.symbolic.limits import Limits
from stepvet.run.symbolic.live import live_names
from stepvet.run.symbolic.world import trail_of
from stepvet.text.json import read_json

slow = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


Case = tuple[str, Any, dict[str, Any]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    definition = draw(scopes())
    return json.dumps(definition), draw(inputs), draw(services(definition))


def machine_of(text: str) -> StateMachine:
    machine = parse(read_json(text).root)
    assert machine is not None
    return machine


def names_entered(run: Execution) -> set[str]:
    return {event["state"] for event in run.trace if event["event"] == "entered"}


def has_map(machine: StateMachine) -> bool:
    return any(state.type == "Map" for state in machine.states())


@given(cases())
@slow
def test_a_run_that_succeeds_is_foreseen(case: Case) -> None:
    text, given_input, answers = case
    machine = machine_of(text)
    assume(not has_map(machine))
    run = execute(machine, given_input, Settings(answers))
    assume(run.status == "SUCCEEDED")
    explorer = Explorer(machine, Limits(steps=20000, worlds=2000), live_names(machine), merging=False)
    routes = []
    for world, answer in explorer.run():
        if not isinstance(answer, Failure):
            routes.append({entry.state[-1] for entry in trail_of(world) if entry.event == "entered"})
    walked = names_entered(run)
    cut_short = any(event["event"] == "entered" and event["type"] == "Parallel" for event in run.trace)
    assert explorer.cuts or any(walked == route or (cut_short and walked <= route) for route in routes)


@given(cases())
@slow
def test_states_that_a_run_enters_are_entered(case: Case) -> None:
    text, given_input, answers = case
    machine = machine_of(text)
    run = execute(machine, given_input, Settings(answers))
    assume(run.status == "SUCCEEDED")
    facts = DataFacts(machine)
    reached = {path[-1] for path in facts.explorer.entered}
    assert facts.explorer.cuts or names_entered(run) <= reached


@given(cases())
@slow
def test_no_claim_is_refuted(case: Case) -> None:
    """A run that leaves a state in the usual way refutes that every run fails there; one that takes a rule, that none
    does."""
    text, given_input, answers = case
    machine = machine_of(text)
    run = execute(machine, given_input, Settings(answers))
    facts = DataFacts(machine)
    left = {source for source, _ in run.edges} if run.status == "SUCCEEDED" else set()
    caught = {name for name, turn, _ in run.turns if turn == "catcher"}
    for failure in facts.failures:
        assert failure.witness.run is not None
        if failure.always:
            assert failure.state.name not in left - caught
    for dead in facts.dead_rules:
        assert (dead.state.name, "rule", dead.rule.index) not in run.turns
    for choice in facts.dead_defaults:
        assert (choice.name, "default", 0) not in run.turns


@given(cases())
@slow
def test_every_failure_has_a_witness_that_fails_there(case: Case) -> None:
    machine = machine_of(case[0])
    for failure in DataFacts(machine).failures:
        run = execute(machine, failure.witness.input, Settings(failure.witness.services))
        entered = names_entered(run)
        assert failure.state.name in entered
