"""Whether a Choice's rules leave nothing over, as far as their form shows: a constant, or two tests that complement
each other. Values are not asked; where the form shows nothing, nothing is claimed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from stepvet.asl.model import Choice, ChoiceRule, Combination, Comparison, Test
from stepvet.text.node import Bool, String, plain

_COMPLEMENTS = {
    "LessThan": "GreaterThanEquals",
    "GreaterThanEquals": "LessThan",
    "GreaterThan": "LessThanEquals",
    "LessThanEquals": "GreaterThan",
}
_CONSTANT = re.compile(r"\{%\s*true\s*%\}")
_EXPRESSION = re.compile(r"\{%\s*(.*?)\s*%\}", re.DOTALL)
_NEGATION = re.compile(r"\$not\s*\((.*)\)", re.DOTALL)


def always_matches(state: Choice) -> bool:
    """Does some rule match whatever comes in, provided that the values have the types which the rules are about?"""
    tests = [rule.test for rule in state.choices if rule.test is not None]
    claims = {_form(test) for test in tests}
    return (
        any(map(_is_constant, state.choices))
        or _is_split(state)
        or any(denial in claims for test in tests for denial in _denials(test))
    )


def _is_constant(rule: ChoiceRule) -> bool:
    condition = rule.condition
    if isinstance(condition, Bool):
        return condition.value
    return isinstance(condition, String) and bool(_CONSTANT.fullmatch(condition.value))


def _is_split(state: Choice) -> bool:
    """Has one rule the condition of another one within `$not(…)`?"""
    texts = (rule.condition.value for rule in state.choices if isinstance(rule.condition, String))
    conditions = {match[1] for text in texts if (match := _EXPRESSION.fullmatch(text))}
    return any((inner := _NEGATION.fullmatch(text)) and inner[1].strip() in conditions for text in conditions)


def _denials(test: Test) -> Iterator[str]:
    """The forms of the tests that hold when this one doesn't."""
    match test:
        case Combination(combinator="Not", tests=(inner,)):
            yield _form(inner)
        case Comparison(operator=operator, operand=operand) if operator.relation in _COMPLEMENTS:
            other = operator.name.replace(operator.relation, _COMPLEMENTS[operator.relation])
            yield _shown(test.variable, other, plain(operand))
        case Comparison(operator=operator, operand=Bool(value=value)):
            yield _shown(test.variable, operator.name, not value)


def _form(test: Test) -> str:
    """A test as text, without what the rule does with it: equal tests have equal forms."""
    match test:
        case Comparison(variable=variable, operator=operator, operand=operand):
            return _shown(variable, operator.name, plain(operand))
        case Combination(combinator=combinator, tests=tests):
            return f"{combinator}({', '.join(map(_form, tests))})"


def _shown(variable: object, operator: str, operand: object) -> str:
    name = variable.value if isinstance(variable, String) else str(id(variable))
    return f"{name} {operator} {json.dumps(operand, sort_keys=True)}"
