"""Fixes: what a rule wants changed as edits of the user's files, and which of them can be made in one go.

A definition may stand in a string of a template. There only what the string holds as it is can be edited, and only with
text that needs no escape; everything else is not fixable. Fixes are made in rounds: all that don't touch each other,
then the files are checked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from stepvet.lint.diagnostic import Diagnostic, Edit, Repair
from stepvet.sources.definition import Definition
from stepvet.text.edit import applied as written
from stepvet.text.edit import edits
from stepvet.text.finding import Add, Fix, Remove, RemoveItem
from stepvet.text.lines import line_start
from stepvet.text.source import Extract, Source, Span

State = tuple[str, str | None, tuple[str, ...]]
"""File, resource and state path."""

_needs_escape = re.compile(r"['\\]|[$%]\{")


def repair(fix: Fix, definition: Definition) -> Repair | None:
    """The fix as edits of files; None where they can't be written without a guess."""
    source = fix.source or definition.source
    found = edits(fix.changes, source)
    if not found:
        return None
    placed = [_placed(span, text, source) for span, text in found]
    return Repair(fix, tuple(edit for edit in placed if edit)) if all(placed) else None


def _placed(span: Span, text: str, source: Source) -> Edit | None:
    if not isinstance(source, Extract):
        return Edit(source, span, text)
    file, place = source.resolve(span)
    shown = _inside(span, text, source) if _stands_there(span, source) else None
    return None if shown is None else Edit(file, place, shown)


def _stands_there(span: Span, source: Extract) -> bool:
    """Does the file hold the characters, but for the indentation of its lines, and quotes as quotes?"""
    file, place = source.resolve(span)
    quote = source.text.find('"')
    raw = quote < 0 or source.is_verbatim(Span(quote, quote + 1))
    return raw and file.text[place.start : place.end].split() == source.text[span.start : span.end].split()


def _inside(span: Span, text: str, source: Extract) -> str | None:
    """The text as it may be written inside the outer one; its lines are indented as the line of the span is."""
    if _needs_escape.search(text):
        return None
    if "\n" not in text:
        return text
    start = line_start(source.text, span.start)
    file, place = source.resolve(Span(start, start + 1))
    margin = file.text[line_start(file.text, place.start) : place.start]
    return None if margin.strip() or not start else text.replace("\n", f"\n{margin}")


def together(diagnostics: Iterable[Diagnostic], safeties: Iterable[str]) -> Iterator[Repair]:
    """The repairs of these safeties that can be made in one go: they don't touch each other, and where one adds or
    removes something in a state it is the state's only one, since two that are right by themselves (`Nxet` is `Next`;
    there is no `Next`, so it ends) may be wrong together. What corrects a word goes first: it may settle the rest."""
    wanted = frozenset(safeties)
    taken: dict[str, list[Span]] = {}
    states: dict[State, bool] = {}
    fixable = [(d, d.repair) for d in diagnostics if d.repair and d.repair.fix.safety in wanted]
    for diagnostic, found in sorted(fixable, key=lambda pair: _builds(pair[1].fix)):
        state, builds = (diagnostic.place.file, diagnostic.resource, diagnostic.state_path), _builds(found.fix)
        alone = state in states and (builds or states[state])
        if not alone and not any(_touches(edit, taken.get(edit.source.file, [])) for edit in found.edits):
            states[state] = builds or states.get(state, False)
            for edit in found.edits:
                taken.setdefault(edit.source.file, []).append(edit.span)
            yield found


def _builds(fix: Fix) -> bool:
    return any(isinstance(change, (Add, Remove, RemoveItem)) for change in fix.changes)


def _touches(edit: Edit, spans: list[Span]) -> bool:
    return any(edit.span.start <= span.end and span.start <= edit.span.end for span in spans)


def applied(text: str, found: Iterable[Edit]) -> str:
    """The text of a file with edits that don't overlap."""
    return written(text, [(edit.span, edit.text) for edit in found])


def mended(repairs: Iterable[Repair]) -> Mapping[str, tuple[str, str]]:
    """File → its text before and after the repairs."""
    by_file: dict[str, list[Edit]] = {}
    for edit in (edit for found in repairs for edit in found.edits):
        by_file.setdefault(edit.source.file, []).append(edit)
    return {file: (given[0].source.text, applied(given[0].source.text, given)) for file, given in by_file.items()}
