"""The data stages around a state's work, each a function from a world and a value to answers.

JSONPath: `effective` (InputPath), `arguments` (Parameters), then `assigned_by` (Assign), `selected` (ResultSelector),
`combined` (ResultPath on the raw input), `finished` (OutputPath). JSONata: `arguments` (Arguments), then Assign and
`language_output` (Output). `finish` puts together what follows the work. What a stage makes is shown to the domain's
observers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from stepvet.asl.model import Map, Parallel, Pass, Task
from stepvet.asl.paths.path import PathError, parse_path
from stepvet.run.domain import Answers, Domain, Field, Stage
from stepvet.run.expression import (
    Found,
    Maker,
    Sight,
    bind,
    each,
    only,
    plain_path,
    rendered,
    template,
    text_value,
    tree,
)
from stepvet.run.failure import Failure, runtime
from stepvet.run.move import Visit
from stepvet.text.node import Hole, Node, Null, Object, String

W = TypeVar("W")
V = TypeVar("V")


def effective(domain: Domain[W, V], world: W, visit: Visit[V]) -> Answers[W, V]:
    """InputPath: null gives an empty object."""
    node = getattr(visit.state, "input_path", None)
    if visit.state.language == "JSONata":
        return only(world, visit.raw)
    answers = _along(domain, world, Sight(visit, visit.raw), node, "InputPath", visit.raw)
    return _seen(domain, visit, "input_path", answers)


def _along(
    domain: Domain[W, V], world: W, sight: Sight[V], node: Node | None, field: str, unchanged: V
) -> Answers[W, V]:
    match node:
        case Null():
            return only(world, domain.record({}))
        case String() if node.value != "$":
            return plain_path(domain, world, sight, node, Field(node, field, "path"))
        case _:
            return only(world, unchanged)


def _seen(domain: Domain[W, V], visit: Visit[V], stage: Stage, answers: Found[W]) -> Found[W]:
    for world, answer in answers:
        if isinstance(answer, Failure):
            yield world, answer
        else:
            yield domain.saw(world, visit, stage, answer), answer


def arguments(domain: Domain[W, V], world: W, sight: Sight[V], node: Node | None) -> Answers[W, V]:
    """Parameters or Arguments, which have the limit of payloads; without them the (effective) input."""
    stage: Stage = "arguments" if sight.visit.state.language == "JSONata" else "parameters"
    name = stage.capitalize()
    if node is None:
        return _seen(domain, sight.visit, stage, only(world, sight.document))
    made = rendered(domain, world, sight, node, name)
    within = bind(made, lambda w, value: sized(domain, w, sight.visit, value))
    return _seen(domain, sight.visit, stage, within)


def assigned_by(
    domain: Domain[W, V], world: W, sight: Sight[V], node: Object | None, name: str
) -> Iterator[tuple[W, Mapping[str, V] | Failure]]:
    """The variables that an `Assign` sets; all of its expressions see the old values. Together they have a limit."""
    if node is None:
        yield world, {}
        return
    in_jsonata = sight.visit.state.language == "JSONata"
    names = [m.key.value.removesuffix(".$") if not in_jsonata else m.key.value for m in node.members]
    makers = [_assignment(domain, sight, m.key.value, m.value, name) for m in node.members]
    made = bind(each(world, makers), lambda w, values: only(w, dict(zip(names, values, strict=True))))
    yield from bind(made, lambda w, assigned: _within_limit(domain, w, sight.visit, assigned))


def _within_limit(domain: Domain[W, V], world: W, visit: Visit[V], assigned: Mapping[str, V]) -> Found[W]:
    what = f"The Assign of the state '{visit.state.name}'"
    return bind(domain.fits(world, domain.record(assigned), what), lambda w, _: only(w, assigned))


def _assignment(domain: Domain[W, V], sight: Sight[V], key: str, value: Node, name: str) -> Maker[W]:
    if sight.visit.state.language == "JSONata":
        return lambda world: tree(domain, world, sight, value, f"{name}/{key}")
    if key.endswith(".$") and isinstance(value, String):
        return lambda world: text_value(domain, world, sight, value, Field(value, key))
    return lambda world: template(domain, world, sight, value)


def selected(domain: Domain[W, V], world: W, visit: Visit[V], node: Node | None, result: V) -> Found[W]:
    """ResultSelector, whose `$` is the raw result."""
    if node is None:
        return _seen(domain, visit, "result_selector", only(world, result))
    return _seen(domain, visit, "result_selector", template(domain, world, Sight(visit, result), node))


def combined(
    domain: Domain[W, V], world: W, visit: Visit[V], node: String | Hole | Null | None, result: V, prefix: str = ""
) -> Answers[W, V]:
    """ResultPath: into the raw input, whatever InputPath made of it; null keeps the raw input (recorded)."""
    match node:
        case Null():
            return only(world, visit.raw)
        case String() if node.value != "$":
            path = parse_path(node.value)
            if isinstance(path, PathError):
                return only(world, runtime(f"Invalid path '{node.value}' : {path.message}", node))
            return domain.write(world, visit.raw, path, result, Field(node, f"{prefix}ResultPath"))
        case _:
            return only(world, result)


def finished(domain: Domain[W, V], world: W, visit: Visit[V], value: V) -> Answers[W, V]:
    """OutputPath: null gives an empty object."""
    node = getattr(visit.state, "output_path", None)
    answers = _along(domain, world, Sight(visit, value), node, "OutputPath", value)
    return _seen(domain, visit, "output_path", answers)


def language_output(
    domain: Domain[W, V], world: W, sight: Sight[V], node: Node | None, name: str, default: V
) -> Answers[W, V]:
    """JSONata's Output; without it the default."""
    if node is None:
        return only(world, default)
    return tree(domain, world, sight, node, name)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[V]):
    """What a state leaves: its output and the variables that it assigned."""

    output: V
    assigned: Mapping[str, V]


