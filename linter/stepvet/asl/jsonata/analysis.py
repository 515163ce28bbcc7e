"""What can be said of a JSONata expression without running it: what it refers to, what it calls, and what AWS refuses.

Facts with spans, no findings: rules and the verdict make messages of them. Nothing is said that depends on data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from stepvet.asl import aws
from stepvet.asl.jsonata.names import FUNCTIONS, REMOVED, signature_of
from stepvet.asl.jsonata.scopes import Placed, bindings, placed
from stepvet.asl.jsonata.tree import (
    Apply,
    Call,
    Descendant,
    Expression,
    Name,
    Parent,
    Part,
    Partial,
    Path,
    Step,
    Variable,
    Wildcard,
    base_of,
)
from stepvet.text.near import nearest

STATES = "states"
"""The reserved variable: `$states`."""


@dataclass(frozen=True, slots=True)
class RootReference:
    """A reference to the context item or the document of an expression, which has none in Step Functions.

    `message` is AWS's, of the diagnostic UNSUPPORTED_JSONATA_EXPRESSION.
    """

    name: str
    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StatesReference:
    """A read of `$states.member`; `member` is None where `$states` is used in another way, so that any may be read."""

    member: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class VariableReference:
    """A read of a variable that nothing in the expression binds.

    `is_function`: it has the name of a built-in function, which it is unless the workflow assigns a variable of this
    name. `is_called`: it is the function of a call.
    """

    name: str
    start: int
    end: int
    is_function: bool
    is_called: bool


@dataclass(frozen=True, slots=True)
class CalledFunction:
    """A call by name. `arguments` counts what the call passes, the left side of `~>` included; the span is the name's.

    `is_bound`: the expression binds this name itself. `is_partial`: some arguments are left open with `?`.
    """

    name: str
    arguments: int
    start: int
    end: int
    is_bound: bool
    is_partial: bool


class CallProblem(Enum):
    """Why a call can't succeed, whatever the data."""

    UNKNOWN = "no such function"
    REMOVED = "a function of JSONata that Step Functions lacks"
    ARGUMENTS = "too few or too many arguments"


@dataclass(frozen=True, slots=True)
class SignatureFault:
    """A call that fails whenever it is reached.

    `nearest` is a function that may be meant by an unknown one; `least` and `most` are the numbers of arguments that a
    known one takes, `most` being None where there is no bound.
    """

    problem: CallProblem
    call: CalledFunction
    nearest: str | None = None
    least: int = 0
    most: int | None = None


def root_references(tree: Expression) -> tuple[RootReference, ...]:
    """What AWS refuses as a reference at the top level: the first of each name, in the order of the text.

    >>> from stepvet.asl.jsonata.syntax import parse_jsonata
    >>> [r.message for r in root_references(parse_jsonata("phone & $states.input.name & phone"))]
    ["Reference to 'phone' at the top level is not supported."]
    """
    found: dict[str, RootReference] = {}
    for place in placed(tree):
        reference = _root_reference(place)
        if reference is not None:
            found.setdefault(reference.name, reference)
    return tuple(found.values())


def states_references(tree: Expression) -> Iterator[StatesReference]:
    """Every read of `$states`, in the order of the text; the span is `$states.member` or `$states`."""
    reported: set[int] = set()
    for place in placed(tree):
        match place.part:
            case Path(
                steps=(
                    Step(expression=Variable(name="states") as variable, stages=()),
                    Step(expression=Name() as member),
                    *_,
                )
            ) if not place.scope.binds(variable):
                reported.add(variable.start)
                yield StatesReference(member.value, variable.start, member.end)
            case Variable(name="states") as variable:
                if variable.start not in reported and not place.scope.binds(variable):
                    yield StatesReference(None, variable.start, variable.end)


def states_bindings(tree: Expression) -> Iterator[Variable]:
    """Where the reserved `$states` is bound, which it must not be."""
    return (variable for variable in bindings(tree) if variable.name == STATES)


def free_variables(tree: Expression) -> Iterator[VariableReference]:
    """Every read of a variable that is not bound in it, in the order of the text; not `$states`, `$`, `$$`."""
    called: set[int] = set()
    for place in placed(tree):
        match place.part:
            case Call(function=Variable(start=start)) | Partial(function=Variable(start=start)):
                called.add(start)
            case Apply(right=Variable(start=start)):
                called.add(start)
            case Variable(name=name) as variable:
                if name not in ("", "$", STATES) and not place.scope.binds(variable):
                    is_called = variable.start in called
                    yield VariableReference(name, variable.start, variable.end, name in FUNCTIONS, is_called)


def called_functions(tree: Expression) -> list[CalledFunction]:
    """Every call by name, in the order of the text."""
    return sorted(_called_functions(tree), key=lambda call: call.start)


def _called_functions(tree: Expression) -> Iterator[CalledFunction]:
    applied: set[int] = set()
    for place in placed(tree):
        match place.part:
            case Apply(right=Variable() as function):
                yield _called(place, function, 1)
            case Apply(right=right):
                applied.add(id(base_of(right)))
            case Call(function=Variable() as function, arguments=arguments) as call:
                yield _called(place, function, len(arguments) + (id(call) in applied))
            case Partial(function=Variable() as function, arguments=arguments):
                yield _called(place, function, len(arguments), is_partial=True)


def signature_faults(tree: Expression) -> Iterator[SignatureFault]:
    """Every call by name that can't succeed. Arguments of partial applications are not counted.

    >>> from stepvet.asl.jsonata.syntax import parse_jsonata
    >>> [f.nearest for f in signature_faults(parse_jsonata("$uppercas('a')"))]
    ['uppercase']
    """
    for call in called_functions(tree):
        if not call.is_bound:
            yield from _signature_fault(call)


def _root_reference(place: Placed) -> RootReference | None:
    part = place.part
    name = _referred(part)
    if name == "$$":
        return RootReference(name, aws.ROOT_REFERENCE, part.start, part.end)
    if name is None or not place.scope.at_root:
        return None
    return RootReference(name, aws.TOP_LEVEL_REFERENCE.format(name=name), part.start, part.end)


def _referred(part: Part) -> str | None:
    match part:
        case Name(value=name):
            return name
        case Variable(name="" | "$" as name):
            return "$" + name
        case Wildcard():
            return "*"
        case Descendant():
            return "**"
        case Parent():
            return "%"
        case _:
            return None


def _called(place: Placed, function: Variable, arguments: int, *, is_partial: bool = False) -> CalledFunction:
    bound = place.scope.binds(function)
    return CalledFunction(function.name, arguments, function.start, function.end, bound, is_partial)


def _signature_fault(call: CalledFunction) -> Iterator[SignatureFault]:
    signature = signature_of(call.name)
    if call.name in REMOVED:
        yield SignatureFault(CallProblem.REMOVED, call)
    elif signature is None:
        yield SignatureFault(CallProblem.UNKNOWN, call, nearest=nearest(call.name, FUNCTIONS))
    elif not call.is_partial:
        least, most = signature.least, signature.most
        if call.arguments < least or (most is not None and call.arguments > most):
            yield SignatureFault(CallProblem.ARGUMENTS, call, least=least, most=most)
