"""Many definitions in several processes. Below a thousand files starting processes costs more than they bring.

Workers are forked after everything is read, so nothing has to be sent to them; only what they found comes back. A rule
or a text that both sides have is sent as a name for it. Where the system can't fork, one process does it all.
"""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from stepvet.cli.main import Trouble
from stepvet.lint.engine import check
from stepvet.lint.registry import AnyRule
from stepvet.lint.report import Report
from stepvet.lint.rule import Rule
from stepvet.lint.settings import Settings
from stepvet.sources.definition import Definition
from stepvet.text.source import Extract, Source

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FLOOR = 1000
"""Definitions from which on several processes are faster than one."""
BATCH = 50
"""Definitions in one message of a worker."""


def check_all(
    definitions: Sequence[Definition], settings: Settings, rules: tuple[AnyRule, ...], jobs: int
) -> Iterator[tuple[int, Report]]:
    """The index of each definition with its report, in any order."""
    if jobs > 1 and len(definitions) >= FLOOR and hasattr(os, "fork"):
        yield from _forked(definitions, settings, rules, jobs)
    else:
        yield from ((index, check(definition, settings, rules)) for index, definition in enumerate(definitions))


def _forked(
    definitions: Sequence[Definition], settings: Settings, rules: tuple[AnyRule, ...], jobs: int
) -> Iterator[tuple[int, Report]]:
    from multiprocessing import connection, get_context

    shared = _shared(definitions, rules)
    names = {id(thing): name for name, thing in shared.items()}
    fork = get_context("fork")
    workers: list[Connection] = []
    for number in range(jobs):
        receiver, sender = fork.Pipe(duplex=False)
        share = list(enumerate(definitions))[number::jobs]
        worker = fork.Process(target=_work, args=(sender, share, settings, rules, names), daemon=True)
        worker.start()
        sender.close()
        workers.append(receiver)
    while workers:
        ready = connection.wait(workers)
        for receiver in [w for w in workers if w in ready]:
            message = _received(receiver)
            if message == b"":
                workers.remove(receiver)
            else:
                yield from _Unpickler(message, shared).load()


def _received(receiver: Connection) -> bytes:
    try:
        return receiver.recv_bytes()
    except EOFError:
        raise Trouble("a worker process has ended before its work was done; --jobs 1 does without") from None


def _work(
    sender: Connection,
    share: Sequence[tuple[int, Definition]],
    settings: Settings,
    rules: tuple[AnyRule, ...],
    names: Mapping[int, str],
) -> None:
    try:
        for start in range(0, len(share), BATCH):
            batch = share[start : start + BATCH]
            found = [(index, check(definition, settings, rules)) for index, definition in batch]
            sender.send_bytes(_pickled(found, names))
        sender.send_bytes(b"")
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(130)


def _shared(definitions: Iterable[Definition], rules: Iterable[AnyRule]) -> dict[str, Any]:
    """What both sides have, by name."""
    sources = (s for d in definitions for s in (d.source, d.template) if s is not None)
    files = {id(source): source for given in sources for source in _with_outer(given)}
    return {**{f"rule {r.name}": r for r in rules}, **{f"source {i}": source for i, source in files.items()}}


def _with_outer(source: Source) -> Iterator[Source]:
    yield source
    while isinstance(source, Extract):
        source = source.outer
        yield source


def _pickled(found: object, names: Mapping[int, str]) -> bytes:
    buffer = io.BytesIO()
    _Pickler(buffer, names).dump(found)
    return buffer.getvalue()


class _Pickler(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, names: Mapping[int, str]) -> None:
        super().__init__(buffer, protocol=pickle.HIGHEST_PROTOCOL)
        self.names = names

    def persistent_id(self, thing: object) -> str | None:
        return self.names.get(id(thing)) if isinstance(thing, (Rule, Source)) else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, message: bytes, shared: Mapping[str, Any]) -> None:
        super().__init__(io.BytesIO(message))
        self.shared = shared

    def persistent_load(self, name: str) -> Any:
        return self.shared[name]