def finish(
    domain: Domain[W, V], world: W, visit: Visit[V], result: V, *, own_result: bool = True
) -> Iterator[tuple[W, Outcome[V] | Failure]]:
    """All that follows the work of a Task, Parallel, Map or Pass, whose result this is. `own_result` says that
    `$states.result` is there (not in a Pass)."""
    state = visit.state
    assert isinstance(state, Task | Parallel | Map | Pass)
    if state.language == "JSONata":
        sight = Sight(visit, visit.raw, result=result) if own_result else Sight(visit, visit.raw)
        assigned = assigned_by(domain, world, sight, state.assign, "Assign")
        return outcome_of(
            domain, assigned, visit, lambda w: language_output(domain, w, sight, state.output, "Output", result)
        )
    assigned = assigned_by(domain, world, Sight(visit, result), state.assign, "Assign")
    return outcome_of(domain, assigned, visit, lambda w: _jsonpath_output(domain, w, visit, state, result))


def outcome_of(
    domain: Domain[W, V],
    answers: Iterator[tuple[W, Mapping[str, V] | Failure]],
    visit: Visit[V],
    output: Callable[[W], Answers[W, V]],
) -> Iterator[tuple[W, Outcome[V] | Failure]]:
    """What a state leaves, of its variables and its output; no state's output may be larger than a payload."""
    return bind(
        answers,
        lambda w, assigned: bind(
            bind(output(w), lambda v, out: sized(domain, v, visit, out)),
            lambda v, out: only(v, Outcome(out, assigned)),
        ),
    )


def sized(domain: Domain[W, V], world: W, visit: Visit[V], value: V) -> Answers[W, V]:
    """A state's output within the limit of payloads."""
    return domain.fits(world, value, f"The state/task '{visit.state.name}'")


def _jsonpath_output(
    domain: Domain[W, V], world: W, visit: Visit[V], state: Task | Parallel | Map | Pass, result: V
) -> Answers[W, V]:
    if isinstance(state, Pass):
        picked: Answers[W, V] = only(world, result)
    else:
        picked = selected(domain, world, visit, state.result_selector, result)
    into = bind(picked, lambda w, chosen: combined(domain, w, visit, state.result_path, chosen))
    return bind(_seen(domain, visit, "result_path", into), lambda w, value: finished(domain, w, visit, value))
