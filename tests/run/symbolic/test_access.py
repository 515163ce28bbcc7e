"""Every primitive contained: what it does to a JSON value is among what it does to the unknown that stands for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from run.symbolic.containment import MISSING, covers

from stepvet.asl.comparison import compare
from stepvet.asl.operators import OPERATORS
from stepvet.run.symbolic import access, comparing
from stepvet.run.symbolic.access import Miss
from stepvet.run.symbolic.values import Con, Origin, Source, Symbols, Value
from stepvet.run.symbolic.world import World

documents: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from(["", "a", "done"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
steps = st.lists(st.sampled_from(["a", "b", "c", 0, 1]), max_size=3).map(tuple)
Operation = tuple[str, tuple[Any, ...], Any]
constants = st.sampled_from([0, 1, 2.5, "a", "done", True, None])
operators = st.sampled_from(["NumericEquals", "NumericLessThan", "StringEquals", "StringGreaterThan", "BooleanEquals"])
operations: st.SearchStrategy[Operation] = st.one_of(
    st.tuples(st.just("read"), steps, st.none()),
    st.tuples(st.just("present"), steps, st.none()),
    st.tuples(operators, steps, constants),
)


def node(document: Any, path: Sequence[Any]) -> Any:
    for step in path:
        if isinstance(step, str):
            document = document.get(step, MISSING) if isinstance(document, dict) else MISSING
        else:
            document = document[step] if isinstance(document, list) and step < len(document) else MISSING
        if document is MISSING:
            return MISSING
    return document


class Run:
    """A run over one document, followed by the symbolic worlds that stand for it."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.symbols = Symbols()
        self.start = self.symbols.fresh(Origin(Source.INPUT, "the input"))
        self.world = World()

    def do(self, operation: Operation) -> bool:
        """Whether the run goes on: reading what isn't there ends it."""
        name, path, constant = operation
        return {"read": self._read, "present": self._present}.get(name, self._compare(name, constant))(path)

    def _read(self, path: tuple[Any, ...]) -> bool:
        wanted = node(self.document, path)
        if wanted is MISSING:
            return False
        found = access.read(self.symbols, self.world, self.start, path)
        assert not isinstance(found, Miss), "a node that is there is found"
        self.world = found[0]
        assert covers(self.world, found[1], wanted)
        return True

    def _present(self, path: tuple[Any, ...]) -> bool:
        if path[:-1] and node(self.document, path[:-1]) is MISSING:
            return False
        there = node(self.document, path) is not MISSING
        worlds = [w for w, answer in access.present(self.symbols, self.world, self.start, path) if answer is there]
        worlds = [w for w in worlds if covers(w, self.start, self.document)]
        assert worlds, "the right answer is among the answers"
        self.world = worlds[0]
        return True

    def _compare(self, name: str, constant: Any) -> Callable[[tuple[Any, ...]], bool]:
        def step(path: tuple[Any, ...]) -> bool:
            wanted = node(self.document, path)
            if wanted is MISSING:
                return False
            found = access.read(self.symbols, self.world, self.start, path)
            assert not isinstance(found, Miss)
            verdict = compare(OPERATORS[name], wanted, constant)
            answers = comparing.test(found[0], OPERATORS[name], found[1], Con(constant))
            worlds = [w for w, answer in answers if answer is verdict and covers(w, self.start, self.document)]
            assert worlds, "the executor's verdict is among the answers"
            self.world = worlds[0]
            return True

        return step


@given(documents, st.lists(operations, min_size=1, max_size=6))
@settings(max_examples=400, deadline=None)
def test_reads_and_tests_are_contained(document: Any, done: list[Operation]) -> None:
    run = Run(document)
    for operation in done:
        if not run.do(operation):
            break
        assert covers(run.world, run.start, document)


def insert(document: Any, path: tuple[Any, ...], item: Any) -> Any:
    if not path:
        return item
    step, *rest = path
    if isinstance(step, str):
        if not isinstance(document, dict):
            return MISSING
        inner = insert(document.get(step, {}) if rest else None, tuple(rest), item)
        return MISSING if inner is MISSING else {**document, step: inner}
    if not isinstance(document, list) or step >= len(document):
        return MISSING
    inner = insert(document[step], tuple(rest), item)
    return MISSING if inner is MISSING else [*document[:step], inner, *document[step + 1 :]]


@given(documents, st.lists(operations, max_size=4), st.lists(st.sampled_from("abc"), min_size=1, max_size=2).map(tuple))
@settings(max_examples=300, deadline=None)
def test_writes_are_contained(document: Any, before: list[Operation], path: tuple[str, ...]) -> None:
    run = Run(document)
    for operation in before:
        assume(run.do(operation))
    wanted = insert(document, path, 7)
    parents_there = all(node(document, path[:n]) is not MISSING for n in range(1, len(path)))
    assume(parents_there)
    written = access.write(run.symbols, run.world, run.start, path, Con(7))
    if isinstance(written, Miss):
        assert wanted is MISSING
    elif wanted is not MISSING:
        value: Value = written[1]
        assert covers(written[0], value, wanted)


@given(documents, st.lists(operations, max_size=5), steps)
@settings(max_examples=300, deadline=None)
def test_a_miss_is_one_for_the_document_too(document: Any, before: list[Operation], path: tuple[Any, ...]) -> None:
    run = Run(document)
    for operation in before:
        assume(run.do(operation))
    if isinstance(access.read(run.symbols, run.world, run.start, path), Miss):
        assert node(document, path) is MISSING
