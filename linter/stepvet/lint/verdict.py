"""AWS's own answer, offline: what ValidateStateMachineDefinition says of a definition, in its response shape.

The diagnostics are the faults that carry one, in AWS's order; our own words and rules play no part. The text is read
as AWS reads it: strict JSON, in which a template's `${…}` is plain text. A JSON fault has AWS's code and kind of place,
and our message.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Literal

from stepvet.asl import aws
from stepvet.asl.fault import Aws
from stepvet.asl.faults import faults, is_broken
from stepvet.asl.model import MachineType
from stepvet.lint.errors import ValidationError
from stepvet.text.finding import Severity
from stepvet.text.json import read_json
from stepvet.text.node import Array, Hole, Member, Node, Object, String, walk
from stepvet.text.reading import Reading
from stepvet.text.source import Source, Span

Format = Literal["json", "yaml"]

LONGEST = 1_048_576
MOST_RESULTS = 100
TYPES = ("STANDARD", "EXPRESS")
SEVERITIES = {"ERROR": Severity.ERROR, "WARNING": Severity.WARNING}

_TAKEN = frozenset({"duplicate-key", "ambiguous-scalar"})
"""Kinds of syntax faults that AWS is not known to refuse."""


def validate(
    definition: str | Mapping[str, Any],
    *,
    type: MachineType = "STANDARD",
    severity: str = "ERROR",
    max_results: int = MOST_RESULTS,
) -> dict[str, Any]:
    """AWS's response: `{"result": "OK" | "FAIL", "diagnostics": [{severity, code, message, location?}], "truncated"}`.

    `severity` is the mildest that is answered; warnings alone leave the result OK. `max_results` of 0 means 100, as for
    AWS. Raises `ValidationError` where AWS answers ValidationException: an empty text, a text that is too long, an
    unknown type or severity, a wrong number.
    """
    text = definition if isinstance(definition, str) else _written(definition)
    return answer(text, "json", type, severity, max_results)


def answer(text: str, format_: Format, type_: MachineType, severity: str, max_results: int) -> dict[str, Any]:
    """As `validate`, for a text in JSON, or in YAML, which tools turn into JSON before AWS sees it."""
    _check_request(text, type_, severity, max_results)
    found = [d for d in diagnostics(text, format_, type_) if d.severity.rank >= SEVERITIES[severity].rank]
    limit = max_results or MOST_RESULTS
    failed = any(d.severity is Severity.ERROR for d in found)
    return {
        "result": "FAIL" if failed else "OK",
        "diagnostics": [_shown(d) for d in islice(found, limit)],
        "truncated": len(found) > limit,
    }


def diagnostics(text: str, format_: Format, machine_type: MachineType) -> Iterator[Aws]:
    """AWS's diagnostics of a definition's text, errors and warnings, in AWS's order."""
    if not text.strip():
        yield Aws(aws.SCHEMA, aws.NOT_AN_OBJECT, None)
        return
    reading = read_json(text) if format_ == "json" else _read_yaml(text)
    refused = _refused(text, reading, format_)
    if refused or reading.root is None:
        yield refused or Aws(aws.SCHEMA, aws.NOT_AN_OBJECT, None)
        return
    root = literal(reading.root)
    told = (fault.aws for fault in faults(root, machine_type) if fault.aws)
    if isinstance(root, Object) and is_broken(root):
        told = (d for d in told if d.location == "/" and d.message.startswith(aws.REQUIRED.split("[")[0]))
    yield from told


def _read_yaml(text: str) -> Reading:
    from stepvet.text.yaml import read_yaml

    return read_yaml(text)


def literal(node: Node) -> Node:
    """The tree as AWS sees it: what a template would fill in is plain text."""
    match node:
        case String(span, value, style):
            return String(span, value, style) if node.holes else node
        case Hole(span, written):
            return String(span, written)
        case Object():
            return Object(node.span, [Member(_literal_key(m.key), literal(m.value)) for m in node.members])
        case Array():
            return Array(node.span, [literal(item) for item in node.items])
        case _:
            return node


def _literal_key(key: String) -> String:
    return String(key.span, key.value, key.style) if key.holes else key


def _written(definition: Mapping[str, Any]) -> str:
    try:
        return json.dumps(dict(definition))
    except (TypeError, ValueError) as error:
        raise ValidationError(f"the definition is no JSON: {error}") from None


def _check_request(text: str, type_: str, severity: str, max_results: int) -> None:
    if not text:
        raise ValidationError("the definition is empty; AWS asks for at least 1 character")
    if len(text) > LONGEST:
        raise ValidationError(f"the definition has {len(text)} characters; AWS takes at most {LONGEST}")
    if type_ not in TYPES:
        raise ValidationError(f'there is no state machine type "{type_}"; it is STANDARD or EXPRESS')
    if severity not in SEVERITIES:
        raise ValidationError(f'there is no severity "{severity}"; it is ERROR or WARNING')
    if isinstance(max_results, bool) or not isinstance(max_results, int) or not 0 <= max_results <= MOST_RESULTS:
        raise ValidationError(f"max_results is {max_results!r}; AWS takes a number from 0 to {MOST_RESULTS}")


def _refused(text: str, reading: Reading, format_: Format) -> Aws | None:
    """The first fault of the text, as the one diagnostic that AWS gives for a text that is no JSON."""
    spots = [(fault.span, fault.message) for fault in reading.faults if fault.kind not in _TAKEN]
    if format_ == "json" and reading.root:
        bare = (
            n for _, n in walk(reading.root) if isinstance(n, Hole) and text[n.span.start : n.span.start + 1] != '"'
        )
        spots += [(hole.span, f'"{hole.text}" is no value of JSON') for hole in bare]
    if not spots:
        return None
    span, message = min(spots)
    return Aws(aws.BAD_JSON, message, _source(text, span))


def _source(text: str, span: Span) -> str:
    """The kind of place that AWS's JSON reader gives."""
    position = Source("definition", text).position(span.start)
    return f'[Source: (String)"{text}"; line: {position.line}, column: {position.column}]'


def _shown(diagnostic: Aws) -> dict[str, str]:
    shown = {
        "severity": diagnostic.severity.value.upper(),
        "code": diagnostic.code,
        "message": diagnostic.message,
    }
    return shown if diagnostic.location is None else {**shown, "location": diagnostic.location}
