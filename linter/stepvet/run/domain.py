"""What the core asks of values, and nothing of how they are held.

`Domain[W, V]` is the whole boundary between control and data. `V` is a value: JSON in the concrete domain, lazily
initialised JSON in the symbolic one. `W` is a world: what is known so far, immutable; the virtual time for the concrete
domain, facts about symbols for the symbolic one. A question is answered by an iterator of worlds with values, failures
or booleans: the concrete domain gives exactly one answer, the symbolic one every answer that it cannot exclude, each in
a world refined by it. An answer's world replaces the one that was asked with.

Invariants: a primitive never raises on any data; values and worlds are never changed, only made anew; a primitive that
answers in two worlds leaves neither out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from stepvet.asl.operators import Operator
from stepvet.asl.paths.tree import Path
from stepvet.run.demand import Demand
from stepvet.run.failure import Failure
from stepvet.run.move import Absent, Visit
from stepvet.text.node import Json, Node, String

W = TypeVar("W")
V = TypeVar("V")
Answers = Iterator[tuple[W, V | Failure]]
Verdicts = Iterator[tuple[W, bool | Failure]]

Stage = Literal[
    "input_path", "parameters", "arguments", "result", "result_selector", "result_path", "output_path", "output",
    "items", "items_pointer", "item_selector", "item_batcher", "max_concurrency", "tolerated_count",
    "tolerated_percentage", "error_output",
]  # fmt: skip
"""What a state's input becomes on its way, in AWS's order; for traces and for TestState's inspection."""

Turn = Literal["rule", "default", "catcher", "retrier", "started"]
"""What a state took: a Choice rule, the Default, a catcher, a retrier; or a Map or Parallel got as far as its start."""


@dataclass(frozen=True, slots=True)
class Field:
    """A place in the definition that holds a path or an expression. `name` is AWS's name for it in causes and
    locations: the key in a payload template (`id.$`), the route in JSONata (`Output/items[0]`), else the field.
    `missing` picks the wording for a path that finds nothing."""

    node: Node
    name: str
    missing: Literal["template", "path", "input value", "condition"] = "template"


class Domain(Protocol[W, V]):
    """The primitives. Paths come parsed, with their root already resolved to a value."""

    # making values

    def literal(self, value: Json) -> V:
        """A value that the definition writes out."""
        ...

    def record(self, members: Mapping[str, V]) -> V:
        """An object with just these members."""
        ...

    def sequence(self, items: Sequence[V]) -> V:
        """An array of just these items."""
        ...

    # reading and writing

    def read(self, world: W, value: V, path: Path, field: Field) -> Answers[W, V]:
        """What `path` finds in `value`. An indefinite path gives an array and never fails (recorded, but for a slice
        of an object); a definite one that finds nothing is a `States.Runtime`, worded by `missing_node`."""
        ...

    def present(self, world: W, value: V, path: Path) -> Iterator[tuple[W, bool]]:
        """Does the path find a node? An explicit null is one."""
        ...

    def write(self, world: W, into: V, path: Path, item: V, field: Field) -> Answers[W, V]:
        """`ResultPath`: a copy of `into` with `item` at `path`."""
        ...

    def fits(self, world: W, value: V, what: str) -> Answers[W, V]:
        """The value, or `States.DataLimitExceeded` where it is over 256 KiB as JSON; `what` names it in the cause."""
        ...

    # tests

    def test(self, world: W, operator: Operator, left: V, right: V) -> Iterator[tuple[W, bool]]:
        """A Choice comparison; other types are false, never an error (recorded)."""
        ...

    def truth(self, world: W, value: V, field: Field) -> Verdicts[W]:
        """A JSONata condition's value; anything but a boolean is a `States.QueryEvaluationError`."""
        ...

    def check(self, world: W, value: V, demand: Demand, field: Field) -> Answers[W, V]:
        """The value where it is what the field demands, else the field's failure."""
        ...

    # functions

    def apply(self, world: W, function: str, arguments: Sequence[V], field: Field) -> Answers[W, V]:
        """An intrinsic function; `function` is its name with `States.`. A format comes as it is spelt, with its
        backslashes."""
        ...

    def jsonata(self, world: W, source: String, bindings: Mapping[str, V], field: Field) -> Answers[W, V]:
        """A `{% … %}` string; `bindings` has `states` and the variables. Undefined is a failure."""
        ...

    # errors

    def catches(self, world: W, failure: Failure, names: Sequence[str]) -> Iterator[tuple[W, bool, Failure]]:
        """Does an `ErrorEquals` of these names match? The failure comes back refined by the answer.
        `errors.matches` decides where the error's name is known."""
        ...

    def failure(self, world: W, error: V | Absent, cause: V | Absent) -> Failure:
        """The failure that a Fail state raises with these texts."""
        ...

    def error_output(self, world: W, failure: Failure) -> V:
        """`{"Error", "Cause"}`."""
        ...

    # the world around

    def now(self, world: W) -> V:
        """The time as the Context Object writes it."""
        ...

    def token(self, world: W, visit: Visit[V]) -> V | Absent:
        """The task token of this attempt; absent where the Context Object has none (recorded for a task that only
        waits for the response)."""
        ...

    def execution(self, world: W, visit: Visit[V], index: int, value: V) -> V:
        """The Context Object's `Execution` of a distributed Map's child with this input."""
        ...

    def written(self, world: W, visit: Visit[V], results: V, export: V | Absent, config: Json) -> Answers[W, V]:
        """What a ResultWriter makes of a Map's results: `export` is its rendered Parameters or Arguments (absent:
        nothing is exported), `config` its WriterConfig."""
        ...

    # observation

    def saw(self, world: W, visit: Visit[V], stage: Stage, value: V) -> W:
        """A data stage made this value. Observers note it; no answer depends on it."""
        ...

    def failed(self, world: W, visit: Visit[V], failure: Failure) -> W:
        """Something in this visit failed, before it is known whether a handler takes it. The cause is told in full."""
        ...

    def took(self, world: W, visit: Visit[V], turn: Turn, index: int) -> W:
        """A turn was taken; `index` is that of the rule, catcher or retrier. For coverage and for the trail."""
        ...
