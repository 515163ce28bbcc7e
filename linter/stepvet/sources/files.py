"""Plain files that hold a definition."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stepvet.sources.definition import Definition
from stepvet.sources.notice import Notice
from stepvet.text.json import read_json
from stepvet.text.source import Source


@dataclass(frozen=True, slots=True)
class LoadOptions:
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    stdin_filename: str = "definition.asl.json"
    variables: Mapping[str, str] = field(default_factory=dict)


def from_text(text: str, filename: str) -> list[Definition]:
    reading = read_json(text)
    return [Definition(filename, Source(filename, text), reading.root, "json", "json", faults=reading.faults)]


def load(paths: Sequence[str], options: LoadOptions) -> Iterator[Definition | Notice]:
    for name in paths:
        if name == "-":
            yield from from_text(sys.stdin.read(), options.stdin_filename)
            continue
        path = Path(name)
        for file in sorted(path.rglob("*.asl.json")) if path.is_dir() else [path]:
            try:
                yield from from_text(file.read_text(encoding="utf-8"), str(file))
            except (OSError, UnicodeDecodeError) as error:
                yield Notice("error", f"can't be read: {error}", str(file))
