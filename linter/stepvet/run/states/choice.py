"""Choice: the first rule that holds, or the Default.

Rules are tried in order, `And` and `Or` from left to right and no further than needed, so a guard before a test
protects it. A missing `Variable` is false for no operator but `IsPresent`: it fails the execution (recorded).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, assert_never

from stepvet.asl.model import Choice, ChoiceRule, Combination, Comparison, Test
from stepvet.asl.paths.path import PathError, parse_path
from stepvet.run.domain import Answers, Domain, Field, Verdicts
from stepvet.run.expression import Sight, bind, expression, is_expression, only, plain_path, resolve
from stepvet.run.failure import NO_CHOICE_MATCHED, QUERY_EVALUATION, Failure, engine_failure, runtime
from stepvet.run.move import Absent
from stepvet.text.node import Bool, Node, Number, String, plain

W = TypeVar("W")
V = TypeVar("V")
Chosen = Iterator[tuple[W, ChoiceRule | Choice | Failure]]


def choose(domain: Domain[W, V], world: W, sight: Sight[V], state: Choice) -> Chosen[W]:
    """The rule that matches; the state itself where its Default is taken."""
    worlds: Iterable[W] = (world,)
    for rule in state.choices:
        left: list[W] = []
        for known in worlds:
            for found, verdict in holds(domain, known, sight, rule):
                if isinstance(verdict, Failure):
                    yield found, verdict
                elif verdict:
                    yield domain.took(found, sight.visit, "rule", rule.index), rule
                else:
                    left.append(found)
        worlds = left
    for known in worlds:
        yield _otherwise(domain, known, sight, state)


def _otherwise(domain: Domain[W, V], world: W, sight: Sight[V], state: Choice) -> tuple[W, Choice | Failure]:
    if state.default is not None:
        return domain.took(world, sight.visit, "default", 0), state
    return world, engine_failure(
        NO_CHOICE_MATCHED, "Failed to transition out of the state. The state matched no choice rule.", state.key
    )


def holds(domain: Domain[W, V], world: W, sight: Sight[V], rule: ChoiceRule) -> Verdicts[W]:
    name = f"Choices[{rule.index}]/Condition"
    match rule.condition:
        case Bool():
            yield world, rule.condition.value
        case String() if is_expression(rule.condition):
            field = Field(rule.condition, name)
            for found, value in expression(domain, world, sight, rule.condition, name):
                if isinstance(value, Failure):
                    yield found, value
                else:
                    yield from domain.truth(found, value, field)
        case None if rule.test is not None:
            yield from _test(domain, world, sight, rule.test)
        case _:
            text = f"The field '{name}' is no condition"
            error = QUERY_EVALUATION if sight.visit.state.language == "JSONata" else "States.Runtime"
            yield world, engine_failure(error, text, rule.node)


def _test(domain: Domain[W, V], world: W, sight: Sight[V], test: Test) -> Verdicts[W]:
    match test:
        case Comparison():
            return _compare(domain, world, sight, test)
        case Combination(combinator="Not"):
            return ((w, v if isinstance(v, Failure) else not v) for w, v in _test(domain, world, sight, test.tests[0]))
        case Combination():
            return _combine(domain, world, sight, test.tests, test.combinator == "Or")
        case _:
            assert_never(test)


def _combine(domain: Domain[W, V], world: W, sight: Sight[V], tests: Sequence[Test], settles: bool) -> Verdicts[W]:
    """`settles` is the verdict after which no further test is asked: true for Or, false for And. Only where a test has
    several verdicts do those that come after it nest."""
    for number, test in enumerate(tests, 1):
        verdicts = list(_test(domain, world, sight, test))
        if len(verdicts) == 1 and verdicts[0][1] is (not settles):
            world = verdicts[0][0]
            continue
        for found, verdict in verdicts:
            if isinstance(verdict, Failure) or verdict is settles or number == len(tests):
                yield found, verdict
            else:
                yield from _combine(domain, found, sight, tests[number:], settles)
        return
    yield world, not settles


def _compare(domain: Domain[W, V], world: W, sight: Sight[V], test: Comparison) -> Verdicts[W]:
    if test.operator.name == "IsPresent":
        return _presence(domain, world, sight, test)
    values = bind(
        _variable(domain, world, sight, test.variable),
        lambda w, left: bind(_operand(domain, w, sight, test), lambda v, right: only(v, (left, right))),
    )
    return _verdicts(domain, values, test)


def _verdicts(domain: Domain[W, V], values: Iterator[tuple[W, tuple[V, V] | Failure]], test: Comparison) -> Verdicts[W]:
    for world, pair in values:
        if isinstance(pair, Failure):
            yield world, pair
        else:
            yield from domain.test(world, test.operator, *pair)


def _variable(domain: Domain[W, V], world: W, sight: Sight[V], node: Node) -> Answers[W, V]:
    if not isinstance(node, String):
        return only(world, runtime("The choice state's condition has no path", node))
    return plain_path(domain, world, sight, node, Field(node, "Variable", "condition"))


def _operand(domain: Domain[W, V], world: W, sight: Sight[V], test: Comparison) -> Answers[W, V]:
    if test.operator.takes_path:
        return _variable(domain, world, sight, test.operand)
    return only(world, domain.literal(plain(test.operand)))


def _presence(domain: Domain[W, V], world: W, sight: Sight[V], test: Comparison) -> Verdicts[W]:
    wanted = test.operand.value if isinstance(test.operand, Bool | Number) else True
    parsed = parse_path(test.variable.value) if isinstance(test.variable, String) else None
    if parsed is None or isinstance(parsed, PathError):
        yield world, runtime("The choice state's condition has no path", test.variable)
        return
    root = resolve(domain, world, sight, parsed)
    if isinstance(root, Absent):
        yield world, not wanted
        return
    for found, present in domain.present(world, root, parsed):
        yield found, present is bool(wanted)
