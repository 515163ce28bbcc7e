"""JUnit XML: a suite for each file, a failed case for each finding, and one passing case where all is well.

Info findings are no failures: a case of theirs passes and says so in its output.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePosixPath

from stepvet.lint.diagnostic import Diagnostic
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.concise import line
from stepvet.report.safe import visible
from stepvet.report.xml_text import attributes, content
from stepvet.sources.notice import Notice
from stepvet.text.finding import Severity


def render(report: Report, _style: Style) -> Iterator[str]:
    suites = list(_suites(report))
    totals = {name: sum(suite[1][name] for suite in suites) for name in ("tests", "failures", "errors", "skipped")}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites{attributes({'name': 'stepvet', **totals, 'time': '0'})}>\n"
    for name, counts, cases in suites:
        yield f"  <testsuite{attributes({'name': name, **counts, 'time': '0', 'package': 'stepvet'})}>\n"
        yield from cases
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


Suite = tuple[str, dict[str, int], list[str]]


def _suites(report: Report) -> Iterator[Suite]:
    for file, found in groupby(report.diagnostics, key=lambda d: d.place.file):
        diagnostics = list(found)
        failed = sum(d.suppressed is None and d.severity is not Severity.INFO for d in diagnostics)
        skipped = sum(d.suppressed is not None for d in diagnostics)
        yield file, _counts(len(diagnostics), failed, 0, skipped), [_case(d) for d in diagnostics]
    unreadable = [n for n in report.notices if n.level == "error"]
    if unreadable:
        yield "stepvet", _counts(len(unreadable), 0, len(unreadable), 0), [_error(n) for n in unreadable]
    elif not report.diagnostics:
        yield "stepvet", _counts(1, 0, 0, 0), ['    <testcase name="no finding" classname="stepvet"/>\n']


def _counts(tests: int, failures: int, errors: int, skipped: int) -> dict[str, int]:
    return {"tests": tests, "failures": failures, "errors": errors, "skipped": skipped}


def _case(diagnostic: Diagnostic) -> str:
    file = diagnostic.place.file
    named = {
        "name": f"{diagnostic.rule.name} at {diagnostic.place.start.line}:{diagnostic.place.start.column}",
        "classname": str(PurePosixPath(file).with_suffix("")) if file else file,
        "file": file,
        "line": diagnostic.place.start.line,
    }
    return f"    <testcase{attributes(named)}>\n{_outcome(diagnostic)}    </testcase>\n"


def _outcome(diagnostic: Diagnostic) -> str:
    body = content(line(diagnostic) + (f"\nhelp: {visible(diagnostic.help)}" if diagnostic.help else ""))
    if diagnostic.suppressed is not None:
        return f"      <skipped{attributes({'message': diagnostic.suppressed.reason})}/>\n"
    if diagnostic.severity is Severity.INFO:
        return f"      <system-out>{body}</system-out>\n"
    told = {"message": diagnostic.message, "type": diagnostic.severity.value}
    return f"      <failure{attributes(told)}>{body}</failure>\n"


def _error(notice: Notice) -> str:
    named = attributes({"name": "readable", "classname": notice.file or "stepvet", "file": notice.file})
    told = attributes({"message": notice.message, "type": "error"})
    return f"    <testcase{named}>\n      <error{told}>{content(visible(notice.message))}</error>\n    </testcase>\n"
