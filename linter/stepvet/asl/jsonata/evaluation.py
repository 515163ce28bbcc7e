"""The evaluator: a tree, a context item and a frame of variables give a value, by the rules of JSONata 2.0.6.

Paths have a module of their own (`asl.jsonata.steps`); operators, arguments and the functions are tables elsewhere. An
error of the expression is raised as `Failure`, and becomes a value in `jsonata`. What `%` looks back to has been
settled by `asl.jsonata.ancestry`.

Results of paths and filters are sequences until they leave `evaluate`, which unwraps them: none is undefined, one is
itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from stepvet.asl.jsonata.ancestry import Ancestry
from stepvet.asl.jsonata.arguments import checked
from stepvet.asl.jsonata.frames import Frame, Meter
from stepvet.asl.jsonata.members import descendants, member, members
from stepvet.asl.jsonata.operators import operate
from stepvet.asl.jsonata.regex import first_match
from stepvet.asl.jsonata.signature import parse_signature
from stepvet.asl.jsonata.steps import Paths, kept
from stepvet.asl.jsonata.transform import transformed
from stepvet.asl.jsonata.tree import (
    Apply,
    Array,
    Binary,
    Bind,
    Block,
    Call,
    Condition,
    Descendant,
    Expression,
    Filtered,
    Grouped,
    Lambda,
    Literal,
    Name,
    Negate,
    Object,
    Parent,
    Partial,
    Path,
    Placeholder,
    Range,
    Regex,
    Step,
    Transform,
    Variable,
    Wildcard,
    base_of,
)
from stepvet.asl.jsonata.values import (
    UNDEFINED,
    Closure,
    Composed,
    Failure,
    Function,
    Native,
    NextMatch,
    Partially,
    Pattern,
    Sequence,
    Transformer,
    Value,
    is_function,
    is_number,
    number,
    truth,
)


@dataclass(frozen=True, slots=True)
class TailCall:
    """A call that is the last thing a function does: made by the caller, so that recursion needs no stack."""

    function: Value
    arguments: list[Value]
    context: Value
    name: str | None


_HOLE = Placeholder(start=0, end=0)
"""An argument to come, in a `Partially`."""


class Evaluation:
    """One evaluation of one expression. It is the host of the functions that it calls, which ask it for the rest.

    `millis` is the time at which it happens, `random` where chance comes from.
    """

    def __init__(self, ancestry: Ancestry, random: Random, millis: int) -> None:
        self.ancestry = ancestry
        self.random = random
        self.millis = millis
        self.meter = Meter()
        self._paths = Paths(self)

    # ---- expressions

    def evaluate(self, expression: Expression, item: Value, frame: Frame) -> Value:
        """The value of an expression in the context of an item."""
        weight = self.meter.enter(expression)
        value = unwrapped(self.raw(expression, item, frame))
        self.meter.leave(weight)
        return self.meter.hold(value)

    def raw(self, expression: Expression, item: Value, frame: Frame) -> Value:
        """The value before it is unwrapped, as filters and groupings want it."""
        match expression:
            case Path():
                return self._paths.path(expression, item, frame)
            case Literal(value=value):
                return value
            case Variable(name=name):
                return item if name == "" else frame.find(name)
            case Name(value=name):
                return member(item, name)
            case Binary():
                return self._binary(expression, item, frame)
            case Call():
                return self._call(expression, item, frame, ())
            case Block(expressions=expressions):
                return self._block(expressions, item, Frame(frame))
            case Condition(test=test, then=then, otherwise=otherwise):
                chosen = then if truth(self.evaluate(test, item, frame)) else otherwise
                return UNDEFINED if chosen is None else self.evaluate(chosen, item, frame)
            case Object(pairs=pairs):
                return self._paths.grouped(pairs, item, frame)
            case Array(items=items):
                return self._array(items, item, frame)
            case _:
                return self._rarer(expression, item, frame)

    def _rarer(self, expression: Expression, item: Value, frame: Frame) -> Value:
        match expression:
            case Filtered():
                return self._paths.filtered(expression, item, frame)
            case Grouped():
                return self._paths.grouping(expression, item, frame)
            case Bind(variable=variable, value=value):
                bound = self.evaluate(value, item, frame)
                frame.bind(variable.name, bound)
                return bound
            case Lambda(signature=text):
                return Closure(expression, item, frame, None if text is None else parse_signature(text))
            case Negate(operand=operand):
                return _negative(self.evaluate(operand, item, frame))
            case Range(first=first, last=last):
                return self._range(self.evaluate(first, item, frame), self.evaluate(last, item, frame))
            case Apply():
                return self._apply_operator(expression, item, frame)
            case Partial():
                return self._partial(expression, item, frame)
            case _:
                return self._rarest(expression, item, frame)

    def _rarest(self, expression: Expression, item: Value, frame: Frame) -> Value:
        match expression:
            case Regex(pattern=pattern, flags=flags):
                return Pattern(pattern, flags)
            case Transform():
                return Transformer(expression, frame)
            case Wildcard():
                return members(item)
            case Descendant():
                return descendants(item)
            case Parent():
                label = self.ancestry.labels.get(id(expression))
                return UNDEFINED if label is None else frame.find(label)
            case _:
                raise AssertionError(expression)

    def _binary(self, expression: Binary, item: Value, frame: Frame) -> Value:
        left = self.evaluate(expression.left, item, frame)
        match expression.operator:
            case "and":
                return truth(left) and truth(self.evaluate(expression.right, item, frame))
            case "or":
                return truth(left) or truth(self.evaluate(expression.right, item, frame))
            case operator:
                return operate(operator, left, self.evaluate(expression.right, item, frame))

    def _block(self, expressions: tuple[Expression, ...], item: Value, frame: Frame) -> Value:
        value: Value = UNDEFINED
        for expression in expressions:
            value = self.evaluate(expression, item, frame)
        return value

    def _array(self, items: tuple[Expression, ...], item: Value, frame: Frame) -> list[Value]:
        array: list[Value] = []
        for part in items:
            value = self.evaluate(part, item, frame)
            if isinstance(value, list) and not _is_array(part):
                array.extend(value)
                self.meter.reserve(len(array))
            elif value is not UNDEFINED:
                array.append(value)
        return array

    def _range(self, first: Value, last: Value) -> Value:
        for bound, code in ((first, "T2003"), (last, "T2004")):
            if bound is not UNDEFINED and (isinstance(bound, bool) or not isinstance(bound, int)):
                raise Failure(code, value=bound)
        if first is UNDEFINED or last is UNDEFINED or first > last:
            return UNDEFINED
        size = last - first + 1
        if size > 1e7:
            raise Failure("D2014", value=size)
        self.meter.reserve(size)
        return Sequence(range(first, last + 1))

    # ---- functions

    def apply(self, function: Value, arguments: Iterable[Value], item: Value = UNDEFINED) -> Value:
        """What a function gives for arguments. `item` may take the place of the first one."""
        return self._applied(TailCall(function, list(arguments), item, None))

    def _applied(self, call: TailCall) -> Value:
        while True:
            try:
                result = self._step(call)
            except Failure as failure:
                failure.inserts.setdefault("token", call.name)
                raise
            if not isinstance(result, TailCall):
                return self.meter.hold(result)
            self.meter.work(1)
            call = result

    def _step(self, call: TailCall) -> Value:
        arguments = call.arguments
        match call.function:
            case Closure() as closure:
                if closure.signature is not None:
                    arguments = checked(closure.signature, arguments, call.context)
                return self._body(closure, arguments)
            case Native(implementation=implementation, signature=signature):
                given = checked(signature, arguments, call.context)
                return implementation(self, *given)
            case Partially(function=function, arguments=known):
                coming = iter(arguments)
                filled = [next(coming, UNDEFINED) if argument is _HOLE else argument for argument in known]
                return TailCall(function, filled, call.context, call.name)
            case Composed(first=first, second=second):
                return TailCall(second, [self.apply(first, arguments)], UNDEFINED, call.name)
            case Pattern() as pattern:
                return first_match(pattern, arguments[0] if arguments else UNDEFINED, 0)
            case NextMatch(pattern=pattern, text=text, position=position):
                return first_match(pattern, text, position)
            case Transformer(definition=definition, frame=frame):
                return transformed(self, definition, frame, arguments)
            case _:
                raise Failure("T1006")

    def _body(self, closure: Closure, arguments: list[Value]) -> Value:
        parameters = closure.definition.parameters
        names = dict(zip((parameter.name for parameter in parameters), arguments, strict=False))
        return self._tail(closure.definition.body, closure.context, Frame(closure.frame, names))

    def _tail(self, expression: Expression, item: Value, frame: Frame) -> Value:
        """The value of a function's body, or the call that will give it."""
        match expression:
            case Call(function=function, arguments=arguments):
                called = self.evaluate(function, item, frame)
                given = [self.evaluate(argument, item, frame) for argument in arguments]
                return TailCall(called, given, item, _name_of(function))
            case Condition(test=test, then=then, otherwise=otherwise):
                chosen = then if truth(self.evaluate(test, item, frame)) else otherwise
                return UNDEFINED if chosen is None else self._tail(chosen, item, frame)
            case Block(expressions=(*before, last)):
                inner = Frame(frame)
                self._block(tuple(before), item, inner)
                return self._tail(last, item, inner)
            case _:
                return self.evaluate(expression, item, frame)

    def _call(self, expression: Call, item: Value, frame: Frame, first: tuple[Value, ...]) -> Value:
        function = self.evaluate(expression.function, item, frame)
        name = _name_of(expression.function)
        if function is UNDEFINED and _forgotten_dollar(expression.function, frame):
            raise Failure("T1005", token=name)
        arguments = [*first, *(self.evaluate(argument, item, frame) for argument in expression.arguments)]
        return self._applied(TailCall(function, arguments, item, name))

    def _apply_operator(self, expression: Apply, item: Value, frame: Frame) -> Value:
        """Filters on a call to the right are lost, as they are in the engine; `[]` on either side is not."""
        left = self.evaluate(expression.left, item, frame)
        call = base_of(expression.right)
        if isinstance(call, Call):
            result = self._call(call, item, frame, (left,))
        else:
            right = self.evaluate(expression.right, item, frame)
            if not is_function(right):
                raise Failure("T2006", value=right)
            result = Composed(left, right) if is_function(left) else self.apply(right, [left])
        keeps = any(isinstance(side, Filtered) and side.keeps_array for side in (expression.left, expression.right))
        return kept(result) if keeps else result

    def _partial(self, expression: Partial, item: Value, frame: Frame) -> Value:
        arguments = tuple(
            _HOLE if isinstance(argument, Placeholder) else self.evaluate(argument, item, frame)
            for argument in expression.arguments
        )
        function = self.evaluate(expression.function, item, frame)
        if is_function(function):
            return Partially(function, arguments)
        hinted = function is UNDEFINED and _forgotten_dollar(expression.function, frame)
        raise Failure("T1007" if hinted else "T1008", token=_name_of(expression.function))


