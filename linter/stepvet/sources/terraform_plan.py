"""State machines in Terraform's JSON: plans (`terraform show -json`) and configurations (`*.tf.json`).

A plan has everything filled in; what is known only after it was applied can't be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepvet.sources.definition import Definition, machine_type
from stepvet.sources.held import Held, defined, unread
from stepvet.sources.joined import joined, literal
from stepvet.sources.kinds import TERRAFORM_TYPE, is_terraform_plan, terraform_machines
from stepvet.sources.plain import given
from stepvet.sources.reading import fill, read
from stepvet.sources.store import TextFile, Variables
from stepvet.sources.wiring import Wiring
from stepvet.text.node import Array, Node, Object, String
from stepvet.text.source import Source


@dataclass(frozen=True, slots=True, eq=False)
class _Machine:
    name: String
    values: Object


def definitions(file: TextFile, root: Object, variables: Variables) -> Iterator[Definition]:
    """One definition for each state machine that the plan leaves in place, or that the configuration has."""
    for machine in _planned(root) if is_terraform_plan(root) else _written(root):
        held = _held(file.source, machine.values)
        fill(held.reading.root, given(variables))
        wiring = Wiring(template=file.source, resource=machine.name)
        yield defined(held, "terraform", machine_type(machine.values.get("type")), wiring)


def _planned(root: Object) -> Iterator[_Machine]:
    changes = root.get("resource_changes")
    for item in changes.items if isinstance(changes, Array) else ():
        change = item.get("change") if isinstance(item, Object) else None
        after = change.get("after") if isinstance(change, Object) else None
        if isinstance(item, Object) and isinstance(after, Object) and _is_machine(item):
            yield _Machine(_address(item), after)
    if not isinstance(changes, Array):
        yield from _valued(root.get("planned_values"))


def _valued(planned: Node | None) -> Iterator[_Machine]:
    stack = [planned.get("root_module")] if isinstance(planned, Object) else []
    while stack:
        module = stack.pop()
        if not isinstance(module, Object):
            continue
        resources, children = module.get("resources"), module.get("child_modules")
        for item in resources.items if isinstance(resources, Array) else ():
            values = item.get("values") if isinstance(item, Object) else None
            if isinstance(item, Object) and isinstance(values, Object) and _is_machine(item):
                yield _Machine(_address(item), values)
        stack.extend(reversed(children.items) if isinstance(children, Array) else ())


def _is_machine(item: Object) -> bool:
    kind = item.get("type")
    return isinstance(kind, String) and kind.value == TERRAFORM_TYPE


def _address(item: Object) -> String:
    address = item.get("address")
    return address if isinstance(address, String) else String(item.span, TERRAFORM_TYPE, "joined")


def _written(root: Object) -> Iterator[_Machine]:
    machines = terraform_machines(root)
    for member in machines.members if isinstance(machines, Object) else ():
        items = member.value.items if isinstance(member.value, Array) else [member.value]
        for item in items:
            if isinstance(item, Object):
                yield _Machine(String(member.key.span, f"{TERRAFORM_TYPE}.{member.key.value}", "joined"), item)


def _held(source: Source, values: Object) -> Held:
    node = values.get("definition")
    if node is None:
        return unread(source, "it is known after the plan is applied")
    if not isinstance(node, String):
        return unread(source, "Terraform computes it")
    text = joined(source, [literal(source, node)])
    return Held(text, read(text.text, "json"))
