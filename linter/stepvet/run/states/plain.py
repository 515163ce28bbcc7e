"""Pass, Wait, Choice, Succeed and Fail: the states that start nothing and whose errors nobody here can catch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from stepvet.asl.model import Choice, ChoiceRule, Fail, Pass, Succeed, Wait
from stepvet.run.demand import demand
from stepvet.run.domain import Answers, Domain, Field
from stepvet.run.expression import Sight, bind, expression, is_expression, only, stop, text_value
from stepvet.run.failure import Failure
from stepvet.run.move import ABSENT, Absent, End, Goto, Move, Sleep, Visit
from stepvet.run.stages import (
    Outcome,
    arguments,
    assigned_by,
    effective,
    finish,
    finished,
    language_output,
    outcome_of,
    sized,
)
from stepvet.run.states.choice import choose
from stepvet.run.states.computed import computed
from stepvet.text.node import Bool, Hole, Node, String, plain

W = TypeVar("W")
V = TypeVar("V")
Outcomes = Iterator[tuple[W, Outcome[V] | Failure]]


def leave(
    domain: Domain[W, V], outcomes: Outcomes[W, V], visit: Visit[V], target: Node | None = None
) -> Iterator[Move[W, V]]:
    """To `target`, or where the state's own Next and End say."""
    state = visit.state
    ends = getattr(state, "end", None)
    following = target if target is not None else getattr(state, "next", None)
    for world, outcome in outcomes:
        if isinstance(outcome, Failure):
            yield stop(domain, world, visit, outcome)
        elif isinstance(following, String) and not (isinstance(ends, Bool) and ends.value):
            yield Goto(world, following.value, outcome.output, visit.env.assigning(outcome.assigned), outcome.assigned)
        else:
            yield End(world, outcome.output, outcome.assigned)


def enter_pass(domain: Domain[W, V], world: W, visit: Visit[V]) -> Iterator[Move[W, V]]:
    """`Result` wins over `Parameters` and is never templated (recorded)."""
    state = visit.state
    assert isinstance(state, Pass)
    if state.language == "JSONata":
        answers: Answers[W, V] = only(world, visit.raw)
    else:
        answers = bind(effective(domain, world, visit), lambda w, v: _pass_result(domain, w, visit, state, v))
    yield from leave(domain, bind(answers, lambda w, result: finish(domain, w, visit, result, own_result=False)), visit)


def _pass_result(domain: Domain[W, V], world: W, visit: Visit[V], state: Pass, value: V) -> Answers[W, V]:
    answers = arguments(domain, world, Sight(visit, value), state.parameters)
    if state.result is None:
        return answers
    result = domain.literal(plain(state.result))
    return bind(answers, lambda w, _: iter([(domain.saw(w, visit, "result", result), result)]))


def enter_succeed(domain: Domain[W, V], world: W, visit: Visit[V]) -> Iterator[Move[W, V]]:
    state = visit.state
    assert isinstance(state, Succeed)
    answers = bind(effective(domain, world, visit), lambda w, v: _out(domain, w, Sight(visit, v), state.output))
    for found, value in bind(answers, lambda w, v: sized(domain, w, visit, v)):
        if isinstance(value, Failure):
            yield stop(domain, found, visit, value)
        else:
            yield End(found, value)


def _out(domain: Domain[W, V], world: W, sight: Sight[V], output: Node | None, name: str = "Output") -> Answers[W, V]:
    """The output of a state that makes no result of its own."""
    if sight.visit.state.language == "JSONata":
        return language_output(domain, world, sight, output, name, sight.document)
    return finished(domain, world, sight.visit, sight.document)


def enter_fail(domain: Domain[W, V], world: W, visit: Visit[V]) -> Iterator[Move[W, V]]:
    """Error and cause may each be missing. Where a path or an expression fails, that failure takes their place."""
    state = visit.state
    assert isinstance(state, Fail)
    texts = bind(
        _told(domain, world, visit, "Error", state.error, state.error_path),
        lambda w, error: bind(
            _told(domain, w, visit, "Cause", state.cause, state.cause_path),
            lambda v, cause: only(v, (error, cause)),
        ),
    )
    for found, told in texts:
        if isinstance(told, Failure):
            yield stop(domain, found, visit, told)
        else:
            yield stop(domain, found, visit, replace(domain.failure(found, *told), at=state.key))


