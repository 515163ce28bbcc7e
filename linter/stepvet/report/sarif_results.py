"""One diagnostic as a SARIF result: message with links, fingerprints, related places, the story as a code flow, fixes.

Only the first sentence of a message is sure to be shown, so it is the point; help and links follow.
"""

from __future__ import annotations

from typing import Any

from stepvet.lint.diagnostic import Diagnostic, Place, Repair
from stepvet.report.safe import visible
from stepvet.report.sarif_places import Places, region
from stepvet.text.finding import Severity

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
RELATED, STEPS = 100, 1000
"""Places of a kind that GitHub keeps for a result."""


def result(diagnostic: Diagnostic, rule_index: int, places: Places, flagged: bool) -> dict[str, Any]:
    """`flagged`: some result of the log is suppressed, so each must say whether it is."""
    return {
        "ruleId": diagnostic.rule.name,
        "ruleIndex": rule_index,
        "level": LEVELS[diagnostic.severity],
        "message": {"text": _message(diagnostic)},
        "locations": [places.location(diagnostic.place) | _logical(diagnostic)],
        "partialFingerprints": {
            "primaryLocationLineHash": places.line_hash(diagnostic.place),
            "stepvet/v1": diagnostic.fingerprint,
        },
        **({"relatedLocations": _related(diagnostic, places)} if diagnostic.related else {}),
        **(_story(diagnostic, places) if diagnostic.witness else {}),
        **({"fixes": [_fix(diagnostic.repair, places)]} if diagnostic.repair else {}),
        **({"suppressions": _suppressions(diagnostic)} if flagged else {}),
    }


def _message(diagnostic: Diagnostic) -> str:
    links = "".join(f" [{_label(r.message)}]({n})." for n, r in enumerate(diagnostic.related[:RELATED], 1))
    help_text = f" {_linkless(diagnostic.help)}." if diagnostic.help else ""
    return f"{_linkless(diagnostic.message)}.{help_text}{links}"


def _linkless(text: str) -> str:
    """A text that has no link in it, whatever it holds: `[label](target)` would be one.

    >>> _linkless("[here](https://example.com)")
    '[here] (https://example.com)'
    """
    return visible(text).replace("](", "] (")


def _label(text: str) -> str:
    """A link's text must not hold brackets of its own."""
    return visible(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]") or "see"


def _related(diagnostic: Diagnostic, places: Places) -> list[dict[str, Any]]:
    return [
        {"id": number, "message": {"text": _linkless(r.message) or "see"}, **places.location(r.place)}
        for number, r in enumerate(diagnostic.related[:RELATED], 1)
    ]


def _story(diagnostic: Diagnostic, places: Places) -> dict[str, Any]:
    """In the order of the run: where the value was made and lost, then where it is missed."""
    told = [(r.place, r.message) for r in diagnostic.related[: STEPS - 1]] + [(diagnostic.place, diagnostic.message)]
    steps = [{"location": _step(place, message, places)} for place, message in told]
    witness = diagnostic.witness
    shown = {"input": witness.input, "mocks": witness.mocks} if witness else None
    return {"codeFlows": [{"threadFlows": [{"locations": steps}]}], "properties": {"witness": shown}}


def _step(place: Place, message: str, places: Places) -> dict[str, Any]:
    return {**places.location(place), "message": {"text": _linkless(message) or "see"}}


def _logical(diagnostic: Diagnostic) -> dict[str, Any]:
    owner = diagnostic.construct or diagnostic.resource or ""
    names = [visible(name) for name in (owner, *diagnostic.state_path) if name]
    kind = "state" if diagnostic.state_path else "state machine"
    return {"logicalLocations": [{"fullyQualifiedName": "/".join(names), "kind": kind}]} if names else {}


def _fix(repair: Repair, places: Places) -> dict[str, Any]:
    files: dict[str, list[dict[str, Any]]] = {}
    for edit in repair.edits:
        deleted = region(Place(edit.source, edit.span))
        files.setdefault(edit.source.file, []).append(
            {"deletedRegion": deleted, "insertedContent": {"text": edit.text}}
        )
    changes = [{"artifactLocation": {"uri": places.uri(file)}, "replacements": found} for file, found in files.items()]
    return {"description": {"text": visible(repair.fix.title) or "fix"}, "artifactChanges": changes}


def _suppressions(diagnostic: Diagnostic) -> list[dict[str, str]]:
    suppressed = diagnostic.suppressed
    if suppressed is None:
        return []
    reason = {"justification": visible(suppressed.reason)} if suppressed.reason else {}
    return [{"kind": suppressed.kind, "status": "accepted", **reason}]
