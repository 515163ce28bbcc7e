"""What came of scenario files: as text like pytest's, as JUnit XML, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stepvet.report.safe import line_start, visible
from stepvet.report.xml_text import attributes, content
from stepvet.run.coverage import KINDS, Coverage
from stepvet.run.scenario import Result

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario file's results; `shortfalls` say in a line each which coverage isn't reached."""

    file: str
    definition: str
    results: tuple[Result, ...]
    coverage: Coverage
    shortfalls: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.shortfalls and not any(result.failures for result in self.results)


def render_text(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        marks = "".join("F" if result.failures else "." for result in outcome.results)
        yield f"{line_start(visible(outcome.file))} {marks}\n"
    yield "\n"
    for outcome in outcomes:
        yield from _failures(outcome)
    for outcome in outcomes:
        yield from _coverage(outcome)
    results = [result for outcome in outcomes for result in outcome.results]
    failed = sum(bool(result.failures) for result in results)
    yield f"{len(results) - failed} passed, {failed} failed\n"


def _failures(outcome: Outcome) -> Iterator[str]:
    for result in outcome.results:
        if result.failures:
            yield f"FAILED {line_start(visible(outcome.file))}: {visible(result.case.name)}\n"
            yield from (f"  {visible(line)}\n" for line in result.failures)
    yield from (f"FAILED {line_start(visible(outcome.file))}: {visible(line)}\n" for line in outcome.shortfalls)


def _coverage(outcome: Outcome) -> Iterator[str]:
    coverage = outcome.coverage
    told = ", ".join(f"{kind} {coverage.percent(kind):.0f} %" for kind in KINDS if coverage.total(kind))
    yield f"coverage of {visible(outcome.definition)}: {told}\n"
    for kind in KINDS:
        missed = coverage.missed(kind)
        if missed:
            more = f" and {len(missed) - SHOWN} more" if len(missed) > SHOWN else ""
            yield f"  {kind} never taken: {visible(', '.join(missed[:SHOWN]))}{more}\n"


def render_json(outcomes: Sequence[Outcome]) -> Iterator[str]:
    value = {
        "cases": [_case(outcome, result) for outcome in outcomes for result in outcome.results],
        "coverage": [
            {
                "file": outcome.file,
                "definition": outcome.definition,
                **outcome.coverage.to_json(),
                "failures": list(outcome.shortfalls),
            }
            for outcome in outcomes
        ],
    }
    yield json.dumps(value, indent=2, ensure_ascii=False)
    yield "\n"


def _case(outcome: Outcome, result: Result) -> dict[str, Any]:
    return {
        "file": outcome.file,
        "name": result.case.name,
        "passed": not result.failures,
        "failures": list(result.failures),
    }


def render_junit(outcomes: Sequence[Outcome]) -> Iterator[str]:
    tests = sum(len(outcome.results) + len(outcome.shortfalls) for outcome in outcomes)
    failed = sum(sum(bool(r.failures) for r in o.results) + len(o.shortfalls) for o in outcomes)
    totals = {"name": "stepvet", "tests": tests, "failures": failed, "errors": 0, "time": "0"}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites{attributes(totals)}>\n"
    for outcome in outcomes:
        yield from _suite(outcome)
    yield "</testsuites>\n"


def _suite(outcome: Outcome) -> Iterator[str]:
    cases = [(result.case.name, result.failures) for result in outcome.results]
    cases += [("coverage", (line,)) for line in outcome.shortfalls]
    failed = sum(bool(failures) for _, failures in cases)
    counts = {"name": outcome.file, "tests": len(cases), "failures": failed, "errors": 0, "skipped": 0, "time": "0"}
    yield f"  <testsuite{attributes(counts)}>\n"
    for name, failures in cases:
        named = attributes({"name": name, "classname": outcome.file, "file": outcome.file, "time": "0"})
        if failures:
            told = attributes({"message": failures[0], "type": "failed"})
            yield f"    <testcase{named}>\n      <failure{told}>{content(chr(10).join(failures))}</failure>\n"
            yield "    </testcase>\n"
        else:
            yield f"    <testcase{named}/>\n"
    yield "  </testsuite>\n"


FORMATS: dict[str, Callable[[Sequence[Outcome]], Iterator[str]]] = {
    "text": render_text,
    "json": render_json,
    "junit": render_junit,
}
