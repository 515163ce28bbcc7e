"""SARIF 2.1.0 for code scanning: rules with help, regions in code points, fingerprints, related places, code flows.

Invariant: what GitHub refuses is never written: at most 25,000 results (the most severe are kept), no empty texts,
`suppressions` on every result or on none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from stepvet._version import __version__
from stepvet.lint.diagnostic import Diagnostic, Edit, Place
from stepvet.lint.registry import AnyRule
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.line_hash import line_hashes
from stepvet.report.safe import visible
from stepvet.sources.notice import Notice
from stepvet.text.finding import Severity
from stepvet.text.source import Source

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
PROBLEM_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
PRECISION = {Severity.ERROR: "very-high", Severity.WARNING: "high", Severity.INFO: "medium"}
RESULTS, RELATED, TEXT = 25_000, 100, 1024
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report, _style: Style) -> Iterator[str]:
    kept = sorted(report.diagnostics, key=lambda d: -d.severity.rank)[:RESULTS]
    kept.sort(key=Diagnostic.sort_key)
    rules = sorted({d.rule.name: d.rule for d in kept}.values(), key=lambda r: r.name)
    index = {rule.name: number for number, rule in enumerate(rules)}
    flagged = any(d.suppressed for d in kept)
    run = {
        "tool": {"driver": _driver(rules)},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "stepvet/"},
        "invocations": [_invocation(report, len(report.diagnostics) - len(kept))],
        "results": [_result(d, index[d.rule.name], flagged) for d in kept],
    }
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _driver(rules: list[AnyRule]) -> dict[str, Any]:
    return {"name": "stepvet", "semanticVersion": __version__, "rules": [_rule(r) for r in rules]}


def _rule(rule: AnyRule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "name": rule.name,
        "shortDescription": {"text": rule.summary[:TEXT]},
        "fullDescription": {"text": rule.page[:TEXT]},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": ["aws", "step-functions", rule.group],
            "precision": PRECISION[rule.severity],
            "problem.severity": PROBLEM_SEVERITIES[rule.severity],
        },
    }


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    """What could not be read stands here, not among the results."""
    failed = [n for n in report.notices if n.level == "error"]
    notes = [_notification(n) for n in failed]
    if left_out:
        message = f"{left_out} findings of the lowest severity are left out"
        notes.append({"level": "warning", "message": {"text": message}})
    return {"executionSuccessful": not failed, "toolExecutionNotifications": notes}


def _notification(notice: Notice) -> dict[str, Any]:
    note: dict[str, Any] = {"level": "error", "message": {"text": visible(notice.message)}}
    if notice.file:
        note["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": uri(notice.file)}}}]
    return note


def _result(diagnostic: Diagnostic, rule_index: int, flagged: bool) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule.name,
        "ruleIndex": rule_index,
        "level": LEVELS[diagnostic.severity],
        "message": {"text": _message(diagnostic)},
        "locations": [_location(diagnostic.place) | _logical(diagnostic)],
        "partialFingerprints": {
            "primaryLocationLineHash": _line_hash(diagnostic.place),
            "stepvet/v1": diagnostic.fingerprint,
        },
    }
    if diagnostic.related:
        result["relatedLocations"] = _related(diagnostic)
    if diagnostic.witness is not None:
        result["codeFlows"] = [_flow(diagnostic)]
        result["properties"] = {"witness": {"input": diagnostic.witness.input, "mocks": diagnostic.witness.mocks}}
    if diagnostic.repair:
        result["fixes"] = [_fix(diagnostic.repair.fix.title, diagnostic.repair.edits)]
    if flagged:
        result["suppressions"] = _suppressions(diagnostic)
    return result


def _message(diagnostic: Diagnostic) -> str:
    """The point first; then help; the related places as links."""
    links = "".join(f" [{_plain(r.message)}]({n})." for n, r in enumerate(diagnostic.related[:RELATED], 1))
    help_text = f" {visible(diagnostic.help)}." if diagnostic.help else ""
    return f"{visible(diagnostic.message)}.{help_text}{links}"


def _plain(text: str) -> str:
    """A link's text must not hold brackets of its own."""
    return visible(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]") or "see"


def _related(diagnostic: Diagnostic) -> list[dict[str, Any]]:
    return [
        {"id": number, "message": {"text": visible(r.message) or "see"}, **_location(r.place)}
        for number, r in enumerate(diagnostic.related[:RELATED], 1)
    ]


def _flow(diagnostic: Diagnostic) -> dict[str, Any]:
    """The story in the order of the run: where the value was made and lost, then where it is missed."""
    steps = [(r.place, r.message) for r in diagnostic.related] + [(diagnostic.place, diagnostic.message)]
    located = [{"location": {**_location(p), "message": {"text": visible(m) or "see"}}} for p, m in steps]
    return {"threadFlows": [{"locations": located}]}


def _location(place: Place) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": uri(place.file)}, "region": _region(place)}}


def _logical(diagnostic: Diagnostic) -> dict[str, Any]:
    names = [visible(name) for name in (diagnostic.resource or "", *diagnostic.state_path) if name]
    return {"logicalLocations": [{"fullyQualifiedName": "/".join(names), "kind": "state"}]} if names else {}


def _region(place: Place) -> dict[str, int]:
    start, end = place.start, place.end
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(title: str, edits: tuple[Edit, ...]) -> dict[str, Any]:
    files: dict[str, list[dict[str, Any]]] = {}
    for edit in edits:
        replaced = {"deletedRegion": _region(Place(edit.source, edit.span)), "insertedContent": {"text": edit.text}}
        files.setdefault(edit.source.file, []).append(replaced)
    changes = [{"artifactLocation": {"uri": uri(file)}, "replacements": found} for file, found in files.items()]
    return {"description": {"text": visible(title)}, "artifactChanges": changes}


def _suppressions(diagnostic: Diagnostic) -> list[dict[str, str]]:
    suppressed = diagnostic.suppressed
    if suppressed is None:
        return []
    reason = {"justification": visible(suppressed.reason)} if suppressed.reason else {}
    return [{"kind": suppressed.kind, "status": "accepted", **reason}]


def _line_hash(place: Place) -> str:
    hashes = _hashes(place.source)
    return hashes[min(place.start.line, len(hashes)) - 1]


@lru_cache(maxsize=8)
def _hashes(source: Source) -> list[str]:
    return line_hashes(source.text)


def uri(file: str) -> str:
    """A path as a relative reference.

    >>> uri("flows/my order#1.json")
    'flows/my%20order%231.json'
    """
    return quote(file.replace("\\", "/"), safe="/~", errors="surrogatepass")
