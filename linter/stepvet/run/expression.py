"""What a field's text comes to: paths, intrinsic calls, payload templates, JSONata trees.

A `Sight` is what an expression may see. In JSONPath `$` is its `document`, `$$` the Context Object, `$name` a variable.
In JSONata there are `$states` and the variables, and no document. Everything is asked of the domain; nothing is cached
here but the parsed forms, which the parsers keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Generic, TypeVar

from stepvet.asl.intrinsics.call import Argument, Call, PathArgument, StringLiteral, parse_template_value
from stepvet.asl.intrinsics.syntax import BoolLiteral, NumberLiteral
from stepvet.asl.paths.path import Path, PathError, parse_path
from stepvet.asl.paths.tree import Root
from stepvet.run.domain import Answers, Domain, Field
from stepvet.run.failure import Failure, runtime
from stepvet.run.move import ABSENT, Absent, Stop, Visit
from stepvet.text.node import Array, Node, Object, String, plain

W = TypeVar("W")
V = TypeVar("V")
Found = Iterator[tuple[W, Any]]
"""Answers whose values the checker isn't told: in a chain of generic calls it would take `V | Failure` for a `V`."""
Maker = Callable[[W], Found[W]]


@dataclass(frozen=True, slots=True)
class Sight(Generic[V]):
    """`document` is what `$` (JSONPath) or `$states.input` (JSONata) means; `result` and `error` are there where
    `$states.result` and `$states.errorOutput` are."""

    visit: Visit[V]
    document: V
    result: V | Absent = ABSENT
    error: V | Absent = ABSENT


def bind(answers: Iterable[tuple[W, Any]], then: Callable[[W, Any], Found[W]]) -> Found[W]:
    """Go on with every value; failures go through."""
    for world, answer in answers:
        if isinstance(answer, Failure):
            yield world, answer
        else:
            yield from then(world, answer)


def each(world: W, makers: Sequence[Maker[W]], made: tuple[Any, ...] = ()) -> Found[W]:
    """The tuple of all makers' values, each asked in the world that the one before left; the first failure wins."""
    values = list(made)
    for make in islice(makers, len(made), None):
        answers = list(make(world))
        if len(answers) == 1 and not isinstance(answers[0][1], Failure):
            world = answers[0][0]
            values.append(answers[0][1])
            continue
        for next_world, answer in answers:
            if isinstance(answer, Failure):
                yield next_world, answer
            else:
                yield from each(next_world, makers, (*values, answer))
        return
    yield world, tuple(values)


def only(world: W, value: Any) -> Found[W]:
    """One answer."""
    yield world, value


def context(domain: Domain[W, V], world: W, visit: Visit[V]) -> V:
    """The Context Object as this state sees it. What the scope's context holds already is left as it is."""
    entered = domain.now(world) if isinstance(visit.entered, Absent) else visit.entered
    state: dict[str, V] = {"EnteredTime": entered, "Name": domain.literal(visit.state.name)}
    members = dict(visit.env.context)
    if visit.state.type in ("Task", "Map", "Parallel"):
        state["RetryCount"] = domain.literal(visit.attempt)
    members.setdefault("State", domain.record(state))
    token = domain.token(world, visit) if visit.state.type == "Task" and "Task" not in members else ABSENT
    if not isinstance(token, Absent):
        members["Task"] = domain.record({"Token": token})
    return domain.record(members)


def read_path(domain: Domain[W, V], world: W, sight: Sight[V], path: Path, field: Field) -> Answers[W, V]:
    root = resolve(domain, world, sight, path)
    if isinstance(root, Absent):
        text = f"Variable '{path.variable}' referenced by the field '{field.name}' has no value: {path.text}"
        return only(world, runtime(text, field.node))
    return domain.read(world, root, path, field)


def resolve(domain: Domain[W, V], world: W, sight: Sight[V], path: Path) -> V | Absent:
    """The value that the path starts from; absent where that is a variable without a value."""
    if path.root is Root.CONTEXT:
        return context(domain, world, sight.visit)
    if path.root is Root.VARIABLE:
        return sight.visit.env.variable(path.variable or "")
    return sight.document


def text_value(domain: Domain[W, V], world: W, sight: Sight[V], node: String, field: Field) -> Answers[W, V]:
    """A path or an intrinsic call, as after a key that ends in `.$`."""
    parsed = parse_template_value(node.value)
    if isinstance(parsed, PathError):
        yield world, runtime(f"Invalid path '{node.value}' : {parsed.message}", node)
    elif isinstance(parsed, Path):
        yield from read_path(domain, world, sight, parsed, field)
    else:
        yield from intrinsic(domain, world, sight, parsed, field)


def plain_path(domain: Domain[W, V], world: W, sight: Sight[V], node: String, field: Field) -> Answers[W, V]:
    """A path in a field that takes nothing else."""
    parsed = parse_path(node.value)
    if isinstance(parsed, PathError):
        yield world, runtime(f"Invalid path '{node.value}' : {parsed.message}", node)
    else:
        yield from read_path(domain, world, sight, parsed, field)


