"""Where each part of a JSONata expression stands: in the root context or below it, and which variables are bound there.

The root context is what an expression starts in; in Step Functions it is empty. Steps after the first, predicates, sort
terms, groupings and transforms have a context of their own; the body of a function has that of the place where it is
written.

`:=` binds in the nearest block or function, `@$v` and `#$i` in their path, parameters in their function. A variable is
bound from the end of its `:=` on, and everywhere in a function that is written in the same scope, since that runs
later; so `$x := $x + 1` reads an outer `$x`, and `$f := function() { $f() }` calls itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stepvet.asl.jsonata.tree import (
    Bind,
    Block,
    Expression,
    Filtered,
    Grouped,
    Lambda,
    Part,
    Path,
    Placeholder,
    Position,
    Sort,
    Step,
    Transform,
    Variable,
    children,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """`bound` says for each variable at which offset its binding begins."""

    at_root: bool
    bound: Mapping[str, int]

    def binds(self, variable: Variable) -> bool:
        """Whether a read of this variable finds a binding inside the expression."""
        return variable.name in self.bound and self.bound[variable.name] <= variable.start

    def below(self) -> Scope:
        """The same names, in the context of an item."""
        return Scope(False, self.bound)

    def with_names(self, variables: Iterable[Variable]) -> Scope:
        """The same context, with variables that are bound throughout."""
        names = {variable.name: 0 for variable in variables}
        return Scope(self.at_root, {**self.bound, **names}) if names else self

    def with_binds(self, binds: Iterable[Bind]) -> Scope:
        """The same context, with the bindings of a block or function."""
        bound = dict(self.bound)
        for bind in binds:
            bound[bind.variable.name] = min(bound.get(bind.variable.name, bind.end), bind.end)
        return Scope(self.at_root, bound)

    def deferred(self) -> Scope:
        """The scope of a function's body, which runs after everything around it is bound."""
        return Scope(self.at_root, dict.fromkeys(self.bound, 0))


@dataclass(frozen=True, slots=True)
class Placed:
    """A part and the scope in which it is evaluated."""

    part: Part
    scope: Scope


def placed(tree: Expression) -> Iterator[Placed]:
    """Every part that is evaluated, with its scope, in the order of the text.

    Variables that are bound, not read, are left out: they are in the `Bind`, `Lambda`, `Step` or `Position` that binds
    them. Not recursive.
    """
    pending = [Placed(tree, Scope(True, {}).with_binds(_binds(tree)))]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed([Placed(part, scope) for part, scope in _inside(current)]))


def bindings(tree: Expression) -> Iterator[Variable]:
    """Every variable that the expression binds: by `:=`, as a parameter, by `@` or by `#`."""
    for place in placed(tree):
        match place.part:
            case Bind(variable=variable) | Position(variable=variable):
                yield variable
            case Lambda(parameters=parameters):
                yield from parameters
            case Step(focus=focus, position=position):
                yield from (variable for variable in (focus, position) if variable is not None)


def _inside(place: Placed) -> Iterator[tuple[Part, Scope]]:
    part, scope = place.part, place.scope
    match part:
        case Block(expressions=expressions):
            inner = scope.with_binds(_binds(*expressions))
            yield from ((expression, inner) for expression in expressions)
        case Lambda(parameters=parameters, body=body):
            yield body, scope.deferred().with_names(parameters).with_binds(_binds(body))
        case Bind(value=value):
            yield value, scope
        case Path(steps=steps):
            scope = scope.with_names(_path_names(part))
            yield steps[0], scope
            yield from ((step, scope.below()) for step in steps[1:])
        case Step(expression=expression, stages=stages):
            yield expression, scope
            yield from ((stage, scope.below()) for stage in stages)
        case Filtered(base=base, predicates=predicates):
            yield base, scope
            yield from ((predicate, scope.below()) for predicate in predicates)
        case Grouped(base=base, pairs=pairs):
            yield base, scope
            below = scope.below().with_names(_path_names(base) if isinstance(base, Path) else ())
            yield from ((pair, below) for pair in pairs)
        case Sort() | Transform():
            yield from ((child, scope.below()) for child in children(part))
        case Position() | Placeholder():
            return
        case _:
            yield from ((child, scope) for child in children(part))


def _path_names(path: Path) -> Iterator[Variable]:
    for step in path.steps:
        stages = (stage.variable for stage in step.stages if isinstance(stage, Position))
        yield from (variable for variable in (step.focus, step.position, *stages) if variable is not None)


def _binds(*parts: Part) -> Iterator[Bind]:
    """The bindings that belong to the scope of these parts: not those of blocks and functions inside."""
    pending = list(parts)
    while pending:
        part = pending.pop()
        if isinstance(part, Bind):
            yield part
        if not isinstance(part, Block | Lambda):
            pending.extend(children(part))
