"""What the world around a machine answers: task results by their API's type, errors, items that a reader finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from stepvet.asl.model import Handled, Map, Scope, State, StateMachine, Task, inner_scopes
from stepvet.asl.services import shapes
from stepvet.asl.services.resource import parse_resource
from stepvet.asl.services.results import result_shape
from stepvet.run.failure import ITEM_READER, Failure
from stepvet.run.move import Perform, ReadItems
from stepvet.run.symbolic.throwing import thrown
from stepvet.run.symbolic.values import Obj, Origin, Source, Symbols, Value
from stepvet.run.symbolic.world import World
from stepvet.text.node import Node, Object, String, walk

if TYPE_CHECKING:
    from stepvet.run.symbolic.explorer import Explorer, Outcome

_INTRINSIC = re.compile(r"States\.\w+\s*\(")
ITEMS = shapes.ListOf(shapes.ANY)
TABLE = shapes.ListOf(shapes.MapOf(shapes.STRING))
"""The rows of a CSV file, whose cells are texts."""
_LISTED = shapes.ListOf(
    shapes.Object(
        shapes.members(
            {"Key": shapes.STRING, "Size": shapes.INTEGER}, Etag=shapes.STRING, LastModified=shapes.NUMBER,
            StorageClass=shapes.STRING,
        ),
        closed=False,
    )
)  # fmt: skip


def answers(explorer: Explorer, move: Perform[World, Value]) -> Iterator[Outcome]:
    """A result; and an error, where the state or one around it could catch it. Of paths that are told apart one ends
    with the error that nothing catches."""
    state = move.call.visit.state
    origin = Origin(Source.RESULT, f'the result of "{state.name}"', state.path, state.key)
    result = explorer.domain.symbols.fresh(origin, explorer.shape_of(state, move.call.resource))
    yield move.world.answered(state.path, result, False), result
    if state.path in explorer.guarded or explorer.fails_once(state):
        failure = thrown(explorer.domain.symbols, state.path)
        output = explorer.domain.error_output(move.world, failure)
        yield move.world.answered(state.path, output, True), failure


def shape_of(state: State, resource: str) -> shapes.Shape:
    """The type of a task's result. A task that hands out its token can be answered by anybody, with anything."""
    if isinstance(state, Task) and _mentions_token(state.parameters or state.arguments):
        return shapes.ANY
    return result_shape(parse_resource(resource)) or shapes.ANY


def _mentions_token(node: Node | None) -> bool:
    return node is not None and any(
        isinstance(n, String) and ("Task.Token" in n.value or n.value in ("$$", "$$.Task")) for _, n in walk(node)
    )


def items(explorer: Explorer, move: ReadItems[World, Value]) -> Iterator[Outcome]:
    """The items that an ItemReader finds."""
    state = move.visit.state
    origin = Origin(Source.RESULT, f'the items that "{state.name}" reads', state.path, state.key)
    shape = _LISTED if "listObjects" in move.resource else TABLE if is_table(state) else ITEMS
    found = explorer.domain.symbols.fresh(origin, shape)
    yield move.world.answered(state.path, found, False), found
    if state.path in explorer.guarded:
        failure = Failure(ITEM_READER, "The items could not be read")
        output = explorer.domain.error_output(move.world, failure)
        yield move.world.answered(state.path, output, True), failure


def is_table(state: State) -> bool:
    reader = state.item_reader if isinstance(state, Map) else None
    config = reader.get("ReaderConfig") if reader else None
    kind = config.get("InputType") if isinstance(config, Object) else None
    return isinstance(kind, String) and kind.value == "CSV"


def has_expressions(state: State) -> bool:
    """Whether something in the state is computed in a way that can fail for some data and be caught."""
    for _, node in walk(state.node):
        if isinstance(node, String) and (node.value.startswith("{%") or _INTRINSIC.search(node.value)):
            return True
        if isinstance(node, Object) and node.member("ResultPath"):
            return True
    return False


def machine(symbols: Symbols) -> Value:
    """The Context Object's `StateMachine`."""
    origin = Origin(Source.CONTEXT, "the Context Object's StateMachine")
    return Obj({name: symbols.fresh(origin, shapes.STRING, (name,)) for name in ("Id", "Name")}, None, origin)


def guarded_states(machine: StateMachine) -> frozenset[tuple[str, ...]]:
    """The states whose errors somebody can catch: they themselves or a Map or Parallel around them."""
    return frozenset(_guarded(machine.scope, False))


def _guarded(scope: Scope, around: bool) -> Iterator[tuple[str, ...]]:
    for state in scope.states.values():
        caught = around or (isinstance(state, Handled) and bool(state.catch))
        if caught:
            yield state.path
        for inner in inner_scopes(state):
            yield from _guarded(inner, caught)
