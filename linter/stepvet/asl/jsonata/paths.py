"""How JSONata's postfix operators build paths: `.`, `[…]`, `[]`, `{…}`, `^(…)`, `@$v` and `#$i`.

Each function takes what stands to the left of an operator and gives the node that the operator makes of it, by the
rules of the reference engine's post-parse stage, quirks included: what follows a grouping over a path changes that
path, so `a{…}.b` is `a.b{…}`. A combination that the engine refuses raises `JsonataSyntaxError`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from stepvet.asl.jsonata.tokens import JsonataSyntaxError
from stepvet.asl.jsonata.tree import (
    Expression,
    Filter,
    Filtered,
    Grouped,
    Literal,
    Name,
    Pair,
    Path,
    Position,
    Sort,
    Step,
    Variable,
)


def bare_name(name: Name) -> Path:
    """A name that stands alone: the path of one step."""
    return Path((Step(name, start=name.start, end=name.end),), start=name.start, end=name.end)


def joined(left: Expression, right: Expression) -> Expression:
    """`left.right`."""

    def named(path: Path) -> Path:
        first, *others = path.steps  # what stands after a dot has its name already
        return replace(path, steps=(_named(first), *others))

    return extended(_on_path(left, named), (following(right),))


def following(right: Expression) -> Path:
    """What stands after a dot, as the steps that it adds to a path."""
    steps, keeps = _steps(right)
    return Path(tuple(map(_named, steps)), keeps_array=keeps, start=right.start, end=right.end)


def extended(left: Expression, parts: Sequence[Path]) -> Expression:
    """A path, or a grouping of one, with all that stands after further dots: at once, since paths may be long."""

    def append(path: Path) -> Path:
        steps = (*path.steps, *(step for part in parts for step in part.steps))
        keeps = path.keeps_array or any(part.keeps_array for part in parts)
        return replace(path, steps=steps, keeps_array=keeps, end=parts[-1].end)

    return _on_path(left, append) if parts else left


def filtered(left: Expression, predicate: Filter) -> Expression:
    """`left[predicate]`: of each item of the last step if the left is a path, else of the whole."""
    match left:
        case Path() | Grouped(base=Path()):
            return _on_path(left, lambda path: _staged(path, predicate))
        case Grouped():
            raise JsonataSyntaxError("S0209", predicate.start, predicate.end)
        case Filtered():
            return replace(left, predicates=(*left.predicates, predicate), end=predicate.end)
        case _:
            return Filtered(left, (predicate,), start=left.start, end=predicate.end)


def kept(left: Expression, end: int) -> Expression:
    """`left[]`: a single item stays in its array. It changes nothing about a grouping, which is one object."""
    match left:
        case Path() | Filtered():
            return replace(left, keeps_array=True, end=end)
        case Grouped():
            return replace(left, end=end)
        case _:
            return Filtered(left, (), keeps_array=True, start=left.start, end=end)


def grouped(left: Expression, pairs: tuple[Pair, ...], brace: int, end: int) -> Expression:
    """`left{pairs}`; `brace` is where the pairs start."""
    if isinstance(left, Grouped):
        raise JsonataSyntaxError("S0210", brace, end)
    return Grouped(left, pairs, start=left.start, end=end)


def ordered(left: Expression, sort: Sort) -> Expression:
    """`left^(terms)`."""
    step = Step(sort, start=sort.start, end=sort.end)
    return _on_path(left, lambda path: replace(path, steps=(*path.steps, step), end=sort.end))


def focused(left: Expression, variable: Variable, operator: int) -> Expression:
    """`left@$variable`; `operator` is where the `@` stands."""

    def focus(path: Path) -> Path:
        last = path.steps[-1]
        predicated = isinstance(last.expression, Filtered) and last.expression.predicates
        if last.stages or predicated:
            raise JsonataSyntaxError("S0215", operator, variable.end)
        if isinstance(last.expression, Sort):
            raise JsonataSyntaxError("S0216", operator, variable.end)
        return _with_last(path, replace(last, focus=variable, end=variable.end))

    return _on_path(left, focus)


def positioned(left: Expression, variable: Variable, operator: int) -> Expression:
    """`left#$variable`; after predicates it is a stage of its own."""

    def position(path: Path) -> Path:
        last = path.steps[-1]
        if not last.stages:
            return _with_last(path, replace(last, position=variable, end=variable.end))
        stage = Position(variable, start=operator, end=variable.end)
        return _with_last(path, replace(last, stages=(*last.stages, stage), end=variable.end))

    if isinstance(left, Filtered):
        steps, keeps = _steps(left)
        left = Path(steps, keeps_array=keeps, start=left.start, end=left.end)
    return _on_path(left, position)


def _on_path(left: Expression, change: Callable[[Path], Path]) -> Expression:
    """Changes the path that the left is; one that is grouped changes under its grouping."""
    match left:
        case Path():
            return change(left)
        case Grouped(base=Path() as path):
            changed = change(path)
            return replace(left, base=changed, end=changed.end)
        case _:
            keeps = isinstance(left, Filtered) and left.keeps_array
            step = Step(left, start=left.start, end=left.end)
            return change(Path((step,), keeps_array=keeps, start=left.start, end=left.end))


def _steps(right: Expression) -> tuple[tuple[Step, ...], bool]:
    """The steps that stand after a dot, and whether one of them keeps arrays."""
    match right:
        case Path():
            return right.steps, right.keeps_array
        case Filtered(base=base, predicates=predicates, keeps_array=keeps):
            return (Step(base, predicates, start=right.start, end=right.end),), keeps
        case _:
            return (Step(right, start=right.start, end=right.end),), False


def _staged(path: Path, predicate: Filter) -> Path:
    last = path.steps[-1]
    if isinstance(last.expression, Grouped):
        raise JsonataSyntaxError("S0209", predicate.start, predicate.end)
    return _with_last(path, replace(last, stages=(*last.stages, predicate), end=predicate.end))


def _with_last(path: Path, last: Step) -> Path:
    return replace(path, steps=(*path.steps[:-1], last), end=last.end)


def _named(step: Step) -> Step:
    """A string that is a step is a field name; another literal can't be one."""
    match step.expression:
        case Literal() as literal:
            return replace(step, expression=_name(literal))
        case Filtered(base=Literal() as literal) as whole:
            return replace(step, expression=replace(whole, base=_name(literal)))
        case _:
            return step


def _name(literal: Literal) -> Name:
    if not isinstance(literal.value, str):
        raise JsonataSyntaxError("S0213", literal.start, literal.end, value=literal.value)
    return Name(literal.value, start=literal.start, end=literal.end)
