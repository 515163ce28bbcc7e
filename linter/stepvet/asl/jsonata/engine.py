"""JSONata for Step Functions: evaluates expressions, and is the only module that imports a JSONata library.

The language is JSONata 2.0.6 as Step Functions runs it: no context item, no `$eval`, six more functions. Trees come
from `asl.jsonata.syntax`, what can be said of them without values from `asl.jsonata.analysis`. The evaluator is ours,
since the library's can't be bounded and has messages of its own; the library formats and parses numbers and times by
picture strings.

Invariant: evaluation never raises, always ends, changes none of its inputs and shares nothing with them or with another
evaluation; given the same clock and random generator it gives the same result.
"""

from __future__ import annotations

import functools
import re
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, TypeAlias

from stepvet.asl.jsonata.ancestry import resolve_ancestry
from stepvet.asl.jsonata.aws import AWS_BODIES
from stepvet.asl.jsonata.evaluation import Evaluation
from stepvet.asl.jsonata.frames import Frame
from stepvet.asl.jsonata.functions import FUNCTION_BODIES
from stepvet.asl.jsonata.messages import TEMPLATES
from stepvet.asl.jsonata.names import FUNCTIONS, signature_of
from stepvet.asl.jsonata.numbers import NUMBER_FUNCTIONS
from stepvet.asl.jsonata.signature import Signature
from stepvet.asl.jsonata.strings import STRING_FUNCTIONS
from stepvet.asl.jsonata.syntax import parse_jsonata
from stepvet.asl.jsonata.times import from_millis, missing_date, to_millis
from stepvet.asl.jsonata.tokens import JsonataError
from stepvet.asl.jsonata.tree import Expression
from stepvet.asl.jsonata.values import UNDEFINED, Failure, Native, Undefined, Unsupported, Value, number, to_json

Json: TypeAlias = Any
"""What `json.loads` gives."""


@dataclass(frozen=True, slots=True)
class EvaluationFault:
    """An error of evaluation: the engine's code, and its message without the code.

    Codes that begin with U are ours, for what Step Functions says without one: limits on depth, time and memory.
    """

    code: str
    message: str

    @property
    def text(self) -> str:
        """The words that Step Functions puts into the cause of a States.QueryEvaluationError."""
        return self.message if self.code.startswith("U") else f"{self.code}: {self.message}"


@dataclass(frozen=True, slots=True)
class UnsupportedResult:
    """The result is, or holds, a function."""


def evaluate_jsonata(
    expression: str | Expression,
    variables: Mapping[str, Json],
    *,
    random: Random | None = None,
    millis: int = 0,
) -> Json | Undefined | UnsupportedResult | EvaluationFault:
    """The result of an expression as plain JSON, or why there is none.

    `expression` is a tree or the text between `{%` and `%}`; `variables` are by name, without the `$`, and `states` is
    one of them. `millis` is the time that `$now()` and `$millis()` tell, in milliseconds since 1970; `random` feeds
    `$random`, `$uuid` and `$shuffle`, and is seeded with 0 if none is given.

    >>> evaluate_jsonata("$x.y[z > 1].z", {"x": {"y": [{"z": 1}, {"z": 2}]}})
    2
    >>> evaluate_jsonata("$nope()", {}).text
    'T1006: Attempted to invoke a non-function'
    """
    tree = parse_jsonata(expression) if isinstance(expression, str) else expression
    if isinstance(tree, JsonataError):
        return EvaluationFault(tree.code, tree.message)
    try:
        evaluation = Evaluation(resolve_ancestry(tree), random or Random(0), millis)
        result = evaluation.evaluate(tree, UNDEFINED, Frame(Frame(None, _natives()), variables))
        return UNDEFINED if result is UNDEFINED else to_json(result)
    except Failure as failure:
        return EvaluationFault(failure.code, failure.message)
    except Unsupported:
        return UnsupportedResult()
    except (RecursionError, MemoryError):
        return EvaluationFault("U1001", Failure("U1001").message)
    except (ArithmeticError, ValueError, TypeError):  # a number that is infinite, or none, where a function counts
        return EvaluationFault("D1001", Failure("D1001", value=None).message)


@functools.cache
def _natives() -> Mapping[str, Native]:
    return {name: _native(name, signature) for name in FUNCTIONS if (signature := signature_of(name))}


