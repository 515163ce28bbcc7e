"""The tree of a JSONata expression: one frozen dataclass a construct, each with the span that it covers.

What the parser makes and what analyses and evaluators read; no behaviour beyond walking. Offsets are code points in the
text between `{%` and `%}`, half open.

The shape is that of the reference engine after its post-parse stage, made regular:

- a field name stands in a `Path`, also when it stands alone; `a.b[0].c` is one `Path` of three `Step`s, where `[0]` is
  a stage of the second, so it applies to each `b` and not to all of them together;
- `$x[0]`, `f()[0]` and `(a.b)[0]` filter a whole value: `Filtered`;
- `[]` after anything sets `keeps_array`, which stops a singleton from being unwrapped;
- a string that is a step of a path is a `Name`, and the minus before a number belongs to its `Literal`.

Invariant: the children of a node lie within its span, in the order in which they are written, except that a stage
written after a grouping (`a{…}[0]`) belongs to the path before it, as it does in the reference engine.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, get_args


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Something that stands at [start, end) of the expression's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Literal(Located):
    """A string, number, boolean or null. Integral numbers are ints."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Regex(Located):
    """`/pattern/flags`; flags are a subset of `im`."""

    pattern: str
    flags: str


@dataclass(frozen=True, slots=True)
class Variable(Located):
    """`$name`. The empty name is `$`, the context item; the name `$` is `$$`, the root of the input."""

    name: str


@dataclass(frozen=True, slots=True)
class Name(Located):
    """A field of the context item, also when it is written in backticks or as a string step."""

    value: str


@dataclass(frozen=True, slots=True)
class Wildcard(Located):
    """`*`: every member of the context item."""


@dataclass(frozen=True, slots=True)
class Descendant(Located):
    """`**`: the context item and everything in it."""


@dataclass(frozen=True, slots=True)
class Parent(Located):
    """`%`: the object that the context item was read from."""


@dataclass(frozen=True, slots=True)
class Filter(Located):
    """`[predicate]` as a stage of a step."""

    predicate: Expression


@dataclass(frozen=True, slots=True)
class Position(Located):
    """`#$variable` after a predicate: binds the position in what is left."""

    variable: Variable


@dataclass(frozen=True, slots=True)
class SortTerm(Located):
    """One key of an order-by."""

    expression: Expression
    descending: bool


@dataclass(frozen=True, slots=True)
class Sort(Located):
    """`^(terms)`: a step that orders all items of the step before it. Terms are evaluated for each item."""

    terms: tuple[SortTerm, ...]


@dataclass(frozen=True, slots=True)
class Step(Located):
    """A step of a path, evaluated for each item that the step before it gave.

    `focus` is the variable of `@$v`, `position` that of `#$i` (bound before the stages).
    """

    expression: Expression | Sort
    stages: tuple[Filter | Position, ...] = ()
    focus: Variable | None = None
    position: Variable | None = None


@dataclass(frozen=True, slots=True)
class Path(Located):
    """Steps joined by `.`; the first one is evaluated in the context of the path itself."""

    steps: tuple[Step, ...]
    keeps_array: bool = False


@dataclass(frozen=True, slots=True)
class Filtered(Located):
    """`base[predicate]…` where the base is no path. Without predicates it is `base[]`."""

    base: Expression
    predicates: tuple[Filter, ...]
    keeps_array: bool = False


@dataclass(frozen=True, slots=True)
class Pair(Located):
    """A key and a value of an object constructor or of a grouping."""

    key: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class Grouped(Located):
    """`base{key: value}`: keys for each item of the base, values for each group of items."""

    base: Expression
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Array(Located):
    """`[items]`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Range(Located):
    """`first..last`, an item of an array constructor."""

    first: Expression
    last: Expression


@dataclass(frozen=True, slots=True)
class Object(Located):
    """`{pairs}`."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Block(Located):
    """`(a; b; c)`, also a mere pair of parentheses: a scope whose value is that of its last expression."""

    expressions: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Bind(Located):
    """`$variable := value`."""

    variable: Variable
    value: Expression


@dataclass(frozen=True, slots=True)
class Lambda(Located):
    """`function($a, $b)<signature>{ body }`; the signature is its text with the angle brackets, or None."""

    parameters: tuple[Variable, ...]
    signature: str | None
    body: Expression


@dataclass(frozen=True, slots=True)
class Call(Located):
    """`function(arguments)`."""

    function: Expression
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Placeholder(Located):
    """`?` among the arguments of a partial application."""


@dataclass(frozen=True, slots=True)
class Partial(Located):
    """`function(a, ?)`: a call that lacks some arguments, hence a function."""

    function: Expression
    arguments: tuple[Expression | Placeholder, ...]


@dataclass(frozen=True, slots=True)
class Condition(Located):
    """`test ? then : otherwise`; without the last part it is undefined when the test fails."""

    test: Expression
    then: Expression
    otherwise: Expression | None


@dataclass(frozen=True, slots=True)
class Negate(Located):
    """`-operand`."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary(Located):
    """Two operands and one of `+ - * / % = != < <= > >= & and or in`."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Apply(Located):
    """`left ~> right`: the left is the first argument of the right; two functions are composed."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Transform(Located):
    """`|pattern|update,deletion|`: a function that copies its argument with changes where the pattern leads."""

    pattern: Expression
    update: Expression
    deletion: Expression | None


Expression: TypeAlias = (
    Literal
    | Regex
    | Variable
    | Name
    | Wildcard
    | Descendant
    | Parent
    | Path
    | Filtered
    | Grouped
    | Array
    | Range
    | Object
    | Block
    | Bind
    | Lambda
    | Call
    | Partial
    | Condition
    | Negate
    | Binary
    | Apply
    | Transform
)
Part: TypeAlias = Expression | Step | Filter | Position | Sort | SortTerm | Pair | Placeholder
"""Everything that a tree is made of."""


def children(part: Part) -> Iterator[Part]:
    """The parts directly below one, in the order of its fields, which is that of evaluation."""
    for field in _FIELDS[type(part)]:
        value = getattr(part, field)
        if isinstance(value, Located):
            yield value  # type: ignore[misc]  # every Located in a tree is a Part
        elif isinstance(value, tuple):
            yield from value


_PLAIN = frozenset({"str", "str | None", "bool", "int", "str | int | float | bool | None"})
_FIELDS: Mapping[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in dataclasses.fields(kind) if field.type not in _PLAIN) for kind in get_args(Part)
}
"""The fields that may hold parts."""


def base_of(expression: Expression) -> Expression:
    """What filters and groupings stand on."""
    while isinstance(expression, Filtered | Grouped):
        expression = expression.base
    return expression


def depth_exceeds(limit: int, tree: Part) -> bool:
    """Whether the tree has more levels than this. Not recursive, either."""
    pending = [(tree, 1)]
    while pending:
        part, depth = pending.pop()
        if depth > limit:
            return True
        pending.extend((child, depth + 1) for child in children(part))
    return False


def walk(part: Part) -> Iterator[Part]:
    """A part and everything below it, parents first, in the order of the text. Not recursive: trees can be deep."""
    pending = [part]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(tuple(children(current))))
