"""What came of scenario files: as text like pytest's, as JUnit XML, as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stepvet.report.safe import line_start, visible
from stepvet.report.xml_text import attributes, content
from stepvet.run.scenarios.coverage import KINDS, Coverage, share
from stepvet.run.scenarios.expectation import Mismatch
from stepvet.run.scenarios.scenario import Result

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario file's results. `definition` is the user's file, with its `#resource`; `shortfalls` say in a line each
    which coverage isn't reached."""

    file: str
    definition: str
    results: tuple[Result, ...]
    coverage: Coverage
    shortfalls: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.shortfalls and all(result.passed for result in self.results)


def render_full(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        yield f"{line_start(visible(outcome.file))} {''.join(map(_mark, outcome.results))}\n"
    yield "\n"
    for outcome in outcomes:
        yield from _failures(outcome)
    for definition, coverage in _by_definition(outcomes).items():
        yield from _coverage(definition, coverage)
    marks = Counter(_mark(result) for outcome in outcomes for result in outcome.results)
    without = f", {marks['E']} without an answer" if marks["E"] else ""
    short = sum(len(outcome.shortfalls) for outcome in outcomes)
    below = f", {short} below the coverage asked for" if short else ""
    yield f"{marks['.']} passed, {marks['F']} failed{without}{below}\n"


def _mark(result: Result) -> str:
    return "." if result.passed else "F" if result.missing is None else "E"


def _failures(outcome: Outcome) -> Iterator[str]:
    for result in outcome.results:
        if not result.passed:
            yield f"FAILED {line_start(visible(outcome.file))}: {visible(result.case.name)}\n"
            yield from (f"  {visible(line)}\n" for line in _told(result))
            yield "\n"
    yield from (f"FAILED {line_start(visible(outcome.file))}: {visible(line)}\n" for line in outcome.shortfalls)


def _told(result: Result) -> Iterator[str]:
    """Each mismatch with the place of the expectation, its differences, and why the execution failed."""
    if result.missing is not None:
        yield f"{result.case.places['']}: {result.missing}"
    for mismatch in result.mismatches:
        yield f"{_place(result, mismatch)}: {mismatch.message}"
        yield from (f"  {line}" for line in mismatch.differences[:SHOWN])
        if len(mismatch.differences) > SHOWN:
            yield f"  and {len(mismatch.differences) - SHOWN} more"
    run = result.execution
    if run is not None and run.status != "SUCCEEDED" and any(m.field == "status" for m in result.mismatches):
        told = f"{run.error or run.status}: {run.cause}" if run.cause else run.error or run.status
        yield f"{result.failed_at}: {told}" if result.failed_at else told


def _place(result: Result, mismatch: Mismatch) -> str:
    """Where the expectation stands; one that nobody wrote stands for the case."""
    return result.case.places.get(mismatch.field, result.case.places[""])


def _by_definition(outcomes: Sequence[Outcome]) -> dict[str, Coverage]:
    """What all scenario files of a definition cover together."""
    found: dict[str, Coverage] = {}
    for outcome in outcomes:
        before = found.get(outcome.definition)
        found[outcome.definition] = outcome.coverage.joined(before) if before else outcome.coverage
    return found


def _coverage(definition: str, coverage: Coverage) -> Iterator[str]:
    told = ", ".join(f"{kind} {coverage.percent(kind):g} %" for kind in KINDS if coverage.total(kind))
    yield f"coverage of {visible(definition)}: {told}\n"
    for kind in KINDS:
        missed = coverage.missed(kind)
        for unit in missed[:SHOWN]:
            yield f"  {visible(unit.place)}: never taken: {visible(unit.name)}\n"
        if len(missed) > SHOWN:
            yield f"  and {len(missed) - SHOWN} more {kind}\n"


def render_json(outcomes: Sequence[Outcome]) -> Iterator[str]:
    value = {
        "cases": [_case(outcome, result) for outcome in outcomes for result in outcome.results],
        "coverage": _coverage_value(outcomes),
    }
    yield json.dumps(value, indent=2, ensure_ascii=False)
    yield "\n"


def _coverage_value(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Each kind over all definitions, then each definition by itself."""
    found = _by_definition(outcomes)
    totals: dict[str, Any] = {}
    for kind in KINDS:
        total = sum(coverage.total(kind) for coverage in found.values())
        covered = total - sum(len(coverage.missed(kind)) for coverage in found.values())
        totals[kind] = {"total": total, "covered": covered, "percent": share(covered, total)}
    return {
        **totals,
        "definitions": [{"definition": name, **coverage.to_json()} for name, coverage in found.items()],
        "failures": [{"file": outcome.file, "message": line} for outcome in outcomes for line in outcome.shortfalls],
    }


def _case(outcome: Outcome, result: Result) -> dict[str, Any]:
    failures = [_failure(result, mismatch) for mismatch in result.mismatches]
    if result.missing is not None:
        failures.append({"field": "mocks", "message": result.missing, "at": result.case.places[""]})
    return {"file": outcome.file, "name": result.case.name, "passed": result.passed, "failures": failures}


def _failure(result: Result, mismatch: Mismatch) -> dict[str, Any]:
    return {
        "field": mismatch.field,
        "message": mismatch.message,
        "expected": mismatch.expected,
        "actual": mismatch.found,
        "differences": list(mismatch.differences),
        "at": _place(result, mismatch),
        "failed_at": result.failed_at,
    }


Row = tuple[str, str, tuple[str, ...]]
"""A test case: its name, `failure`, `error` or nothing, and the lines that say why."""


def render_junit(outcomes: Sequence[Outcome]) -> Iterator[str]:
    suites = [(outcome, list(_rows(outcome))) for outcome in outcomes]
    totals = _counts([row for _, rows in suites for row in rows])
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites{attributes({'name': 'stepvet', **totals, 'time': '0'})}>\n"
    for outcome, rows in suites:
        yield from _suite(outcome, rows)
    yield "</testsuites>\n"


def _rows(outcome: Outcome) -> Iterator[Row]:
    for result in outcome.results:
        kind = "" if result.passed else "failure" if result.missing is None else "error"
        yield result.case.name, kind, tuple(_told(result))
    yield from (("coverage", "failure", (line,)) for line in outcome.shortfalls)


def _counts(rows: list[Row]) -> dict[str, int]:
    kinds = Counter(kind for _, kind, _ in rows)
    return {"tests": len(rows), "failures": kinds["failure"], "errors": kinds["error"], "skipped": 0}


def _suite(outcome: Outcome, rows: list[Row]) -> Iterator[str]:
    yield f"  <testsuite{attributes({'name': outcome.file, **_counts(rows), 'time': '0'})}>\n"
    for name, kind, lines in rows:
        named = attributes({"name": name, "classname": outcome.file, "file": outcome.file, "time": "0"})
        if kind:
            told = attributes({"message": lines[0], "type": kind})
            yield f"    <testcase{named}>\n      <{kind}{told}>{content(chr(10).join(lines))}</{kind}>\n"
            yield "    </testcase>\n"
        else:
            yield f"    <testcase{named}/>\n"
    yield "  </testsuite>\n"


FORMATS: dict[str, Callable[[Sequence[Outcome]], Iterator[str]]] = {
    "full": render_full,
    "json": render_json,
    "junit": render_junit,
}
