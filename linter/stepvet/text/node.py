"""The tree that every reader builds: JSON values that know where they stand.

A `Hole` is a value that only a later tool knows (`${Arn}`, `!GetAtt …`, a missing value in a broken text). What a hole
stands for is never judged. A `String` may have holes inside. Spans are offsets into the text that was read.

Invariant: a node's span covers its token and nothing more; the spans of a container's parts lie within its own,
except under a YAML alias, where every node has the alias's span.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeGuard

from stepvet.text.source import Span

type_names = {
    "object": "an object",
    "array": "an array",
    "string": "a string",
    "number": "a number",
    "boolean": "a boolean",
    "null": "null",
    "hole": "a value that is filled in later",
}
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Route = tuple[str | int, ...]
"""The way from the root to a node: keys and indexes."""

Style = Literal["json", "plain", "single", "double", "literal", "folded", "joined", "hcl"]
"""How a string is written: JSON, YAML's five styles, pieces from several places, or an HCL literal."""


Form = Literal["arn", "name", "url", "id", "string", "unknown"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a hole. `form` says what kind of text it will be; `logical_id` is the name, in its template, of
    what it refers to."""

    form: Form = "unknown"
    resource_type: str | None = None
    """CloudFormation's type of the resource referred to, as `AWS::Lambda::Function`."""
    logical_id: str | None = None
    value: str | None = None
    """The whole value where it is known after all (a pseudo parameter's shape, a literal substitution)."""


@dataclass(slots=True, eq=False)
class Hole:
    """A value that is filled in later; `text` is how the user wrote it."""

    span: Span
    text: str
    known: Known = Known()
    kind = "hole"


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole inside a string: offsets in the string's value, which holds the hole's own text there."""

    start: int
    end: int
    text: str
    known: Known = Known()


@dataclass(slots=True, eq=False)
class String:
    span: Span
    value: str
    style: Style = "json"
    holes: tuple[Gap, ...] = ()
    kind = "string"


@dataclass(slots=True, eq=False)
class Number:
    """`text` is the number as written: `1.0` and `1` differ."""

    span: Span
    value: int | float
    text: str
    kind = "number"


@dataclass(slots=True, eq=False)
class Bool:
    span: Span
    value: bool
    kind = "boolean"


@dataclass(slots=True, eq=False)
class Null:
    span: Span
    kind = "null"


@dataclass(slots=True, eq=False)
class Member:
    key: String
    value: Node


class Object:
    """Members in order, duplicates kept; `get` finds the last one of a name, as AWS's reader does. `unfinished`: the
    text breaks off before its end."""

    __slots__ = ("_index", "members", "span", "unfinished")
    kind = "object"

    def __init__(self, span: Span, members: list[Member]) -> None:
        self.span = span
        self.members = members
        self.unfinished = False
        self._index: dict[str, Member] | None = None

    def member(self, key: str) -> Member | None:
        if self._index is None:
            self._index = {m.key.value: m for m in self.members}
        return self._index.get(key)

    def get(self, key: str) -> Node | None:
        member = self.member(key)
        return member.value if member else None

    def keys(self) -> list[str]:
        return [m.key.value for m in self.members]

    @property
    def is_open(self) -> bool:
        """Has a key with a hole, or lacks its end, so that any key may be there."""
        return self.unfinished or any(m.key.holes for m in self.members)

    def __repr__(self) -> str:
        return f"Object({self.span}, {self.members})"


@dataclass(slots=True, eq=False)
class Array:
    span: Span
    items: list[Node]
    kind = "array"


Node = Object | Array | String | Number | Bool | Null | Hole


@dataclass(frozen=True, slots=True)
class Inside:
    """A part of a string: `span` counts in the string's decoded value."""

    node: String
    span: Span


At = Node | Inside
"""Where a finding points: a node (a key is a node, too) or a part of a string."""


def plain(node: Node) -> Json:
    """The JSON value of a tree. Holes stand as the text that the user wrote; of duplicate keys the last wins."""
    match node:
        case Object():
            return {m.key.value: plain(m.value) for m in node.members}
        case Array():
            return [plain(item) for item in node.items]
        case Null():
            return None
        case Hole():
            return node.text
        case _:
            return node.value


def is_known(node: Node | None) -> TypeGuard[String]:
    """Is it a string without holes?"""
    return isinstance(node, String) and not node.holes


def known_string(node: Node | None) -> String | None:
    """The string, if it is one and wholly known."""
    return node if is_known(node) else None


def is_hidden(node: Node | None) -> bool:
    """Is it filled in later, as a whole or in part: a hole, or a string with holes?"""
    return isinstance(node, Hole) or (isinstance(node, String) and bool(node.holes))


def has_holes(node: Node) -> bool:
    """Is anything in the tree filled in later?"""
    match node:
        case Hole() | String():
            return is_hidden(node)
        case Object():
            return any(m.key.holes or has_holes(m.value) for m in node.members)
        case Array():
            return any(has_holes(item) for item in node.items)
        case _:
            return False


def walk(node: Node, route: Route = ()) -> Iterator[tuple[Route, Node]]:
    """Every node with its route, parents first; keys are not visited."""
    yield route, node
    if isinstance(node, Object):
        for member in node.members:
            yield from walk(member.value, (*route, member.key.value))
    elif isinstance(node, Array):
        for index, item in enumerate(node.items):
            yield from walk(item, (*route, index))


def index_routes(root: Node) -> dict[int, Route]:
    """`id` of each node below the root → its route. A key has the route of its value."""
    routes: dict[int, Route] = {id(root): ()}
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        route = routes[id(node)]
        if isinstance(node, Object):
            for member in node.members:
                routes[id(member.key)] = routes[id(member.value)] = (*route, member.key.value)
                stack.append(member.value)
        elif isinstance(node, Array):
            for number, item in enumerate(node.items):
                routes[id(item)] = (*route, number)
                stack.append(item)
    return routes
