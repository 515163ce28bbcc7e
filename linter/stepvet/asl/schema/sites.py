"""The walk over the objects of a definition that have a schema, and which schema each is held to.

Dispatch happens here, in Python: states by `Type`, choice rules by what they test, processors by `Mode`, readers by
`InputType`; all by the effective query language. Payloads and literals are not visited.

Invariant: sites come in the order of the text, outer ones first; a field that its object may not have isn't entered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stepvet.asl.model import MachineType, QueryLanguage
from stepvet.asl.parse import effective
from stepvet.asl.schema.build import fields
from stepvet.asl.schema.tables import STATES, TABLES
from stepvet.text.node import Array, Node, Object, Route, String, is_hidden, known_string

SELECTORS = ("And", "Or", "Not", "Variable", "Condition")
"""What makes a choice rule: one of these, in the order in which AWS lists them."""

Execution = Literal["STANDARD", "EXPRESS", "EXPRESS children"]
"""What a state runs in: the machine itself, or the Express child executions of a distributed Map."""

_records = frozenset({"JSON", "JSONL", "PARQUET"})


@dataclass(frozen=True, slots=True)
class Site:
    """An object with its schema's name. `key` is the token that names it, where it is a state."""

    kind: str
    node: Object
    language: QueryLanguage
    route: Route
    key: String | None = None
    machine_language: QueryLanguage = "JSONPath"
    language_known: bool = True
    """False where a hole decides about the query language; then nothing that depends on it is judged."""
    machine_known: bool = True
    execution: Execution = "STANDARD"

    @property
    def is_state(self) -> bool:
        return self.kind in STATES

    @property
    def is_downgrade(self) -> bool:
        """A JSONPath state in a JSONata machine, which AWS refuses as such."""
        return self.key is not None and self.machine_language == "JSONata" and self.language == "JSONPath"

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields that the object may have."""
        return fields(self.kind, self.language)

    def field(self, name: str) -> Node | None:
        """The value of a field, where the object may have it."""
        return self.node.get(name) if name in self.field_names else None

    @property
    def request_field(self) -> str:
        """Where a request stands in the site's query language."""
        return "Arguments" if self.language == "JSONata" else "Parameters"

    @property
    def called(self) -> str:
        """What our messages call the object."""
        return f'state "{self.key.value}"' if self.key else TABLES[self.kind].called


@dataclass(frozen=True, slots=True)
class _Child:
    """How a field leads on: to one object, to the items of a list, or to the members of an object."""

    kind: str
    through: str = "one"


_CHILDREN: dict[str, _Child] = {
    "States": _Child("state", "members"),
    "Branches": _Child("branch", "items"),
    "ItemProcessor": _Child("processor"),
    "Iterator": _Child("processor"),
    "ProcessorConfig": _Child("ProcessorConfig"),
    "Retry": _Child("retrier", "items"),
    "Catch": _Child("catcher", "items"),
    "Choices": _Child("rule", "items"),
    "And": _Child("test", "items"),
    "Or": _Child("test", "items"),
    "Not": _Child("test"),
    "ItemReader": _Child("ItemReader"),
    "ReaderConfig": _Child("ReaderConfig"),
    "ItemBatcher": _Child("ItemBatcher"),
    "ResultWriter": _Child("ResultWriter"),
    "WriterConfig": _Child("WriterConfig"),
    "Credentials": _Child("Credentials"),
}


_S3_REQUESTS = frozenset(
    (owner, field) for owner in ("ItemReader", "ResultWriter") for field in ("Parameters", "Arguments")
)


def sites(root: Object, machine_type: MachineType = "STANDARD") -> Iterator[Site]:
    """Every object that has a schema, the root first."""
    language = effective(root, "JSONPath")
    known = not is_hidden(root.get("QueryLanguage"))
    stack = [Site("root", root, language, (), None, language, known, known, machine_type)]
    while stack:
        site = stack.pop()
        yield site
        stack.extend(reversed([*_below(site)]))


def _below(site: Site) -> Iterator[Site]:
    if site.kind == "state":
        return
    allowed = (*fields(site.kind, site.language), *(SELECTORS if TABLES[site.kind].open else ()))
    for member in site.node.members:
        name = member.key.value
        child = _Child("S3 request") if (site.kind, name) in _S3_REQUESTS else _CHILDREN.get(name)
        if child and name in allowed and site.node.member(name) is member:
            yield from _entered(site, child, name, member.value)


def _entered(site: Site, child: _Child, name: str, node: Node) -> Iterator[Site]:
    route = (*site.route, name)
    if child.through == "one" and isinstance(node, Object):
        yield _site(site, child.kind, node, route)
    elif child.through == "items" and isinstance(node, Array):
        for index, item in enumerate(node.items):
            if isinstance(item, Object):
                yield _site(site, child.kind, item, (*route, index))
    elif child.through == "members" and isinstance(node, Object):
        for member in node.members:
            if isinstance(member.value, Object):
                yield _site(site, child.kind, member.value, (*route, member.key.value), member.key)


def _site(outer: Site, kind: str, node: Object, route: Route, key: String | None = None) -> Site:
    language, known, execution = outer.language, outer.language_known, outer.execution
    if kind == "state":
        own = node.get("QueryLanguage")
        language = effective(node, outer.machine_language)
        known = outer.machine_known if own is None else not is_hidden(own)
    elif kind in ("branch", "processor"):
        language, known = outer.machine_language, outer.machine_known
        execution = _execution(node, execution)
    return Site(
        _kind(kind, node), node, language, route, key, outer.machine_language, known, outer.machine_known, execution
    )


def _execution(node: Object, outer: Execution) -> Execution:
    """A processor whose children are Express executions; in an Express machine nothing else is possible."""
    config = node.get("ProcessorConfig")
    inner = _text(config, "ExecutionType") if isinstance(config, Object) else None
    return "EXPRESS children" if inner == "EXPRESS" and outer == "STANDARD" else outer


def _kind(kind: str, node: Object) -> str:
    """The schema's name: the kind, narrowed by what the object says of itself."""
    match kind:
        case "state":
            type_ = _text(node, "Type")
            return type_ if type_ in STATES else kind
        case "rule" | "test":
            given = [name for name in SELECTORS if node.member(name)]
            return f"{kind} of {given[0]}" if len(given) == 1 else kind
        case "ProcessorConfig":
            mode = _text(node, "Mode")
            return f"{kind} of {mode}" if mode in ("INLINE", "DISTRIBUTED") else kind
        case "ReaderConfig":
            return _reader_kind(node)
        case _:
            return kind


def _reader_kind(node: Object) -> str:
    input_type, header = _text(node, "InputType"), _text(node, "CSVHeaderLocation")
    if input_type in _records:
        return "ReaderConfig of records"
    if header == "GIVEN":
        return "ReaderConfig of given headers"
    return "ReaderConfig of CSV" if input_type == "CSV" else "ReaderConfig"


def _text(node: Object, name: str) -> str | None:
    found = known_string(node.get(name))
    return found.value if found else None
