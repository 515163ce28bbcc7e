"""Intrinsic calls, and what can be told of one before it runs.

The grammar is in `asl.intrinsics.syntax`, the table of functions in `signatures`, running is in `functions`. A fault's
`kind` says how much is known: AWS refuses unknown functions and nesting beyond its limit when the machine is created;
wrong counts and kinds of arguments are against the specification and fail when the call runs, but what AWS says of
them at creation is not recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from stepvet.asl.intrinsics.signatures import (
    DEEPEST_CALL,
    FUNCTIONS,
    HASHES,
    LONGEST_DATA,
    LONGEST_RANGE,
    Kind,
    Signature,
    rounded,
)
from stepvet.asl.intrinsics.syntax import (
    ESCAPE,
    Argument,
    BoolLiteral,
    Call,
    NullLiteral,
    NumberLiteral,
    PathArgument,
    StringLiteral,
    parse_intrinsic,
    parse_template_value,
)
from stepvet.asl.paths.path import Function, Path
from stepvet.text.near import nearest

__all__ = [
    "FUNCTIONS",
    "Argument",
    "BoolLiteral",
    "Call",
    "FaultKind",
    "IntrinsicFault",
    "Kind",
    "NullLiteral",
    "NumberLiteral",
    "PathArgument",
    "Signature",
    "StringLiteral",
    "call_faults",
    "parse_intrinsic",
    "parse_template_value",
    "placeholders",
]

_PREFIX = "States."


class FaultKind(StrEnum):
    """What is wrong with a call."""

    UNKNOWN_FUNCTION = "unknown function"
    NESTING = "nesting"
    ARITY = "arity"
    ARGUMENT = "argument"
    PLACEHOLDERS = "placeholders"
    ALGORITHM = "algorithm"
    DEEP_MERGE = "deep merge"
    RANGE = "range"
    POSITION = "position"
    LENGTH = "length"
    ROUNDED = "rounded"
    DELIMITERS = "delimiters"

    @property
    def refused(self) -> bool:
        """Whether AWS refuses the state machine for it."""
        return self in (FaultKind.UNKNOWN_FUNCTION, FaultKind.NESTING)

    @property
    def fails(self) -> bool:
        """Whether the call can't succeed; the others are surprises only."""
        return self not in (FaultKind.ROUNDED, FaultKind.DELIMITERS)


@dataclass(frozen=True, slots=True)
class IntrinsicFault:
    """A fault of a call and its place in the text; `near` is the function or the algorithm that was perhaps meant."""

    kind: FaultKind
    message: str
    start: int
    end: int
    near: str | None = None


def call_faults(call: Call) -> Iterator[IntrinsicFault]:
    """Everything that can be told of the call and of the calls in it without knowing the data."""
    yield from _nesting(call, 1)
    yield from _faults(call)


def _nesting(call: Call, depth: int) -> Iterator[IntrinsicFault]:
    if depth > DEEPEST_CALL:
        message = f"calls are nested more than {DEEPEST_CALL} deep"
        yield IntrinsicFault(FaultKind.NESTING, message, call.start, call.name_end)
        return
    for argument in call.arguments:
        if isinstance(argument, Call):
            yield from _nesting(argument, depth + 1)


def _faults(call: Call) -> Iterator[IntrinsicFault]:
    signature = FUNCTIONS.get(call.name)
    if signature is None:
        yield _unknown(call)
    else:
        counted = list(_count(call, signature))
        yield from counted
        yield from _kinds(call, signature)
        yield from () if counted else LITERAL_CHECKS.get(call.name, _no_check)(call)
    for argument in call.arguments:
        if isinstance(argument, Call):
            yield from _faults(argument)


def _unknown(call: Call) -> IntrinsicFault:
    near = _near_function(call.name)
    message = f'there is no intrinsic function "{call.name}"'
    return IntrinsicFault(FaultKind.UNKNOWN_FUNCTION, message, call.start, call.name_end, near)


def _near_function(name: str) -> str | None:
    """By the letters after the prefix: those of the prefix, which all functions have, would allow more slips."""
    near = nearest(name.removeprefix(_PREFIX), (known.removeprefix(_PREFIX) for known in FUNCTIONS))
    return None if near is None else f"{_PREFIX}{near}"


def _count(call: Call, signature: Signature) -> Iterator[IntrinsicFault]:
    given, least, most = len(call.arguments), signature.least, signature.most
    if given < least or (most is not None and given > most):
        due = f"{least} or more" if most is None else str(least) if least == most else f"{least} or {most}"
        message = f"{call.name} takes {due} argument{'' if due == '1' else 's'}, not {given}"
        yield IntrinsicFault(FaultKind.ARITY, message, call.start, call.end)


def _kinds(call: Call, signature: Signature) -> Iterator[IntrinsicFault]:
    for position, argument in enumerate(call.arguments):
        due, given = signature.kind_at(position), kind_of(argument)
        if Kind.ANY not in (due, given) and due is not given:
            message = f"{call.name} needs {due} here, and this is {given}"
            yield IntrinsicFault(FaultKind.ARGUMENT, message, argument.start, argument.end)


