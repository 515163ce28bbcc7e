"""The typed model of a definition: a state machine, its scopes, the eight states, their retriers, catchers and rules.

Fields hold nodes of the tree, so that a rule has value and place in one; a field that is missing or has the wrong
shape is None (the shape check reported it). A `Hole` stands for a value that is filled in later. Nothing is looked up
or run here.

Invariant: the model is made by `asl.parse` alone and never changes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from stepvet.asl.operators import Operator
from stepvet.text.node import Array, Bool, Hole, Node, Null, Number, Object, String

QueryLanguage = Literal["JSONPath", "JSONata"]
MachineType = Literal["STANDARD", "EXPRESS"]
Text = String | Hole


def text(node: Node | None) -> Text | None:
    return node if isinstance(node, String | Hole) else None


def path(node: Node | None) -> Text | Null | None:
    return node if isinstance(node, String | Hole | Null) else None


def scalar(node: Node | None) -> Number | Text | None:
    """A number, or a string that may be a JSONata expression."""
    return node if isinstance(node, Number | String | Hole) else None


def tree(node: Node | None) -> Node | None:
    return node


def record(node: Node | None) -> Object | None:
    return node if isinstance(node, Object) else None


def flag(node: Node | None) -> Bool | Hole | None:
    return node if isinstance(node, Bool | Hole) else None


def given(name: str, read: Callable[[Node | None], Any]) -> Any:
    """A field of the model that is read from the member `name` of the JSON object."""
    return field(default=None, metadata={"name": name, "read": read})


@dataclass(frozen=True, slots=True, eq=False)
class Retrier:
    node: Object
    error_equals: tuple[Text, ...] = ()
    interval_seconds: Number | Text | None = given("IntervalSeconds", scalar)
    max_attempts: Number | Text | None = given("MaxAttempts", scalar)
    backoff_rate: Number | Text | None = given("BackoffRate", scalar)
    max_delay_seconds: Number | Text | None = given("MaxDelaySeconds", scalar)
    jitter_strategy: Text | None = given("JitterStrategy", text)


@dataclass(frozen=True, slots=True, eq=False)
class Catcher:
    node: Object
    error_equals: tuple[Text, ...] = ()
    next: Text | None = given("Next", text)
    result_path: Text | Null | None = given("ResultPath", path)
    assign: Object | None = given("Assign", record)
    output: Node | None = given("Output", tree)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """`Variable` against an operand: `key` is the operator's token, `operand` a literal or a path."""

    node: Object
    variable: Text
    operator: Operator
    key: String
    operand: Node


@dataclass(frozen=True, slots=True, eq=False)
class Combination:
    """`And` and `Or` over tests in order, `Not` over one."""

    node: Object
    combinator: Literal["And", "Or", "Not"]
    key: String
    tests: tuple[Test, ...]


Test = Comparison | Combination


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceRule:
    """JSONPath rules have a `test`, JSONata rules a `condition`; both may be None where the shape is wrong."""

    node: Object
    index: int
    test: Test | None = None
    condition: String | Bool | Hole | None = None
    next: Text | None = given("Next", text)
    assign: Object | None = given("Assign", record)
    output: Node | None = given("Output", tree)


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """One `States` object with its `StartAt`: the machine's own, a branch's or an item processor's.

    `states` keeps the order of the text; of two states with one name the last is kept, as in AWS's reader.
    """

    node: Object
    start_at: Text | None
    states: Mapping[str, State]
    path: tuple[str, ...] = ()
    """Names of the enclosing Map and Parallel states, outermost first."""
    distributed: bool = False
    """Runs as child executions of a distributed Map."""


@dataclass(frozen=True, slots=True, eq=False)
class Processor:
    """A Map's `ItemProcessor` or deprecated `Iterator`; `key` is the token that names it."""

    key: String
    scope: Scope
    mode: Text | None = None
    execution_type: Text | None = None

    @property
    def is_distributed(self) -> bool:
        return isinstance(self.mode, String) and self.mode.value == "DISTRIBUTED"

    @property
    def is_inline(self) -> bool:
        """Certainly inline: the mode says so, or there is no ProcessorConfig that could say otherwise."""
        if isinstance(self.mode, String):
            return self.mode.value == "INLINE"
        return self.mode is None and self.scope.node.get("ProcessorConfig") is None and not self.scope.node.is_open


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What all states have. `language` is the effective query language; `path` is the state's name with those of the
    Map and Parallel states around it."""

    key: String
    node: Object
    language: QueryLanguage
    path: tuple[str, ...]
    query_language: Text | None = given("QueryLanguage", text)
    comment: Text | None = given("Comment", text)

    @property
    def name(self) -> str:
        return self.key.value

    @property
    def type(self) -> str:
        return type(self).__name__


@dataclass(frozen=True, slots=True, eq=False)
class Flowing(State):
    """The states that pass data on: all but Fail."""

    input_path: Text | Null | None = given("InputPath", path)
    output_path: Text | Null | None = given("OutputPath", path)
    output: Node | None = given("Output", tree)


@dataclass(frozen=True, slots=True, eq=False)
class Onward(Flowing):
    """The states that go on to one other state or end."""

    assign: Object | None = given("Assign", record)
    next: Text | None = given("Next", text)
    end: Bool | Hole | None = given("End", flag)


@dataclass(frozen=True, slots=True, eq=False)
class Working(Onward):
    """The states with a result: Pass, Task, Parallel and Map. A Map's `Parameters` are its deprecated ItemSelector."""

    parameters: Node | None = given("Parameters", tree)
    result_path: Text | Null | None = given("ResultPath", path)


