"""The grammar of JSONata 2.0.6, which Step Functions runs: text in, tree or error out.

Operator precedence parsing after Pratt, with the reference engine's binding powers, its one token of look-ahead and its
order of checks, so that of several errors the same one is reported. The engine meets some errors only when it goes over
the finished tree; these are kept and reported if nothing else is wrong.

Invariant: `parse_jsonata` never raises, on any text, and the depth of a tree is bounded, so that readers may recurse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from stepvet.asl.jsonata import paths
from stepvet.asl.jsonata.ancestry import resolve_ancestry
from stepvet.asl.jsonata.signature import check_signature
from stepvet.asl.jsonata.tokens import JsonataError, JsonataSyntaxError, Lookahead, Token, fault_at
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
    Filter,
    Lambda,
    Literal,
    Name,
    Negate,
    Object,
    Pair,
    Parent,
    Partial,
    Path,
    Placeholder,
    Range,
    Regex,
    Sort,
    SortTerm,
    Step,
    Transform,
    Variable,
    Wildcard,
    depth_exceeds,
)

MAX_NESTING = 150
"""Levels of brackets. Step Functions gives up at about 100 ("Stack overflow error")."""
MAX_DEPTH = 500
"""Levels of the tree. Step Functions gives up at about 200 operators in a chain."""


def parse_jsonata(source: str) -> Expression | JsonataError:
    """The tree of the text between `{%` and `%}`, or the error for which AWS refuses it, in the reference's words.

    >>> parse_jsonata("1 +").message
    'Unexpected end of expression'
    """
    try:
        return _parsed(source)
    except RecursionError:  # the caller was near the interpreter's limit already
        return _too_deep(source)


@lru_cache(maxsize=512)
def _parsed(source: str) -> Expression | JsonataError:
    """Every reader of a definition asks for the same trees, which nobody changes."""
    try:
        tree = _Parser(source).parse()
        if len(source) > MAX_DEPTH and depth_exceeds(MAX_DEPTH, tree):
            return _too_deep(source)
        resolve_ancestry(tree)
    except JsonataSyntaxError as fault:
        return fault.error
    return tree


def _too_deep(source: str) -> JsonataError:
    return JsonataSyntaxError("U1001", 0, len(source)).error


_BINARY: Mapping[str, int] = {
    **dict.fromkeys(("*", "/", "%"), 60),
    **dict.fromkeys(("+", "-", "&"), 50),
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "in"), 40),
    "and": 30,
    "or": 25,
}
_POWERS: Mapping[str, int] = {
    **_BINARY,
    **dict.fromkeys(("[", "(", "@", "#"), 80),
    ".": 75,
    "{": 70,
    "^": 40,
    "~>": 40,
    "?": 20,
    ":=": 10,
}
_PREFIX_POWER = 70
_LAMBDA = frozenset({"function", "λ"})


_Made = TypeVar("_Made")


class _Parser:
    """One parse. `_late` is the first fault that is reported only if the whole text is parsed."""

    def __init__(self, source: str) -> None:
        self._tokens = Lookahead(source)
        self._nesting = 0
        self._late: JsonataSyntaxError | None = None

    def parse(self) -> Expression:
        tree = self._expression(0)
        if self._tokens.token.kind != "end":
            raise fault_at(self._tokens.token, "S0201")
        if self._late is not None:
            raise self._late
        return tree

    def _settled(self, build: Callable[[], _Made], otherwise: _Made) -> _Made:
        """What `build` makes; its fault, if it has one, waits until the whole text is parsed."""
        try:
            return build()
        except JsonataSyntaxError as fault:
            self._late = self._late or fault
            return otherwise

    # ---- Pratt's algorithm

    def _expression(self, power: int) -> Expression:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise JsonataSyntaxError("U1001", self._tokens.token.start, self._tokens.token.end)
        token = self._tokens.take(after_operand=True)
        left = self._operand(token)
        while self._tokens.token.kind == "operator" and power < _POWERS.get(self._tokens.token.text, 0):
            operator = self._tokens.take()
            left = self._operated(operator, left)
        self._nesting -= 1
        return left

    def _operand(self, token: Token) -> Expression:
        start, end = token.start, token.end
        match token.kind:
            case "name":
                return paths.bare_name(Name(token.text, start=start, end=end))
            case "variable":
                return Variable(token.text, start=start, end=end)
            case "string" | "number" | "value":
                return Literal(token.value, start=start, end=end)
            case "regex":
                return Regex(token.text, str(token.value), start=start, end=end)
            case "end":
                self._late = self._late or JsonataSyntaxError("S0207", start, end)
                return Literal(None, start=start, end=end)
            case _:
                return self._prefixed(token)

    def _prefixed(self, token: Token) -> Expression:
        start, end = token.start, token.end
        match token.text:
            case "and" | "or" | "in":
                return paths.bare_name(Name(token.text, start=start, end=end))
            case "*":
                return Wildcard(start=start, end=end)
            case "**":
                return Descendant(start=start, end=end)
            case "%":
                return Parent(start=start, end=end)
            case "-":
                return self._negated(start)
            case "(":
                return self._block(start)
            case "[":
                return self._array(start)
            case "{":
                pairs = self._pairs()
                return Object(pairs, start=start, end=self._tokens.end)
            case "|":
                return self._transform(start)
            case _:
                raise fault_at(token, "S0211")

    def _operated(self, operator: Token, left: Expression) -> Expression:
        text = operator.text
        if text in _BINARY:
            right = self._expression(_BINARY[text])
            return Binary(text, left, right, start=left.start, end=right.end)
        return self._INFIX[text](self, operator, left)

    # ---- operands

    def _negated(self, start: int) -> Expression:
        operand = self._expression(_PREFIX_POWER)
        match operand:
            case Literal(value=int() | float() as number) if not isinstance(number, bool):
                return Literal(-number, start=start, end=operand.end)
            case _:
                return Negate(operand, start=start, end=operand.end)

    def _block(self, start: int) -> Expression:
        expressions: list[Expression] = []
        while not self._tokens.sees(")"):
            expressions.append(self._expression(0))
            if not self._tokens.passes(";"):
                break
        self._tokens.take(")", after_operand=True)
        return Block(tuple(expressions), start=start, end=self._tokens.end)

    def _array(self, start: int) -> Expression:
        items: list[Expression] = []
        if not self._tokens.sees("]"):
            items.append(self._item())
            while self._tokens.passes(","):
                items.append(self._item())
        self._tokens.take("]", after_operand=True)
        return Array(tuple(items), start=start, end=self._tokens.end)

    def _item(self) -> Expression:
        first = self._expression(0)
        if not self._tokens.passes(".."):
            return first
        last = self._expression(0)
        return Range(first, last, start=first.start, end=last.end)

    def _pairs(self) -> tuple[Pair, ...]:
        """What follows an opening brace, with the closing one."""
        pairs: list[Pair] = []
        if not self._tokens.sees("}"):
            pairs.append(self._pair())
            while self._tokens.passes(","):
                pairs.append(self._pair())
        self._tokens.take("}", after_operand=True)
        return tuple(pairs)

    def _pair(self) -> Pair:
        key = self._expression(0)
        self._tokens.take(":")
        value = self._expression(0)
        return Pair(key, value, start=key.start, end=value.end)

    def _transform(self, start: int) -> Expression:
        pattern = self._expression(0)
        self._tokens.take("|")
        update = self._expression(0)
        deletion = self._expression(0) if self._tokens.passes(",") else None
        self._tokens.take("|")
        return Transform(pattern, update, deletion, start=start, end=self._tokens.end)

    # ---- operators

    def _dot(self, operator: Token, left: Expression) -> Expression:
        right = self._expression(_POWERS["."])
        path = self._settled(lambda: paths.joined(left, right), left)
        more: list[Path] = []
        while self._tokens.passes("."):
            more.extend(self._following())
        return paths.extended(path, more)

    def _following(self) -> tuple[Path, ...]:
        right = self._expression(_POWERS["."])
        nothing: tuple[Path, ...] = ()
        return self._settled(lambda: (paths.following(right),), nothing)

    def _bracket(self, operator: Token, left: Expression) -> Expression:
        if self._tokens.sees("]"):
            self._tokens.take("]")
            return paths.kept(left, self._tokens.end)
        predicate = self._expression(0)
        self._tokens.take("]", after_operand=True)
        stage = Filter(predicate, start=operator.start, end=self._tokens.end)
        return self._settled(lambda: paths.filtered(left, stage), left)

    def _group(self, operator: Token, left: Expression) -> Expression:
        pairs = self._pairs()
        end = self._tokens.end
        return self._settled(lambda: paths.grouped(left, pairs, operator.start, end), left)

    def _order(self, operator: Token, left: Expression) -> Expression:
        self._tokens.take("(")
        terms = [self._term()]
        while self._tokens.passes(","):
            terms.append(self._term())
        self._tokens.take(")")
        return paths.ordered(left, Sort(tuple(terms), start=operator.start, end=self._tokens.end))

    def _term(self) -> SortTerm:
        start = self._tokens.token.start
        descending = self._tokens.passes(">")
        if not descending:
            self._tokens.passes("<")
        expression = self._expression(0)
        return SortTerm(expression, descending, start=start, end=expression.end)

    def _focus(self, operator: Token, left: Expression) -> Expression:
        variable = self._bound_variable(operator)
        return self._settled(lambda: paths.focused(left, variable, operator.start), left)

    def _position(self, operator: Token, left: Expression) -> Expression:
        variable = self._bound_variable(operator)
        return self._settled(lambda: paths.positioned(left, variable, operator.start), left)

    def _bound_variable(self, operator: Token) -> Variable:
        right = self._expression(_POWERS[operator.text])
        if not isinstance(right, Variable):
            raise JsonataSyntaxError("S0214", right.start, right.end, token=operator.text)
        return right

    def _bind(self, operator: Token, left: Expression) -> Expression:
        if not isinstance(left, Variable):
            raise JsonataSyntaxError("S0212", left.start, left.end)
        value = self._expression(_POWERS[":="] - 1)
        return Bind(left, value, start=left.start, end=value.end)

    def _apply(self, operator: Token, left: Expression) -> Expression:
        right = self._expression(_POWERS["~>"])
        return Apply(left, right, start=left.start, end=right.end)

    def _condition(self, operator: Token, left: Expression) -> Expression:
        then = self._expression(0)
        otherwise = self._expression(0) if self._tokens.passes(":") else None
        return Condition(left, then, otherwise, start=left.start, end=(otherwise or then).end)

    def _call(self, operator: Token, left: Expression) -> Expression:
        arguments: list[Expression | Placeholder] = []
        if not self._tokens.sees(")"):
            arguments.append(self._argument())
            while self._tokens.passes(","):
                arguments.append(self._argument())
        self._tokens.take(")", after_operand=True)
        match left:
            case Path(steps=(Step(expression=Name(value=name), stages=()),)) if name in _LAMBDA:
                return self._lambda(left.start, arguments)
        complete = tuple(argument for argument in arguments if not isinstance(argument, Placeholder))
        if len(complete) < len(arguments):
            return Partial(left, tuple(arguments), start=left.start, end=self._tokens.end)
        return Call(left, complete, start=left.start, end=self._tokens.end)

    def _argument(self) -> Expression | Placeholder:
        if not self._tokens.sees("?"):
            return self._expression(0)
        mark = self._tokens.take("?")
        return Placeholder(start=mark.start, end=mark.end)

    def _lambda(self, start: int, parameters: list[Expression | Placeholder]) -> Expression:
        for index, parameter in enumerate(parameters, 1):
            if not isinstance(parameter, Variable):
                raise JsonataSyntaxError("S0208", parameter.start, parameter.end, value=index)
        signature = self._signature() if self._tokens.sees("<") else None
        self._tokens.take("{")
        body = self._expression(0)
        self._tokens.take("}")
        variables = tuple(parameter for parameter in parameters if isinstance(parameter, Variable))
        return Lambda(variables, signature, body, start=start, end=self._tokens.end)

    def _signature(self) -> str:
        """The engine puts the signature together from tokens, so blanks in it are lost."""
        start, text, depth = self._tokens.token.start, "<", 1
        while depth > 0 and not self._tokens.sees("{") and self._tokens.token.kind != "end":
            self._tokens.take()
            text += self._tokens.token.text
            depth += self._tokens.sees("<") - self._tokens.sees(">")
        self._tokens.take(">")
        check_signature(text, start, self._tokens.end)
        return text

    _INFIX: Mapping[str, Callable[[_Parser, Token, Expression], Expression]] = {
        ".": _dot,
        "[": _bracket,
        "{": _group,
        "^": _order,
        "@": _focus,
        "#": _position,
        ":=": _bind,
        "~>": _apply,
        "?": _condition,
        "(": _call,
    }
