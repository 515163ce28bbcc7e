"""JSONata on symbolic values: the subset whose meaning can be told, unknown values for the rest.

What is wholly known goes through the executor's evaluator. `undefined` is a value here (`NOTHING`): it fails at a
field's root and where an operator needs a number, a text or a boolean, and nowhere else. A member that is read where
undefined would do is taken to be there, but only assumed (`World.assumed`), so that a later test of its presence finds
both answers.

Invariant: a failure is told only where every value consistent with the world fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from stepvet.asl.jsonata import tree
from stepvet.asl.jsonata.analysis import called_functions, free_variables, root_references, states_references
from stepvet.asl.jsonata.engine import EvaluationFault, UnsupportedResult, evaluate_jsonata
from stepvet.asl.jsonata.syntax import parse_jsonata
from stepvet.asl.jsonata.tokens import JsonataError
from stepvet.asl.jsonata.tree import Expression
from stepvet.asl.jsonata.values import Undefined
from stepvet.asl.services import shapes
from stepvet.run.domain import Field
from stepvet.run.failure import QUERY_EVALUATION, Failure
from stepvet.run.symbolic import jsonata_calls, jsonata_operators, jsonata_paths
from stepvet.run.symbolic.throwing import Thrown
from stepvet.run.symbolic.trouble import Trouble, troubled
from stepvet.run.symbolic.values import (
    NOTHING,
    UNKNOWN,
    Arr,
    Con,
    Mark,
    Obj,
    Symbols,
    Value,
    exact,
    lift,
    to_json,
)
from stepvet.run.symbolic.world import World
from stepvet.text.node import String


@dataclass(frozen=True, slots=True)
class Refused:
    """An evaluation that must fail. `deliberate`: the author asked for it, with `$error` or `$assert`."""

    reason: str
    at: tuple[int, int] = (0, 0)
    value: Value | None = None
    deliberate: bool = False


@dataclass(frozen=True, slots=True)
class Closure:
    """A function that the expression itself defines."""

    node: tree.Lambda
    frame: Frame


Result = Value | Mark | Refused | Closure
Results = Iterator[tuple[World, Result]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression sees. `strict`: undefined would fail the field, so a read makes its members present."""

    symbols: Symbols
    source: str
    variables: Mapping[str, Value | Mark | Closure]
    context: Value | Mark = NOTHING
    strict: bool = False
    depth: int = 0

    def lenient(self) -> Frame:
        return replace(self, strict=False) if self.strict else self

    def binding(self, name: str, value: Value | Mark | Closure) -> Frame:
        return replace(self, variables={**self.variables, name: value})

    def unknown_of(self, function: str, value: Value) -> Value:
        return self.symbols.derived(function, (value,), shapes.ANY, value.origin or UNKNOWN)

    def unknown(self, node: tree.Located, shape: shapes.Shape = shapes.ANY, *of: Value | Mark) -> Value:
        """What nobody can tell of a part of the expression; the same for the same values."""
        known = tuple(v for v in of if not isinstance(v, Mark))
        text = self.source[node.start : node.end]
        return self.symbols.derived(
            f"{{% {text} %}}", known, shape, next((v.origin for v in known if v.origin), UNKNOWN)
        )


LIST = shapes.ListOf(shapes.ANY)
VOLATILE = frozenset(("now", "millis", "random", "uuid", "shuffle"))
_DEEPEST = 24
_WIDEST = 400
"""Parts of one block, array, object or path; each is followed inside the one before."""


def evaluate(
    symbols: Symbols, world: World, source: String, bindings: Mapping[str, Value], field: Field
) -> Iterator[tuple[World, Value | Failure]]:
    """A `{% … %}` string; undefined is a failure."""
    text = source.value[2:-2]
    if source.holes or "${" in text:
        yield world, symbols.derived(f"{{%{text}%}}", (), shapes.ANY, UNKNOWN)
        return
    parsed = _parsed(text)
    if isinstance(parsed, JsonataError):
        yield (
            world,
            troubled(QUERY_EVALUATION, parsed.message, source, Trouble(world, field.name, reason=parsed.message)),
        )
        return
    frame = Frame(symbols, text, bindings, strict=True)
    for found, result in evaluated(frame, world, parsed):
        yield found, _settled(result, found, source, field)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Expression | JsonataError:
    return parse_jsonata(text)


