"""A tree to the typed model. What has the wrong shape is left out here and reported by the shape check.

Invariant: never raises, whatever the tree holds; a state without a known `Type` is not in the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from typing import Any, Literal

from stepvet.asl.model import (
    Catcher,
    Choice,
    ChoiceRule,
    Combination,
    Comparison,
    Fail,
    MachineType,
    Map,
    Parallel,
    Pass,
    Processor,
    QueryLanguage,
    Retrier,
    Scope,
    State,
    StateMachine,
    Succeed,
    Task,
    Test,
    Text,
    Wait,
    items_of,
    text,
)
from stepvet.asl.operators import COMBINATORS, OPERATORS
from stepvet.text.node import Bool, Hole, Node, Object, String

STATE_TYPES: dict[str, type[State]] = {t.__name__: t for t in (Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map)}
"""In the order in which AWS lists them."""


def parse(root: Node, machine_type: MachineType = "STANDARD") -> StateMachine | None:
    """The machine, or None where the root is no object."""
    if not isinstance(root, Object):
        return None
    language = effective(root, "JSONPath")
    scope = _scope(root, language, ())
    return StateMachine(node=root, scope=scope, language=language, type=machine_type, **_given(StateMachine, root))


def effective(node: Object, inherited: QueryLanguage) -> QueryLanguage:
    """Any other value than `JSONPath` counts as JSONata (measured at AWS)."""
    own = node.get("QueryLanguage")
    if own is None or isinstance(own, Hole) or (isinstance(own, String) and own.holes):
        return inherited
    return "JSONPath" if isinstance(own, String) and own.value == "JSONPath" else "JSONata"


@cache
def _readers(model: type) -> tuple[tuple[str, str, Callable[[Node | None], Any]], ...]:
    return tuple((f.name, f.metadata["name"], f.metadata["read"]) for f in fields(model) if "read" in f.metadata)


def _given(model: type, node: Object) -> dict[str, Any]:
    return {attribute: read(node.get(name)) for attribute, name, read in _readers(model)}


def _scope(node: Object, language: QueryLanguage, path: tuple[str, ...], distributed: bool = False) -> Scope:
    states: dict[str, State] = {}
    held = node.get("States")
    for member in held.members if isinstance(held, Object) else ():
        state = _state(member.key, member.value, language, path)
        if state is not None:
            states[state.name] = state
    return Scope(node, text(node.get("StartAt")), states, path, distributed)


def _state(key: String, node: Node, machine_language: QueryLanguage, path: tuple[str, ...]) -> State | None:
    if not isinstance(node, Object):
        return None
    kind = node.get("Type")
    model = STATE_TYPES.get(kind.value) if isinstance(kind, String) else None
    if model is None:
        return None
    language = effective(node, machine_language)
    own = (*path, key.value)
    parts = {name: make(node, machine_language, own) for name, make in _PARTS.get(model, ())}
    return model(key=key, node=node, language=language, path=own, **_given(model, node), **parts)


def _retriers(node: Object, _language: QueryLanguage, _path: tuple[str, ...]) -> tuple[Retrier, ...]:
    return tuple(
        Retrier(node=item, error_equals=_names(item), **_given(Retrier, item)) for item in _objects(node, "Retry")
    )


def _catchers(node: Object, _language: QueryLanguage, _path: tuple[str, ...]) -> tuple[Catcher, ...]:
    return tuple(
        Catcher(node=item, error_equals=_names(item), **_given(Catcher, item)) for item in _objects(node, "Catch")
    )


def _names(node: Object) -> tuple[Text, ...]:
    return tuple(item for item in items_of(node.get("ErrorEquals")) if isinstance(item, String | Hole))


def _objects(node: Object, field: str) -> Iterator[Object]:
    return (item for item in items_of(node.get(field)) if isinstance(item, Object))


def _branches(node: Object, language: QueryLanguage, path: tuple[str, ...]) -> tuple[Scope, ...]:
    return tuple(_scope(item, language, path) for item in _objects(node, "Branches"))


def _processor(node: Object, language: QueryLanguage, path: tuple[str, ...]) -> Processor | None:
    member = node.member("ItemProcessor") or node.member("Iterator")
    if member is None or not isinstance(member.value, Object):
        return None
    config = member.value.get("ProcessorConfig")
    mode, execution = (config.get("Mode"), config.get("ExecutionType")) if isinstance(config, Object) else (None, None)
    distributed = isinstance(mode, String) and mode.value == "DISTRIBUTED"
    return Processor(member.key, _scope(member.value, language, path, distributed), text(mode), text(execution))


def _choices(node: Object, _language: QueryLanguage, _path: tuple[str, ...]) -> tuple[ChoiceRule, ...]:
    held = items_of(node.get("Choices"))
    return tuple(_rule(item, index) for index, item in enumerate(held) if isinstance(item, Object))


def _rule(node: Object, index: int) -> ChoiceRule:
    condition = node.get("Condition")
    return ChoiceRule(
        node=node,
        index=index,
        test=_test(node),
        condition=condition if isinstance(condition, String | Bool | Hole) else None,
        **_given(ChoiceRule, node),
    )


def _test(node: Node) -> Test | None:
    """Exactly one operator or combinator; anything else is the shape check's matter."""
    if not isinstance(node, Object):
        return None
    found = [m for m in node.members if m.key.value in OPERATORS or m.key.value in COMBINATORS]
    if len(found) != 1:
        return None
    key, operand = found[0].key, found[0].value
    operator = OPERATORS.get(key.value)
    if operator is None:
        return _combination(node, key, operand)
    variable = text(node.get("Variable"))
    return Comparison(node, variable, operator, key, operand) if variable is not None else None


def _combination(node: Object, key: String, operand: Node) -> Combination | None:
    combinator: Literal["And", "Or", "Not"] = "And" if key.value == "And" else "Or" if key.value == "Or" else "Not"
    held = [operand] if combinator == "Not" else items_of(operand)
    tests = [_test(item) for item in held]
    whole = tuple(t for t in tests if t is not None)
    return Combination(node, combinator, key, whole) if len(whole) == len(tests) and tests else None


_Part = Callable[[Object, QueryLanguage, tuple[str, ...]], Any]
_HANDLERS: tuple[tuple[str, _Part], ...] = (("retry", _retriers), ("catch", _catchers))
_PARTS: dict[type[State], tuple[tuple[str, _Part], ...]] = {
    Task: _HANDLERS,
    Parallel: (*_HANDLERS, ("branches", _branches)),
    Map: (*_HANDLERS, ("processor", _processor)),
    Choice: (("choices", _choices),),
}