def _told(
    domain: Domain[W, V], world: W, visit: Visit[V], name: str, given: String | Hole | None, path: String | Hole | None
) -> Iterator[tuple[W, V | Absent | Failure]]:
    sight = Sight(visit, visit.raw)
    check = demand(visit.state.language, "text")
    if isinstance(path, String):
        field = Field(path, f"{name}Path")
        yield from bind(text_value(domain, world, sight, path, field), lambda w, v: domain.check(w, v, check, field))
    elif isinstance(given, String) and visit.state.language == "JSONata" and is_expression(given):
        field = Field(given, name)
        yield from bind(expression(domain, world, sight, given, name), lambda w, v: domain.check(w, v, check, field))
    else:
        yield world, ABSENT if given is None else domain.literal(plain(given))


def enter_wait(domain: Domain[W, V], world: W, visit: Visit[V]) -> Iterator[Move[W, V]]:
    state = visit.state
    assert isinstance(state, Wait)
    waits = bind(
        effective(domain, world, visit),
        lambda w, value: bind(
            _amount(domain, w, Sight(visit, value), state), lambda v, amount: only(v, (value, amount))
        ),
    )
    for found, waited in waits:
        if isinstance(waited, Failure):
            yield stop(domain, found, visit, waited)
        else:
            value, amount = waited
            yield _sleep(domain, found, Sight(visit, value), state, amount)


def _amount(domain: Domain[W, V], world: W, sight: Sight[V], state: Wait) -> Answers[W, V]:
    for name, given, path, meaning in (
        ("Seconds", state.seconds, state.seconds_path, "seconds"),
        ("Timestamp", state.timestamp, state.timestamp_path, "timestamp"),
    ):
        if path is not None or given is not None:
            return computed(domain, world, sight, name, given, path, meaning)
    return only(world, domain.literal(0))


def _sleep(domain: Domain[W, V], world: W, sight: Sight[V], state: Wait, amount: V) -> Move[W, V]:
    def then(woken: W, failure: Failure | None) -> Iterator[Move[W, V]]:
        if failure is not None:
            yield stop(domain, woken, sight.visit, failure)
            return
        yield from leave(domain, _outcomes(domain, woken, sight, state, "Assign", "Output"), sight.visit)

    return Sleep(world, "timestamp" if state.timestamp or state.timestamp_path else "seconds", amount, then)


def _outcomes(
    domain: Domain[W, V], world: W, sight: Sight[V], holder: Wait | Choice | ChoiceRule, assign: str, output: str
) -> Outcomes[W, V]:
    assigned = assigned_by(domain, world, sight, holder.assign, assign)
    return outcome_of(domain, assigned, sight.visit, lambda w: _out(domain, w, sight, holder.output, output))


def enter_choice(domain: Domain[W, V], world: W, visit: Visit[V]) -> Iterator[Move[W, V]]:
    """The matched rule's Assign and Output apply, or the state's own where its Default is taken (recorded)."""
    state = visit.state
    assert isinstance(state, Choice)
    for seen, value in effective(domain, world, visit):
        if isinstance(value, Failure):
            yield stop(domain, seen, visit, value)
            continue
        sight = Sight(visit, value)
        for found, chosen in choose(domain, seen, sight, state):
            if isinstance(chosen, Failure):
                yield stop(domain, found, visit, chosen)
            else:
                yield from _leave_choice(domain, found, sight, chosen)


def _leave_choice(domain: Domain[W, V], world: W, sight: Sight[V], chosen: ChoiceRule | Choice) -> Iterator[Move[W, V]]:
    prefix = f"Choices[{chosen.index}]/" if isinstance(chosen, ChoiceRule) else ""
    target = chosen.next if isinstance(chosen, ChoiceRule) else chosen.default
    outcomes = _outcomes(domain, world, sight, chosen, f"{prefix}Assign", f"{prefix}Output")
    return leave(domain, outcomes, sight.visit, target)