def _settled(result: Result, world: World, source: String, field: Field) -> Value | Failure:
    match result:
        case Refused(deliberate=True):
            return Failure(QUERY_EVALUATION, result.reason, source, detail=Thrown(None, None))
        case Refused():
            trouble = Trouble(world, field.name, value=result.value, reason=result.reason)
            return troubled(QUERY_EVALUATION, result.reason, source, trouble)
        case Mark():
            reason = "the expression gives nothing"
            return troubled(QUERY_EVALUATION, reason, source, Trouble(world, field.name, reason=reason))
        case Closure():
            reason = "the expression gives a function"
            return troubled(QUERY_EVALUATION, reason, source, Trouble(world, field.name, reason=reason))
        case _:
            return result


def evaluated(frame: Frame, world: World, node: Expression) -> Results:
    """Every result of an expression that can't be excluded."""
    known = _exactly(frame, node)
    if known is not None:
        yield world, known
        return
    if frame.depth > _DEEPEST or _width(node) > _WIDEST:
        yield world, frame.unknown(node)
        return
    evaluate_node = _EVALUATORS.get(type(node), _unknown)
    yield from evaluate_node(replace(frame, depth=frame.depth + 1), world, node)


def _width(node: Expression) -> int:
    match node:
        case tree.Block(expressions=parts) | tree.Array(items=parts):
            return len(parts)
        case tree.Object(pairs=pairs):
            return len(pairs)
        case tree.Path(steps=steps):
            return len(steps)
        case _:
            return 1


def _unknown(frame: Frame, world: World, node: Expression) -> Results:
    yield world, frame.unknown(node, shapes.ANY, *_used(frame, node))


def _literal(frame: Frame, world: World, node: tree.Literal) -> Results:
    yield world, Con(node.value)


def _named(frame: Frame, world: World, node: tree.Name) -> Results:
    return jsonata_paths.name(frame, world, frame.context, node.value)


def _read_variable(frame: Frame, world: World, node: tree.Variable) -> Results:
    yield world, _variable(frame, node.name)


def _bound(frame: Frame, world: World, node: tree.Bind) -> Results:
    return evaluated(frame.lenient(), world, node.value)


def _closed(frame: Frame, world: World, node: tree.Lambda) -> Results:
    yield world, Closure(node, frame)


def _called(frame: Frame, world: World, node: tree.Call) -> Results:
    return jsonata_calls.call(frame, world, node, node.function, node.arguments)


def _applied(frame: Frame, world: World, node: tree.Apply) -> Results:
    match node.right:
        case tree.Call(function=function, arguments=arguments):
            return jsonata_calls.call(frame, world, node, function, (node.left, *arguments))
        case tree.Variable() as function:
            return jsonata_calls.call(frame, world, node, function, (node.left,))
        case _:
            return _unknown(frame, world, node)


def _variable(frame: Frame, name: str) -> Value | Mark | Closure:
    if name == "":
        return frame.context
    return frame.variables.get(name, NOTHING)


def _used(frame: Frame, node: Expression) -> list[Value]:
    """The values of the variables that a part of an expression mentions, so far as they are values."""
    mentioned = _mentioned(node)
    found = [frame.variables.get(name) for name in mentioned.variables]
    states = frame.variables.get("states")
    for name in mentioned.states:
        if isinstance(states, Obj):
            member = states.fields.get(name) if name else states
            found.append(member if member is not None and not isinstance(member, Mark) else None)
    if not isinstance(frame.context, Mark):
        found.append(frame.context)
    return [value for value in found if value is not None and not isinstance(value, Mark | Closure)]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The variables that a part of an expression mentions, and the members of `$states`; None is all of it."""

    variables: tuple[str, ...]
    states: tuple[str | None, ...]


@lru_cache(maxsize=8192)
def _mentioned(node: Expression) -> Mentioned:
    return Mentioned(
        tuple(reference.name for reference in free_variables(node)),
        tuple(reference.member for reference in states_references(node)),
    )


@lru_cache(maxsize=8192)
def _is_steady(node: Expression) -> bool:
    """Depends on its variables alone."""
    calls = {call.name for call in called_functions(node)}
    return not calls & VOLATILE and not root_references(node)


def _exactly(frame: Frame, node: Expression) -> Result | None:
    """The executor's own answer, where all that the expression mentions is known."""
    if isinstance(node, tree.Literal | tree.Variable | tree.Lambda | tree.Name) or not _is_steady(node):
        return None
    used = _used(frame, node)
    if not isinstance(frame.context, Mark):
        used.remove(frame.context)
    closures = any(isinstance(frame.variables.get(name), Closure) for name in _mentioned(node).variables)
    if closures or not all(map(exact, used)):
        return None
    known = {k: to_json(v) for k, v in frame.variables.items() if not isinstance(v, Mark | Closure) and exact(v)}
    states = frame.variables.get("states")
    if isinstance(states, Obj):
        members = states.fields.items()
        known["states"] = {k: to_json(v) for k, v in members if not isinstance(v, Mark) and exact(v)}
    result = evaluate_jsonata(node, known)
    match result:
        case Undefined():
            return NOTHING
        case EvaluationFault():
            deliberate = bool({c.name for c in called_functions(node)} & {"error", "assert"})
            return Refused(result.text, (node.start, node.end), deliberate=deliberate)
        case UnsupportedResult():
            return None
    return lift(result)