def kind_of(argument: Argument) -> Kind:
    """What the argument is, as far as the text tells."""
    match argument:
        case StringLiteral():
            return Kind.STRING
        case NumberLiteral():
            return Kind.NUMBER
        case BoolLiteral():
            return Kind.BOOLEAN
        case NullLiteral():
            return Kind.NULL
        case PathArgument():
            return _kind_of_path(argument.path)
        case Call():
            signature = FUNCTIONS.get(argument.name)
            return signature.result if signature else Kind.ANY
    assert_never(argument)


def _kind_of_path(path: Path) -> Kind:
    computed = path.segments and isinstance(path.segments[-1], Function)
    return Kind.ANY if path.definite or computed else Kind.ARRAY


def placeholders(spelling: str) -> int:
    """How many arguments a format text takes: the `{}` in it that no backslash stands before."""
    return ESCAPE.sub("-", spelling).count("{}")


def _no_check(_: Call) -> Iterator[IntrinsicFault]:
    yield from ()


def _format(call: Call) -> Iterator[IntrinsicFault]:
    match call.arguments:
        case (StringLiteral() as template, *values) if placeholders(template.spelling) != len(values):
            holes = placeholders(template.spelling)
            message = f"the format has {holes} {{}} and is given {len(values)} value{'' if len(values) == 1 else 's'}"
            yield IntrinsicFault(FaultKind.PLACEHOLDERS, message, template.start, template.end)


def _hash(call: Call) -> Iterator[IntrinsicFault]:
    yield from _length(call)
    match call.arguments:
        case (_, StringLiteral() as algorithm) if algorithm.value not in HASHES:
            near = nearest(algorithm.value, HASHES)
            message = f'"{algorithm.value}" is none of the hash algorithms {", ".join(HASHES)}'
            yield IntrinsicFault(FaultKind.ALGORITHM, message, algorithm.start, algorithm.end, near)


def _merge(call: Call) -> Iterator[IntrinsicFault]:
    match call.arguments:
        case (_, _, BoolLiteral(value=True) as deep):
            message = "only shallow merging is supported, so the last argument must be false"
            yield IntrinsicFault(FaultKind.DEEP_MERGE, message, deep.start, deep.end)


def _range(call: Call) -> Iterator[IntrinsicFault]:
    match call.arguments:
        case (_, _, NumberLiteral() as step) if rounded(step.value) == 0:
            yield IntrinsicFault(FaultKind.RANGE, "the step of a range can't be 0", step.start, step.end)
        case (NumberLiteral() as first, NumberLiteral() as last, NumberLiteral() as step):
            size = max(0, (rounded(last.value) - rounded(first.value)) // rounded(step.value) + 1)
            if size > LONGEST_RANGE:
                message = f"the range has {size} elements, and {LONGEST_RANGE} is the most"
                yield IntrinsicFault(FaultKind.RANGE, message, call.start, call.end)


def _position(call: Call) -> Iterator[IntrinsicFault]:
    match call.arguments:
        case (_, NumberLiteral() as index) if index.value < 0:
            yield IntrinsicFault(FaultKind.POSITION, "an index can't be negative here", index.start, index.end)


def _partition(call: Call) -> Iterator[IntrinsicFault]:
    match call.arguments:
        case (_, NumberLiteral() as size) if rounded(size.value) < 1:
            yield IntrinsicFault(FaultKind.POSITION, "the size of a part must be 1 or more", size.start, size.end)


def _length(call: Call) -> Iterator[IntrinsicFault]:
    match call.arguments:
        case (StringLiteral() as data, *_) if len(data.value) > LONGEST_DATA:
            message = f"the text has {len(data.value)} characters, and {LONGEST_DATA} is the most"
            yield IntrinsicFault(FaultKind.LENGTH, message, data.start, data.end)


def _whole(call: Call) -> Iterator[IntrinsicFault]:
    for number in call.arguments:
        if isinstance(number, NumberLiteral) and number.value != rounded(number.value):
            message = f"{call.name} rounds {number.value} to {rounded(number.value)}"
            yield IntrinsicFault(FaultKind.ROUNDED, message, number.start, number.end)


def _split(call: Call) -> Iterator[IntrinsicFault]:
    match call.arguments:
        case (_, StringLiteral() as signs) if len(signs.value) > 1:
            message = "each character of this text is a delimiter of its own"
            yield IntrinsicFault(FaultKind.DELIMITERS, message, signs.start, signs.end)


LITERAL_CHECKS: dict[str, Callable[[Call], Iterator[IntrinsicFault]]] = {
    "States.ArrayGetItem": _position,
    "States.ArrayPartition": _partition,
    "States.ArrayRange": _range,
    "States.Base64Decode": _length,
    "States.Base64Encode": _length,
    "States.Format": _format,
    "States.Hash": _hash,
    "States.JsonMerge": _merge,
    "States.MathAdd": _whole,
    "States.MathRandom": _whole,
    "States.StringSplit": _split,
}
