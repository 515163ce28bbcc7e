"""Arguments of a JSONata call held against the function's signature, as the engine does it at the call.

A call is matched by the letters of its arguments' types: what is left out may be taken from the context item, a single
value becomes an array where one is wanted, and anything else fails with T0410, T0411 or T0412.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from stepvet.asl.jsonata.signature import Parameter, Signature, accepted, matching, pattern_of
from stepvet.asl.jsonata.values import UNDEFINED, Failure, Value, is_function

_PLURALS: Mapping[str, str] = {
    "a": "arrays",
    "b": "booleans",
    "f": "functions",
    "n": "numbers",
    "o": "objects",
    "s": "strings",
}


def checked(signature: Signature, arguments: Sequence[Value], context: Value) -> list[Value]:
    """The arguments as the function gets them. Raises `Failure`."""
    letters = "".join(map(_letter, arguments))
    match = pattern_of(signature).fullmatch(letters)
    if match is None:
        good = matching(signature, letters)
        raise Failure("T0410", value=arguments[good] if good < len(arguments) else UNDEFINED, index=good + 1)
    result: list[Value] = []
    taken = 0
    for parameter, matched in zip(signature.parameters, match.groups(), strict=True):
        if matched == "" and parameter.contextual:
            result.append(_from_context(parameter, context, taken))
        else:
            count = max(len(matched), 1)
            result.extend(_fitted(parameter, matched, arguments, taken, count))
            taken += count
    return result


def _fitted(parameter: Parameter, matched: str, arguments: Sequence[Value], start: int, count: int) -> Iterator[Value]:
    for index in range(start, start + count):
        argument = arguments[index] if index < len(arguments) else UNDEFINED
        wants_array = parameter.type == "a" and argument is not UNDEFINED
        yield _array(parameter, matched, argument, index) if wants_array else argument


def _from_context(parameter: Parameter, context: Value, index: int) -> Value:
    if re.fullmatch(accepted(parameter), _letter(context)):
        return context
    raise Failure("T0411", value=context, index=index + 1)


def _array(parameter: Parameter, matched: str, argument: Value, index: int) -> Value:
    subtype = parameter.subtype
    if subtype is not None:
        if isinstance(argument, list):
            fits = all(_letter(item) == subtype[0] for item in argument)
        else:
            fits = matched == subtype
        if not fits:
            raise Failure("T0412", value=argument, index=index + 1, type=_PLURALS.get(subtype))
    return argument if isinstance(argument, list) else [argument]


def _letter(value: Value) -> str:
    match value:
        case str():
            return "s"
        case bool():
            return "b"
        case int() | float():
            return "n"
        case None:
            return "l"
        case list():
            return "a"
        case dict():
            return "o"
        case _:
            return "f" if is_function(value) else "m"