def intrinsic(domain: Domain[W, V], world: W, sight: Sight[V], call: Call, field: Field) -> Answers[W, V]:
    is_format = call.name == "States.Format"
    makers = [
        _argument(domain, sight, argument, field, as_spelt=is_format and position == 0)
        for position, argument in enumerate(call.arguments)
    ]
    return bind(each(world, makers), lambda w, values: domain.apply(w, call.name, values, field))


def _argument(domain: Domain[W, V], sight: Sight[V], argument: Argument, field: Field, *, as_spelt: bool) -> Maker[W]:
    match argument:
        case Call():
            return lambda world: intrinsic(domain, world, sight, argument, field)
        case PathArgument():
            return lambda world: read_path(domain, world, sight, argument.path, field)
        case StringLiteral():
            value = domain.literal(argument.spelling if as_spelt else argument.value)
        case NumberLiteral() | BoolLiteral():
            value = domain.literal(argument.value)
        case _:
            value = domain.literal(None)
    return lambda world: only(world, value)


def template(domain: Domain[W, V], world: W, sight: Sight[V], node: Node) -> Found[W]:
    """A payload template: keys that end in `.$` are computed, everything else stands for itself."""
    match node:
        case Object():
            names = [_key(member.key.value, member.value) for member in node.members]
            makers = [_member(domain, sight, m.key.value, m.value) for m in node.members]
            return bind(
                each(world, makers), lambda w, values: only(w, domain.record(dict(zip(names, values, strict=True))))
            )
        case Array():
            items = [_element(domain, sight, item) for item in node.items]
            return bind(each(world, items), lambda w, values: only(w, domain.sequence(values)))
        case _:
            return only(world, domain.literal(plain(node)))


def _key(key: str, value: Node) -> str:
    return key[:-2] if key.endswith(".$") and isinstance(value, String) else key


def _member(domain: Domain[W, V], sight: Sight[V], key: str, value: Node) -> Maker[W]:
    if key.endswith(".$") and isinstance(value, String):
        return lambda world: text_value(domain, world, sight, value, Field(value, key))
    return _element(domain, sight, value)


def _element(domain: Domain[W, V], sight: Sight[V], node: Node) -> Maker[W]:
    return lambda world: template(domain, world, sight, node)


def tree(domain: Domain[W, V], world: W, sight: Sight[V], node: Node, name: str) -> Found[W]:
    """A JSONata field: every string value that `{%` opens and `%}` closes is evaluated; keys never are."""
    match node:
        case Object():
            keys = node.keys()
            makers = [_leaf(domain, sight, m.value, f"{name}/{m.key.value}") for m in node.members]
            return bind(
                each(world, makers), lambda w, values: only(w, domain.record(dict(zip(keys, values, strict=True))))
            )
        case Array():
            items = [_leaf(domain, sight, item, f"{name}[{index}]") for index, item in enumerate(node.items)]
            return bind(each(world, items), lambda w, values: only(w, domain.sequence(values)))
        case String() if is_expression(node):
            return expression(domain, world, sight, node, name)
        case _:
            return only(world, domain.literal(plain(node)))


def _leaf(domain: Domain[W, V], sight: Sight[V], node: Node, name: str) -> Maker[W]:
    return lambda world: tree(domain, world, sight, node, name)


def is_expression(node: Node | None) -> bool:
    """`{% … %}` from the first character to the last, and no more than that (recorded)."""
    return (
        isinstance(node, String) and node.value.startswith("{%") and node.value.endswith("%}") and len(node.value) > 3
    )


def expression_text(node: String) -> str:
    """The expression as AWS quotes it in causes: without delimiters and the blanks inside them."""
    return node.value[2:-2].strip()


def expression(domain: Domain[W, V], world: W, sight: Sight[V], node: String, name: str) -> Answers[W, V]:
    return domain.jsonata(world, node, bindings(domain, world, sight), Field(node, name))


def bindings(domain: Domain[W, V], world: W, sight: Sight[V]) -> Mapping[str, V]:
    states = {"input": sight.document, "context": context(domain, world, sight.visit)}
    if not isinstance(sight.result, Absent):
        states["result"] = sight.result
    if not isinstance(sight.error, Absent):
        states["errorOutput"] = sight.error
    return {**sight.visit.env.visible, "states": domain.record(states)}


def rendered(domain: Domain[W, V], world: W, sight: Sight[V], node: Node, name: str) -> Found[W]:
    """A template or a tree, by the state's query language."""
    if sight.visit.state.language == "JSONata":
        return tree(domain, world, sight, node, name)
    return template(domain, world, sight, node)


def told(domain: Domain[W, V], world: W, visit: Visit[V], failure: Failure) -> tuple[W, Failure]:
    """The failure in AWS's words, shown to the domain's observers. One that comes from a child was told there."""
    whole = failure.told_by(visit.state.name, visit.event) if failure.engine else replace(failure, location=None)
    return domain.failed(world, visit, whole), whole


def stop(domain: Domain[W, V], world: W, visit: Visit[V], failure: Failure) -> Stop[W]:
    return Stop(*told(domain, world, visit, failure))