def _object(frame: Frame, world: World, pairs: tuple[tree.Pair, ...], made: Mapping[str, Value | Mark]) -> Results:
    """Members that are undefined are left out. A key that isn't known leaves the object open."""
    if not pairs:
        open_base = frame.symbols.fresh(UNKNOWN, shapes.Object({}, closed=False)) if "" in made else None
        yield world, Obj({k: v for k, v in made.items() if k != ""}, open_base)
        return
    (pair, *rest), lenient = pairs, frame.lenient()
    for keyed, key in evaluated(lenient, world, pair.key):
        if isinstance(key, Refused):
            yield keyed, key
            continue
        name = key.value if isinstance(key, Con) and isinstance(key.value, str) else ""
        for found, value in evaluated(lenient, keyed, pair.value):
            if isinstance(value, Refused):
                yield found, value
            else:
                kept = {} if isinstance(value, Mark) and name else {name: _valued(frame, pair, value)}
                yield from _object(frame, found, tuple(rest), {**made, **kept})


def _valued(frame: Frame, pair: tree.Pair, value: Value | Mark | Closure) -> Value | Mark:
    return frame.unknown(pair.value) if isinstance(value, Closure) else value


def _array(
    frame: Frame, world: World, node: tree.Array, items: tuple[Expression, ...], made: tuple[Value, ...]
) -> Results:
    """Arrays among the items are flattened, unless they are written as arrays; undefined ones are left out."""
    if not items:
        yield world, Arr(made)
        return
    item, *rest = items
    if isinstance(item, tree.Range):
        yield world, frame.unknown(node, LIST, *_used(frame, node))
        return
    for found, value in evaluated(frame.lenient(), world, item):
        match value:
            case Refused():
                yield found, value
            case Mark():
                yield from _array(frame, found, node, tuple(rest), made)
            case Con() | Obj():
                yield from _array(frame, found, node, tuple(rest), (*made, value))
            case Arr(items=inner, tail=None):
                more = (value,) if isinstance(item, tree.Array) else inner
                yield from _array(frame, found, node, tuple(rest), (*made, *more))
            case _:
                yield found, frame.unknown(node, LIST, *_used(frame, node))


def _block(frame: Frame, world: World, expressions: tuple[Expression, ...]) -> Results:
    if not expressions:
        yield world, NOTHING
        return
    first, *rest = expressions
    if not rest:
        yield from evaluated(frame, world, first)
        return
    for found, value in evaluated(frame.lenient(), world, first):
        if isinstance(value, Refused):
            yield found, value
        else:
            inner = frame.binding(first.variable.name, value) if isinstance(first, tree.Bind) else frame
            yield from _block(inner, found, tuple(rest))


_EVALUATORS: Mapping[type, Callable[[Frame, World, Any], Results]] = {
    tree.Literal: _literal,
    tree.Variable: _read_variable,
    tree.Name: _named,
    tree.Path: jsonata_paths.path,
    tree.Filtered: jsonata_paths.path,
    tree.Binary: jsonata_operators.operate,
    tree.Negate: jsonata_operators.operate,
    tree.Condition: jsonata_operators.choose,
    tree.Object: lambda frame, world, node: _object(frame, world, node.pairs, {}),
    tree.Array: lambda frame, world, node: _array(frame, world, node, node.items, ()),
    tree.Block: lambda frame, world, node: _block(frame, world, node.expressions),
    tree.Bind: _bound,
    tree.Lambda: _closed,
    tree.Call: _called,
    tree.Apply: _applied,
}
"""How each kind of node is evaluated; the others come to unknown values."""
