"""Odd spellings of paths: AWS takes them, other readers of JSONPath don't, or they read less than it seems."""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl.checks.inside import within
from stepvet.asl.fault import Fault
from stepvet.asl.intrinsics.call import Call, PathArgument
from stepvet.asl.paths.path import Path
from stepvet.text.finding import Severity
from stepvet.text.node import String


def spelling_faults(value: String, parsed: Path | Call) -> Iterator[Fault]:
    """What the parser noted in a path, or in the paths that a call is given."""
    stack: list[object] = [parsed]
    while stack:
        part = stack.pop()
        match part:
            case Call(arguments=arguments):
                stack.extend(reversed(arguments))
            case PathArgument(path=path, start=offset):
                yield from _noted(value, path, offset)
            case Path():
                yield from _noted(value, part, 0)


def _noted(value: String, path: Path, offset: int) -> Iterator[Fault]:
    for note in path.warnings:
        at = within(value, note.start + offset, note.end + offset)
        yield Fault("odd-path-spelling", note.message, at, severity=Severity.WARNING)
