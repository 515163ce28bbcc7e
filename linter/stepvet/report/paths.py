"""An exploration for readers: each path with what it assumes, how it ends and a witness; then what was covered."""

from __future__ import annotations

import json
from collections.abc import Iterator

from stepvet.report.safe import visible
from stepvet.run.symbolic.paths import Exploration, Path
from stepvet.text.node import Json

_MOST_EDGES = 20
"""As many edges that no path takes are listed."""


def text_lines(found: Exploration) -> Iterator[str]:
    for number, path in enumerate(found.paths, 1):
        yield from _path_lines(number, path)
    yield from _coverage_lines(found)


def json_text(found: Exploration) -> Iterator[str]:
    yield json.dumps(found.to_json(), ensure_ascii=False, indent=2) + "\n"


def _path_lines(number: int, path: Path) -> Iterator[str]:
    end = path.status + (f" with {visible(path.error)}" if path.error else "")
    yield f"{number}. {end}{'' if path.confirmed else ' (not confirmed)'}\n"
    yield f"   path: {' → '.join(map(visible, path.states))}\n"
    for assumption in path.assumptions:
        yield f"   if {visible(assumption)}\n"
    yield f"   input: {_shown(path.input)}\n"
    if path.services:
        yield f"   mocks: {_shown(dict(path.services))}\n"
    yield "\n"


def _coverage_lines(found: Exploration) -> Iterator[str]:
    coverage = found.coverage
    confirmed = sum(path.confirmed for path in found.paths)
    count = "1 path" if len(found.paths) == 1 else f"{len(found.paths)} paths"
    yield f"{count}, {confirmed} confirmed by the executor\n"
    yield f"states {coverage.states_reached} of {coverage.states}, edges {coverage.edges_taken} of {coverage.edges}\n"
    for state, target in found.edges_missed[:_MOST_EDGES]:
        yield f'no path goes from "{visible(state[-1])}" to "{visible(target)}"\n'
    if (more := len(found.edges_missed) - _MOST_EDGES) > 0:
        yield f"and none along {more} other edges\n"
    for limit in coverage.limits:
        yield f"not complete: {visible(limit)}\n"


def _shown(value: Json) -> str:
    return visible(json.dumps(value, ensure_ascii=False))
