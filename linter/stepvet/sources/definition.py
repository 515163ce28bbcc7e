"""A definition that was found: its tree, the text that the tree's spans index, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from stepvet.text.node import Node, String
from stepvet.text.reading import Comment, SyntaxFault
from stepvet.text.source import Source

if TYPE_CHECKING:
    from stepvet.sources.wiring import Wiring

Origin = Literal["json", "yaml", "sam", "cloudformation", "cdk", "terraform", "serverless"]
MachineType = Literal["STANDARD", "EXPRESS"]


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """`root` is None where there is no tree: a broken text, or a definition that can't be read, and then `unread` says
    why. `source` is the text that the spans of `root` and `faults` count in; `template` the one that uses it."""

    file: str
    source: Source
    root: Node | None
    format: Literal["json", "yaml"] = "json"
    origin: Origin = "json"
    resource: str | None = None
    type: MachineType | None = None
    faults: tuple[SyntaxFault, ...] = ()
    comments: tuple[Comment, ...] = ()
    unread: str | None = None
    template: Source | None = None
    metadata: Node | None = None
    """What the resource's `Metadata` holds under `stepvet`."""
    construct: str | None = None
    """The CDK construct that made the resource, as `Stack/Orders/Flow/Resource`."""
    wiring: Wiring | None = None
    """How the template and the definition fit together; None for a definition by itself."""


def machine_type(node: Node | None) -> MachineType | None:
    """What a resource says of its type; None where a later tool knows it. STANDARD where nothing is said."""
    return "STANDARD" if node is None else type_called(node.value if isinstance(node, String) else "")


def type_called(text: str) -> MachineType | None:
    return _TYPES.get(text.upper())


_TYPES: dict[str, MachineType] = {"STANDARD": "STANDARD", "EXPRESS": "EXPRESS"}