TAKES_UNDEFINED = frozenset({"count", "append", "exists", "zip", "error", "assert", "now", "random"})
"""Functions that make something of an undefined first argument; all others give undefined for it."""
_TAKES_LESS = frozenset({"substring", "substringBefore", "substringAfter", "pad", "lookup"})
"""Functions that do with an undefined argument what they do without one."""
_ARITIES: Mapping[str, int] = {"string": 1, "random": 0}
"""Functions that `$map` and its like offer fewer arguments than the signature has."""


def _native(name: str, signature: Signature) -> Native:
    body = {**FUNCTION_BODIES, **NUMBER_FUNCTIONS, **STRING_FUNCTIONS, **AWS_BODIES, **_PICTURES}[name]
    if name not in TAKES_UNDEFINED:
        needed = 1 if name in _TAKES_LESS else sum(not parameter.optional for parameter in signature.parameters)
        body = functools.partial(_unless_undefined, body, needed)
    return Native(name, body, signature, _ARITIES.get(name, len(signature.parameters)))


def _unless_undefined(body: Callable[..., Value], needed: int, host: Evaluation, *arguments: Value) -> Value:
    """Signatures let undefined arguments pass. What it can do nothing with, the reference fails on in other words."""
    if arguments and arguments[0] is UNDEFINED:
        return UNDEFINED
    if UNDEFINED in arguments[:needed]:
        index = arguments.index(UNDEFINED)
        raise Failure("T0410", value=UNDEFINED, index=index + 1)
    return body(host, *arguments)


# ---- the library: numbers and times by picture strings


_TOLD: Mapping[str, re.Pattern[str]] = {
    code: re.compile(re.escape(TEMPLATES[code]).replace(r"\{\{value\}\}", "(.*)"))
    for code in ("D3130", "D3131", "D3132", "D3133", "D3134", "D3135", "D3136")
}
"""The library's own texts of some errors, in which it gives no code."""


def _library(call: Callable[[Any], Value], fault: str, value: Value) -> Value:
    """What the library says; `fault` is the error for what it can't say in the engine's terms."""
    limit = sys.getrecursionlimit()
    from jsonata import functions, jexception

    sys.setrecursionlimit(limit)  # the library raises it for the whole process
    try:
        with warnings.catch_warnings():  # from Python 3.12 on, it uses what is deprecated
            warnings.simplefilter("ignore", DeprecationWarning)
            result = call(functions.Functions)
    except jexception.JException as error:
        raise Failure(error.error, value=error.current) from error
    except Exception as error:  # pictures that it doesn't foresee; a few of its own errors are bare texts
        raise _failure(str(error), fault, value) from error
    return UNDEFINED if result is None else result


def _failure(text: str, fault: str, value: Value) -> Failure:
    for code, pattern in _TOLD.items():
        match = pattern.fullmatch(text)
        if match is not None:
            return Failure(code, value=next(iter(match.groups()), UNDEFINED))
    return Failure(fault, value=value, message=text)


def _format_number(_host: Evaluation, value: float, picture: str, options: Value) -> Value:
    symbols = None if options is UNDEFINED else options
    return _library(lambda library: library.format_number(value, picture, symbols), "D3137", value)


def _format_integer(_host: Evaluation, value: float, picture: str) -> Value:
    return _library(lambda library: library.format_integer(value, picture), "D3130", picture)


def _parse_integer(_host: Evaluation, text: str, picture: str) -> Value:
    return _library(lambda library: number(float(library.parse_integer(text, picture))), "D3130", picture)


def _from_millis(_host: Evaluation, millis: float, picture: Value, zone: Value) -> Value:
    if picture is UNDEFINED and zone is UNDEFINED:
        return from_millis(millis)
    pictured = None if picture is UNDEFINED else picture
    zoned = None if zone is UNDEFINED else zone
    return _library(lambda library: library.datetime_from_millis(millis, pictured, zoned), "D3137", millis)


def _to_millis(host: Evaluation, text: str, picture: Value) -> Value:
    if picture is UNDEFINED:
        return to_millis(text)
    date, dated = missing_date(picture, host.millis)
    return _library(lambda library: library.datetime_to_millis(date + text, dated + picture), "D3136", text)


_PICTURES: Mapping[str, Callable[..., Value]] = {
    "formatNumber": _format_number,
    "formatInteger": _format_integer,
    "parseInteger": _parse_integer,
    "fromMillis": _from_millis,
    "toMillis": _to_millis,
    "now": lambda host, picture, zone: _from_millis(host, host.millis, picture, zone),
    "millis": lambda host: host.millis,
}
