"""Examples as tests: what the `^^^^` lines of an example say against what the rule finds in it.

A marker line belongs to the line above it that is no marker: it has nothing but spaces before the carets, which stand
under the offending characters; a text behind them is the message that must be given.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stepvet.lint.diagnostic import Diagnostic
from stepvet.lint.engine import check
from stepvet.lint.fix import mended, together
from stepvet.lint.registry import installed
from stepvet.lint.rule import Example, Rule
from stepvet.lint.settings import Settings
from stepvet.sources import from_text

MARKER = re.compile(r"^ *(\^+) ?(.*)$")


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that an example calls for; `message` is None where the carets stand alone."""

    start: int
    end: int
    message: str | None


def unmarked(text: str) -> tuple[str, list[Expected]]:
    """The example's definition without its marker lines, and what they call for, in the order of the text."""
    kept: list[str] = []
    expected: list[Expected] = []
    offset = 0
    for line in inspect.cleandoc(text).split("\n"):
        marker = MARKER.match(line)
        if marker is None:
            offset += len(kept[-1]) + 1 if kept else 0
            kept.append(line)
            continue
        message = marker[2].strip() or None
        expected.append(Expected(offset + marker.start(1), offset + marker.end(1), message))
    return "\n".join(kept), expected


def complaints(rule: Rule[Any], example: Example) -> Iterator[str]:
    """How the rule's findings differ from what the example calls for; nothing where they agree.

    All installed rules run, as they do for a user, so that an example also shows what the rule leaves to others.
    """
    text, expected = unmarked(example.text)
    settings = Settings(type=example.type)
    rules = (*(other for other in installed().rules if other.name != rule.name), rule)
    diagnostics = [
        d
        for definition in from_text(text, example.filename, files=example.files)
        for d in check(definition, settings, rules).findings
        if d.rule is rule and d.place.file == example.filename
    ]
    found = [Expected(d.place.span.start, d.place.span.end, d.message) for d in diagnostics]
    yield from _unanswered(expected, found, text)
    yield from _unfixed(example, diagnostics, text)


def _unanswered(expected: list[Expected], found: list[Expected], text: str) -> Iterator[str]:
    left = list(found)
    for want in expected:
        match = next((f for f in left if _answers(f, want)), None)
        if match is None:
            yield f"expected {_shown(want, text)}, found {[_shown(f, text) for f in found] or 'nothing'}"
        else:
            left.remove(match)
    yield from (f"not expected: {_shown(f, text)}" for f in left)


def _unfixed(example: Example, diagnostics: list[Diagnostic], text: str) -> Iterator[str]:
    """Where the rule's fixes make something else of the example than it says."""
    if example.fixed is None:
        return
    mends = mended(together(diagnostics, ("safe", "unsafe")))
    _, after = mends.get(example.filename, (text, text))
    if after != inspect.cleandoc(example.fixed):
        yield f"the fix makes\n{after}\nof it, not\n{inspect.cleandoc(example.fixed)}"


def _answers(found: Expected, want: Expected) -> bool:
    return (found.start, found.end) == (want.start, want.end) and want.message in (None, found.message)


def _shown(item: Expected, text: str) -> str:
    return f"{item.start}-{item.end} {text[item.start : item.end]!r}: {item.message}"