def unwrapped(value: Value) -> Value:
    """A sequence as the value that it stands for."""
    if not isinstance(value, Sequence) or len(value) > 1:
        return value
    if not value:
        return UNDEFINED
    return value if value.kept else value[0]


def arity(function: Function) -> int:
    """How many arguments a function takes, as functions that call it want to know."""
    match function:
        case Closure(definition=definition):
            return len(definition.parameters)
        case Native(arity=count):
            return count
        case Partially(arguments=arguments):
            return sum(argument is _HOLE for argument in arguments)
        case _:
            return 1


def _negative(value: Value) -> Value:
    if value is UNDEFINED:
        return value
    if not is_number(value):
        raise Failure("D1002", value=value, token="-")
    return number(-float(value))


def _is_array(part: Expression) -> bool:
    """An array constructor inside another one is an item; any other array is a row of items."""
    return isinstance(base_of(part), Array)


def _name_of(function: Expression) -> str | None:
    """The name by which messages call a function."""
    match function:
        case Variable(name=name) | Path(steps=(Step(expression=Name(value=name)), *_)):
            return name
        case _:
            return None


def _forgotten_dollar(function: Expression, frame: Frame) -> bool:
    match function:
        case Path(steps=(Step(expression=Name(value=name)), *_)):
            return frame.find(name) is not UNDEFINED
        case _:
            return False
