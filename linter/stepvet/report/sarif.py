"""SARIF 2.1.0 for code scanning: the log, its rules with their help, and what could not be read.

Invariant: what GitHub refuses is never written: at most 25,000 results and 10 MB when compressed (the most severe are
kept, and how many are left out is told), no empty texts, `suppressions` on every result or on none.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from stepvet._version import __version__
from stepvet.lint.diagnostic import Diagnostic
from stepvet.lint.registry import AnyRule
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.json_text import dumped
from stepvet.report.safe import visible
from stepvet.report.sarif_places import Places
from stepvet.report.sarif_results import LEVELS, result
from stepvet.sources.notice import Notice
from stepvet.text.finding import Severity

PROBLEM_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
PRECISION = {Severity.ERROR: "very-high", Severity.WARNING: "high", Severity.INFO: "medium"}
RESULTS, TEXT, NAME = 25_000, 1024, 255
SIZE = 9_500_000
"""Bytes of the compressed log, with some to spare for what stands around the results."""
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report, style: Style) -> Iterator[str]:
    places = Places(style)
    kept = sorted(report.diagnostics, key=lambda d: -d.severity.rank)[:RESULTS]
    text = _written(report, kept, places)
    if len(text) > SIZE:
        whole = (dumped(result(d, 0, places, flagged=True)) for d in kept)
        text = _written(report, kept[: fitting(whole, SIZE)], places)
    yield text


def _written(report: Report, kept: list[Diagnostic], places: Places) -> str:
    rules = sorted({d.rule.name: d.rule for d in kept}.values(), key=lambda r: r.name)
    index = {rule.name: number for number, rule in enumerate(rules)}
    flagged = any(d.suppressed for d in kept)
    run = {
        "tool": {"driver": _driver(rules)},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "stepvet/"},
        "invocations": [_invocation(report, places, len(report.diagnostics) - len(kept))],
        "results": [result(d, index[d.rule.name], places, flagged) for d in sorted(kept, key=Diagnostic.sort_key)],
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def fitting(texts: Iterable[str], size: int) -> int:
    """How many of the texts, from the first on, have room in so many bytes when they are compressed together.

    >>> fitting(["a" * 1000, "b" * 1000], 4), fitting(["a" * 1000, "b" * 1000], 1000)
    (0, 2)
    """
    packer, used, count = zlib.compressobj(), 0, 0
    for text in texts:
        used += len(packer.compress(text.encode())) + len(packer.flush(zlib.Z_SYNC_FLUSH))
        if used > size:
            break
        count += 1
    return count


def _driver(rules: list[AnyRule]) -> dict[str, Any]:
    return {"name": "stepvet", "semanticVersion": __version__, "rules": [_rule(r) for r in rules]}


def _rule(rule: AnyRule) -> dict[str, Any]:
    page = rule.page or rule.name
    return {
        "id": rule.name,
        "name": rule.name[:NAME],
        "shortDescription": {"text": (rule.summary or rule.name)[:TEXT]},
        "fullDescription": {"text": page[:TEXT]},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": ["aws", "step-functions", rule.group],
            "precision": PRECISION[rule.severity],
            "problem.severity": PROBLEM_SEVERITIES[rule.severity],
        },
    }


def _invocation(report: Report, places: Places, left_out: int) -> dict[str, Any]:
    """What could not be read stands here, not among the results."""
    failed = [n for n in report.notices if n.level == "error"]
    notes = [_notification(n, places) for n in failed]
    if left_out:
        message = f"{left_out} findings of the lowest severity are left out"
        notes.append({"level": "warning", "message": {"text": message}})
    return {"executionSuccessful": not failed, "toolExecutionNotifications": notes}


def _notification(notice: Notice, places: Places) -> dict[str, Any]:
    note: dict[str, Any] = {"level": "error", "message": {"text": visible(notice.message)}}
    if notice.file:
        note["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": places.uri(notice.file)}}}]
    return note
