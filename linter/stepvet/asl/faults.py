"""Every fault of a definition, in AWS's order."""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl.fault import Fault
from stepvet.asl.model import MachineType, StateMachine
from stepvet.text.node import Node


def faults(root: Node | None, machine: StateMachine | None, machine_type: MachineType) -> Iterator[Fault]:
    yield from ()
