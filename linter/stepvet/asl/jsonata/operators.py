"""JSONata's binary operators on values. `and` and `or` are not here: they don't always evaluate their right side."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from stepvet.asl.jsonata.cast import to_string
from stepvet.asl.jsonata.values import UNDEFINED, Failure, Value, is_number, number, same


def operate(operator: str, left: Value, right: Value) -> Value:
    """The result of an operator. Raises `Failure` T2001, T2002, T2009, T2010 or D1001."""
    try:
        return _OPERATORS[operator](left, right)
    except Failure as failure:
        failure.inserts.setdefault("token", operator)
        raise


def _arithmetic(compute: Callable[[float, float], float]) -> Callable[[Value, Value], Value]:
    def operator(left: Value, right: Value) -> Value:
        if left is not UNDEFINED and not is_number(left):
            raise Failure("T2001", value=left)
        if right is not UNDEFINED and not is_number(right):
            raise Failure("T2002", value=right)
        if left is UNDEFINED or right is UNDEFINED:
            return UNDEFINED
        return number(compute(float(left), float(right)))

    return operator


def _divide(left: float, right: float) -> float:
    """IEEE division: zero gives infinity or no number, and no error."""
    if right != 0:
        return left / right
    return math.nan if left == 0 or left != left else math.copysign(math.inf, left) * math.copysign(1, right)


def _remainder(left: float, right: float) -> float:
    return math.fmod(left, right) if right != 0 else math.nan


def _comparison(compare: Callable[[Value, Value], bool]) -> Callable[[Value, Value], Value]:
    def operator(left: Value, right: Value) -> Value:
        for operand in (left, right):
            if operand is not UNDEFINED and not isinstance(operand, str) and not is_number(operand):
                raise Failure("T2010", value=operand)
        if left is UNDEFINED or right is UNDEFINED:
            return UNDEFINED
        if isinstance(left, str) != isinstance(right, str):
            raise Failure("T2009", value=left, value2=right)
        return compare(left, right)

    return operator


def _equal(left: Value, right: Value) -> bool:
    return left is not UNDEFINED and right is not UNDEFINED and same(left, right)


def _unequal(left: Value, right: Value) -> bool:
    """Undefined is neither equal nor unequal to anything."""
    return left is not UNDEFINED and right is not UNDEFINED and not same(left, right)


def _contains(left: Value, right: Value) -> bool:
    """`in`: arrays and objects are compared by identity, as the engine does."""
    if left is UNDEFINED or right is UNDEFINED:
        return False
    items = right if isinstance(right, list) else [right]
    return any(item is left if isinstance(left, list | dict) else same(item, left) for item in items)


def _concatenate(left: Value, right: Value) -> str:
    return "".join("" if operand is UNDEFINED else to_string(operand) for operand in (left, right))


_OPERATORS: Mapping[str, Callable[[Value, Value], Value]] = {
    "+": _arithmetic(lambda left, right: left + right),
    "-": _arithmetic(lambda left, right: left - right),
    "*": _arithmetic(lambda left, right: left * right),
    "/": _arithmetic(_divide),
    "%": _arithmetic(_remainder),
    "=": _equal,
    "!=": _unequal,
    "<": _comparison(lambda left, right: left < right),
    "<=": _comparison(lambda left, right: left <= right),
    ">": _comparison(lambda left, right: left > right),
    ">=": _comparison(lambda left, right: left >= right),
    "in": _contains,
    "&": _concatenate,
}
