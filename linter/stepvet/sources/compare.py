"""Definition files that several state machines use: each use learns of those before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from stepvet.sources.definition import Definition
from stepvet.sources.notice import Notice

if TYPE_CHECKING:
    from stepvet.sources.wiring import Use


def compared(found: Iterable[Definition | Notice]) -> Iterator[Definition | Notice]:
    """The same definitions, in the same order."""
    uses: dict[str, list[Use]] = {}
    for definition in found:
        wiring = None if isinstance(definition, Notice) else definition.wiring
        if isinstance(definition, Notice) or wiring is None or definition.source.file == definition.file:
            yield definition
            continue
        earlier = uses.setdefault(definition.source.file, [])
        yield replace(definition, wiring=replace(wiring, others=tuple(earlier))) if earlier else definition
        if wiring.substitutions is not None:
            from stepvet.sources.wiring import Use

            earlier.append(Use(wiring.template, wiring.resource, wiring.substitutions))
