"""The words for faults of a YAML text: what PyYAML says, in ours, with the help for what usually causes it."""

from __future__ import annotations

import re
from typing import NamedTuple

from stepvet.text.lines import line_end, line_start
from stepvet.text.reading import SyntaxFault
from stepvet.text.source import Span


class _Case(NamedTuple):
    problem: str
    line: str
    """A pattern that the faulty line has to hold."""
    kind: str
    message: str
    help: str | None = None


_cases = (
    _Case(r"", r"[:\-]\s+\{%", "unquoted-jsonata", "text that starts with {% needs quotes in YAML", 'write "{% … %}"'),
    _Case(r"any token|tab character", r"^ *\t", "tab-indentation", "a tab where YAML wants spaces"),
    _Case(r"character '[@`]'", r"", "reserved-character", "a plain text can't start with this character", "quote it"),
    _Case(r"cannot start any token", r"", "reserved-character", "no value can start with this character", "quote it"),
    _Case(r"mapping values are not allowed", r"", "unexpected-colon", "a second colon in one line", "quote the text"),
    _Case(r"expected ':'", r"", "missing-colon", "a key without a colon"),
    _Case(r"end of stream|quoted scalar", r"", "unclosed-string", "a quoted text is never closed"),
    _Case(r"expected ',' or", r"", "missing-comma", "a comma or a closing bracket is missing"),
    _Case(r"expected key|block end|<block", r"", "bad-indentation", "this line doesn't fit the lines above it"),
    _Case(r"escape", r"", "bad-escape", "no escape of YAML"),
    _Case(r"unknown directive|directive", r"", "bad-directive", "a line that starts with % is a directive in YAML"),
)
_colon_help = 'a plain text can\'t hold ": "; quote it'


def syntax_fault(text: str, problem: str, at: int) -> SyntaxFault:
    """PyYAML's problem at an offset, in our words."""
    at = min(at, len(text))
    line = text[line_start(text, at) : line_end(text, at)]
    for case in _cases:
        if re.search(case.problem, problem) and re.search(case.line, line):
            span = _jsonata_span(text, at) if case.kind == "unquoted-jsonata" else Span(at, min(at + 1, len(text)))
            return SyntaxFault(case.kind, case.message, span, case.help)
    return SyntaxFault("yaml-syntax", problem, Span(at, min(at + 1, len(text))))


def _jsonata_span(text: str, at: int) -> Span:
    start = text.find("{%", line_start(text, at))
    end, last = text.find("%}", start), line_end(text, start)
    return Span(start, end + 2 if 0 <= end < last else last)


def ambiguous(text: str, older: str, span: Span) -> SyntaxFault:
    return SyntaxFault(
        "ambiguous-scalar",
        f'"{text}" is {older} for readers of YAML 1.1 and something else for readers of YAML 1.2',
        span,
        f'write "{text}" if it is text',
    )
