"""JSONata's functions on numbers, and on arrays of them. An undefined first argument never gets here."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal

from stepvet.asl.jsonata.cast import digits, to_number
from stepvet.asl.jsonata.values import UNDEFINED, Failure, Value, number


def _round(_host: object, value: float, precision: Value) -> Value:
    places = 0 if precision is UNDEFINED else math.trunc(precision)
    if not -400 < places < 400:
        return value if places > 0 else 0
    context = Context(prec=1000)
    rounded = Decimal(digits(value)).quantize(Decimal(1).scaleb(-places, context), ROUND_HALF_EVEN, context)
    return number(float(rounded))


def _power(_host: object, base: float, exponent: float) -> Value:
    try:
        result = math.pow(float(base), float(exponent))
    except (OverflowError, ValueError):
        result = math.inf
    if not math.isfinite(result):
        raise Failure("D3061", value=base, exp=exponent, index=1)
    return number(result)


def _sqrt(_host: object, value: float) -> Value:
    if value < 0:
        raise Failure("D3060", value=value, index=1)
    return number(math.sqrt(value))


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _format_base(host: object, value: float, radix: Value) -> str:
    base = 10 if radix is UNDEFINED else int(_round(host, radix, UNDEFINED))
    if not 2 <= base <= 36:
        raise Failure("D3100", value=radix)
    whole = int(_round(host, value, UNDEFINED))
    rest, text = abs(whole), ""
    while rest:
        rest, digit = divmod(rest, base)
        text = _DIGITS[digit] + text
    return ("-" if whole < 0 else "") + (text or "0")


def _sum(_host: object, values: list[float]) -> Value:
    total = 0.0
    for value in values:
        total += value
    return number(total)


def _average(host: object, values: list[float]) -> Value:
    return number(_sum(host, values) / len(values)) if values else UNDEFINED


NUMBER_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "number": lambda _host, value: to_number(value),
    "abs": lambda _host, value: abs(value),
    "floor": lambda _host, value: math.floor(value),
    "ceil": lambda _host, value: math.ceil(value),
    "round": _round,
    "power": _power,
    "sqrt": _sqrt,
    "formatBase": _format_base,
    "sum": _sum,
    "max": lambda _host, items: max(items, default=UNDEFINED),
    "min": lambda _host, items: min(items, default=UNDEFINED),
    "average": _average,
}
