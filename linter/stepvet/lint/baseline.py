"""A baseline: findings that were there when the team began, by file, rule, place and words, with their number.

A finding that the baseline counts is suppressed; one more of the same is new. Lines are not part of it, so that edits
elsewhere in a file change nothing; a file may be renamed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from stepvet.lint.diagnostic import Diagnostic, Suppression

VERSION = 1
KEY = ("file", "resource", "rule", "pointer", "message")

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "stepvet baseline",
    "type": "object",
    "required": ["version", "findings"],
    "properties": {
        "version": {"const": VERSION},
        "findings": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["file", "rule", "pointer", "message", "count"],
                "properties": {
                    "file": {"type": "string"},
                    "resource": {"type": ["string", "null"]},
                    "rule": {"type": "string"},
                    "pointer": {"type": "string"},
                    "message": {"type": "string"},
                    "count": {"type": "integer", "minimum": 1},
                },
            },
        },
    },
}

Entry = tuple[str, str | None, str, str, str]
"""The values of `KEY`."""


@dataclass(frozen=True, slots=True)
class Baseline:
    counts: dict[Entry, int]


class BaselineError(ValueError):
    """The file is no baseline; the text says why."""


def entry(diagnostic: Diagnostic) -> Entry:
    place = diagnostic.place
    return (place.file, diagnostic.resource, diagnostic.rule.name, diagnostic.pointer, diagnostic.message)


def of(diagnostics: Iterable[Diagnostic]) -> Baseline:
    """A baseline that holds exactly these."""
    return Baseline(dict(Counter(entry(d) for d in diagnostics)))


def pruned(baseline: Baseline, diagnostics: Iterable[Diagnostic], was_looked_for: Callable[[Entry], bool]) -> Baseline:
    """The baseline without what isn't found any more. What was not looked for this time stays."""
    found = Counter(entry(d) for d in diagnostics)
    left = {key: min(n, found[key]) if was_looked_for(key) else n for key, n in baseline.counts.items()}
    return Baseline({key: n for key, n in left.items() if n})


def moved(baseline: Baseline, diagnostics: Iterable[Diagnostic], is_gone: Callable[[str], bool]) -> Baseline:
    """The baseline with files renamed: what it counts in a file that is gone counts in one that it doesn't know and
    where the same is found."""
    counts = Counter(baseline.counts)
    files = {key[0] for key in counts}
    gone = {file for file in files if is_gone(file)}
    lost: dict[tuple[object, ...], list[Entry]] = {}
    for key in counts:
        if key[0] in gone:
            lost.setdefault(key[1:], []).append(key)
    for key in (entry(d) for d in diagnostics if d.suppressed is None and d.place.file not in files):
        old = next((k for k in lost.get(key[1:], ()) if counts[k]), None)
        if old:
            counts[old] -= 1
            counts[key] += 1
    return Baseline({key: n for key, n in counts.items() if n})


def applied(baseline: Baseline, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics, as many of each kind suppressed as the baseline counts."""
    left = Counter(baseline.counts)
    for diagnostic in diagnostics:
        key = entry(diagnostic)
        known = diagnostic.suppressed is None and left[key] > 0
        left[key] -= known
        yield replace(diagnostic, suppressed=Suppression("external", "in the baseline")) if known else diagnostic


def written(baseline: Baseline) -> str:
    """The file's text: sorted, one finding a line, so that it merges well."""
    rows = sorted(baseline.counts.items(), key=lambda item: [str(part) for part in item[0]])
    lines = [json.dumps({**dict(zip(KEY, key, strict=True)), "count": count}) for key, count in rows]
    body = ",\n  ".join(lines)
    return f'{{"version": {VERSION}, "findings": [' + (f"\n  {body}\n" if lines else "") + "]}\n"


def read(text: str) -> Baseline:
    """Raises BaselineError where the text is none."""
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            raise BaselineError(f"version {data['version']} is not known, only {VERSION}")
        return Baseline({_key(row): int(row["count"]) for row in data["findings"]})
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BaselineError(f"it is not a baseline: {error}") from None


def _key(row: dict[str, Any]) -> Entry:
    resource = row.get("resource")
    return (
        str(row["file"]),
        None if resource is None else str(resource),
        str(row["rule"]),
        str(row["pointer"]),
        str(row["message"]),
    )
