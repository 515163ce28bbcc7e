"""The optimized integrations: which actions there are, how each can wait, and what its request must and may hold.

Types and look-ups stand here, the facts in `integration_data`. Fields are PascalCase as Step Functions wants them, also
where the service's own API is camelCase.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from stepvet.asl.services.resource import Optimized, Pattern
from stepvet.asl.services.shapes import Shape


@dataclass(frozen=True, slots=True)
class Integration:
    """One action of an optimized integration.

    `required` fields have to be given; of each group in `one_of` at least one. `optional` are the further known fields
    of Step Functions' own making; where `api` names the SDK service and action behind it, that operation's members are
    known as well. `values` maps a path of field names to the only values it takes, `shapes` a field to what it must be.
    """

    service: str
    action: str
    patterns: frozenset[Pattern]
    required: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    optional: tuple[str, ...] = ()
    api: tuple[str, str] | None = None
    values: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    shapes: Mapping[str, Shape] = field(default_factory=dict)

    @property
    def stated_fields(self) -> frozenset[str]:
        """The fields that the integration itself names; those of `api` come on top."""
        return frozenset((*self.required, *self.optional, *(name for group in self.one_of for name in group)))


@cache
def optimized_actions() -> Mapping[str, Mapping[str, Integration]]:
    """Every optimized integration that a Task can call: service, action, facts."""
    from stepvet.asl.services.integration_data import TASKS

    return _by_service(TASKS)


@cache
def reader_actions() -> Mapping[str, Mapping[str, Integration]]:
    """What an `ItemReader` can call."""
    from stepvet.asl.services.integration_data import READERS

    return _by_service(READERS)


@cache
def writer_actions() -> Mapping[str, Mapping[str, Integration]]:
    """What a `ResultWriter` can call."""
    from stepvet.asl.services.integration_data import WRITERS

    return _by_service(WRITERS)


def open_services() -> frozenset[str]:
    """Optimized services whose actions nobody has listed, so that any action may exist."""
    from stepvet.asl.services.integration_data import UNLISTED_SERVICES

    return UNLISTED_SERVICES


def integration(resource: Optimized) -> Integration | None:
    """The facts about a call, be it a Task's, an ItemReader's or a ResultWriter's; None if it is unknown or hidden."""
    if resource.service is None or resource.action is None:
        return None
    tables = (optimized_actions(), reader_actions(), writer_actions())
    found = (table.get(resource.service, {}).get(resource.action) for table in tables)
    return next((facts for facts in found if facts), None)


def _by_service(facts: tuple[Integration, ...]) -> Mapping[str, Mapping[str, Integration]]:
    table: dict[str, dict[str, Integration]] = {}
    for one in facts:
        table.setdefault(one.service, {})[one.action] = one
    return table
