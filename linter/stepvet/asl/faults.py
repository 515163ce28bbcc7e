"""Everything that is wrong with a definition as such, in AWS's order: what `validate` answers and rules tell.

Faults of the text come before (the readers find them). Here follow the objects in the order of the text, each with its
shape and the meaning of its fields; then names over all scopes; then transitions. Nothing is selected or hidden here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from stepvet.asl import aws
from stepvet.asl.checks.express import mode_faults, waiting_faults
from stepvet.asl.checks.handlers import handler_faults, operand_faults, timestamp_faults
from stepvet.asl.checks.maps import map_faults
from stepvet.asl.checks.names import label_faults, state_name_faults, variable_faults
from stepvet.asl.checks.readers import reader_faults, writer_faults
from stepvet.asl.checks.resources import task_faults
from stepvet.asl.fault import Aws, Fault
from stepvet.asl.model import MachineType, QueryLanguage
from stepvet.asl.schema.sites import Site, sites
from stepvet.asl.shape import shape_faults
from stepvet.asl.transitions import transition_faults
from stepvet.text.node import Hole, Node, Object, type_names

Check = Callable[[Site], Iterator[Fault]]


@cache
def _speaking(language: QueryLanguage) -> tuple[Check, ...]:
    """For objects that have fields with paths, templates or expressions; each language is loaded when it is spoken."""
    if language == "JSONata":
        from stepvet.asl.checks.expressions import expression_faults

        return (expression_faults, variable_faults)
    from stepvet.asl.checks.paths import path_faults
    from stepvet.asl.checks.templates import template_faults

    return (path_faults, template_faults, variable_faults)


_OWN: dict[str, tuple[Check, ...]] = {
    "Task": (task_faults, waiting_faults, handler_faults),
    "Parallel": (handler_faults,),
    "Map": (map_faults, handler_faults),
    "Wait": (timestamp_faults,),
    "rule of Variable": (operand_faults,),
    "test of Variable": (operand_faults,),
    "ProcessorConfig of DISTRIBUTED": (mode_faults,),
    "ItemReader": (reader_faults,),
    "ResultWriter": (writer_faults,),
}
"""Kind of object → checks of its own."""

_SILENT = frozenset({"root", "branch", "processor", "state", "retrier", "WriterConfig", "Credentials", "S3 request"})


@cache
def _checks(kind: str, language: QueryLanguage) -> tuple[Check, ...]:
    return (shape_faults, *_OWN.get(kind, ()), *(() if kind in _SILENT else _speaking(language)))


def faults(root: Node | None, machine_type: MachineType = "STANDARD") -> Iterator[Fault]:
    """Every fault of the definition whose root is `root`."""
    if root is None or isinstance(root, Hole):
        return
    if not isinstance(root, Object):
        message = f"the definition is {type_names[root.kind]}, not an object"
        yield Fault("not-an-object", message, root, Aws(aws.SCHEMA, aws.NOT_AN_OBJECT, None))
        return
    found = [*sites(root, machine_type)]
    for site in found:
        for check in _checks(site.kind, site.language):
            yield from check(site)
    yield from state_name_faults(found)
    yield from label_faults(found)
    if not is_broken(root):
        yield from transition_faults(found)


def is_broken(root: Object) -> bool:
    """Does it lack `StartAt` or `States`? Then AWS says that and nothing else."""
    return not root.is_open and (root.get("StartAt") is None or root.get("States") is None)