@dataclass(frozen=True, slots=True, eq=False)
class Handled(Working):
    """The three states whose errors can be retried and caught: Task, Parallel and Map."""

    result_selector: Node | None = given("ResultSelector", tree)
    retry: tuple[Retrier, ...] = ()
    catch: tuple[Catcher, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Pass(Working):
    result: Node | None = given("Result", tree)


@dataclass(frozen=True, slots=True, eq=False)
class Task(Handled):
    resource: Text | None = given("Resource", text)
    arguments: Node | None = given("Arguments", tree)
    credentials: Object | None = given("Credentials", record)
    timeout_seconds: Number | Text | None = given("TimeoutSeconds", scalar)
    timeout_seconds_path: Text | None = given("TimeoutSecondsPath", text)
    heartbeat_seconds: Number | Text | None = given("HeartbeatSeconds", scalar)
    heartbeat_seconds_path: Text | None = given("HeartbeatSecondsPath", text)


@dataclass(frozen=True, slots=True, eq=False)
class Wait(Onward):
    seconds: Number | Text | None = given("Seconds", scalar)
    seconds_path: Text | None = given("SecondsPath", text)
    timestamp: Text | None = given("Timestamp", text)
    timestamp_path: Text | None = given("TimestampPath", text)


@dataclass(frozen=True, slots=True, eq=False)
class Choice(Flowing):
    assign: Object | None = given("Assign", record)
    default: Text | None = given("Default", text)
    choices: tuple[ChoiceRule, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Succeed(Flowing):
    """Ends its scope with what it passes on."""


@dataclass(frozen=True, slots=True, eq=False)
class Fail(State):
    error: Text | None = given("Error", text)
    error_path: Text | None = given("ErrorPath", text)
    cause: Text | None = given("Cause", text)
    cause_path: Text | None = given("CausePath", text)


@dataclass(frozen=True, slots=True, eq=False)
class Parallel(Handled):
    arguments: Node | None = given("Arguments", tree)
    branches: tuple[Scope, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Map(Handled):
    """Readers, batchers and writers are kept as objects."""

    items_path: Text | None = given("ItemsPath", text)
    items: Node | None = given("Items", tree)
    item_selector: Node | None = given("ItemSelector", tree)
    item_reader: Object | None = given("ItemReader", record)
    item_batcher: Object | None = given("ItemBatcher", record)
    result_writer: Object | None = given("ResultWriter", record)
    max_concurrency: Number | Text | None = given("MaxConcurrency", scalar)
    max_concurrency_path: Text | None = given("MaxConcurrencyPath", text)
    tolerated_failure_count: Number | Text | None = given("ToleratedFailureCount", scalar)
    tolerated_failure_count_path: Text | None = given("ToleratedFailureCountPath", text)
    tolerated_failure_percentage: Number | Text | None = given("ToleratedFailurePercentage", scalar)
    tolerated_failure_percentage_path: Text | None = given("ToleratedFailurePercentagePath", text)
    label: Text | None = given("Label", text)
    processor: Processor | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StateMachine:
    """`type` comes from outside the definition (a flag, a template); STANDARD where nobody says."""

    node: Object
    scope: Scope
    language: QueryLanguage
    type: MachineType
    query_language: Text | None = given("QueryLanguage", text)
    version: Text | None = given("Version", text)
    timeout_seconds: Number | Hole | None = given("TimeoutSeconds", scalar)

    def scopes(self) -> Iterator[Scope]:
        """The machine's own scope and all below it, outer ones first, in the order of the text."""
        pending = deque([self.scope])
        while pending:
            scope = pending.popleft()
            yield scope
            pending.extend(inner for state in scope.states.values() for inner in inner_scopes(state))

    def states(self) -> Iterator[State]:
        for scope in self.scopes():
            yield from scope.states.values()


def inner_scopes(state: State) -> tuple[Scope, ...]:
    """A Parallel's branches, a Map's item processor; none for other states."""
    match state:
        case Parallel():
            return state.branches
        case Map(processor=Processor(scope=scope)):
            return (scope,)
        case _:
            return ()


def items_of(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, Array) else []
