"""For people: each finding with its code frame, carets under the offending text, labels, help and the fix."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from stepvet.lint.diagnostic import Diagnostic, Place
from stepvet.lint.report import Report
from stepvet.report import Style
from stepvet.report.safe import visible, width
from stepvet.text.finding import Severity, Witness

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
BOLD, DIM, BLUE = "1", "2", "34"
TAB = "    "
LONGEST_LINE = 200
"""A longer line is shown as a window around the finding."""


def render(report: Report, style: Style) -> Iterator[str]:
    shown = report.diagnostics if style.show_suppressed else report.findings
    for diagnostic in shown:
        yield "\n".join([*_lines(diagnostic, style), "", ""])
    yield totals(report) + "\n"


def totals(report: Report) -> str:
    """One sentence about the whole run.

    >>> totals(Report())
    'No finding in 0 definitions.'
    """
    counts = [(severity, report.count(severity)) for severity in reversed(Severity)]
    said = [plural(count, severity.value) for severity, count in counts if count]
    found = "Found " + ", ".join(said) if said else "No finding"
    return f"{found} in {plural(len(report.definitions), 'definition')}.{_fixable(report)}"


def _fixable(report: Report) -> str:
    repairs = [d.repair.fix.safety for d in report.findings if d.repair]
    counts = ((repairs.count("safe"), "--fix"), (repairs.count("unsafe"), "--fix --unsafe-fixes"))
    said = [f"{count} can be fixed with {flags}" for count, flags in counts if count]
    return f" {', '.join(said)}." if said else ""


def plural(count: int, noun: str) -> str:
    """
    >>> plural(1, "error"), plural(2, "info")
    ('1 error', '2 infos')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _lines(diagnostic: Diagnostic, style: Style) -> Iterator[str]:
    colour = COLOURS[diagnostic.severity]
    head = paint(f"{diagnostic.severity.value}[{diagnostic.rule.name}]", f"{BOLD};{colour}", style)
    yield f"{head}: {paint(visible(diagnostic.message), BOLD, style)}"
    gutter = len(str(max([diagnostic.place.end.line, *(r.place.end.line for r in diagnostic.related)])))
    frame = Frame(gutter, style)
    yield from frame.window(diagnostic.place, "", "^", colour)
    for related in diagnostic.related:
        yield from frame.window(related.place, related.message, "-", BLUE)
    yield from (frame.note(kind, text) for kind, text in _notes(diagnostic))
    if style.explain_paths and diagnostic.witness is not None:
        yield from _witness(diagnostic.witness)


def _notes(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    if diagnostic.help:
        yield "help", diagnostic.help
    if diagnostic.repair:
        unsafe = " (unsafe)" if diagnostic.repair.fix.safety == "unsafe" else ""
        yield f"fix{unsafe}", diagnostic.repair.fix.title
    if diagnostic.aws_code:
        yield "aws", diagnostic.aws_code
    if diagnostic.construct:
        yield "construct", "/".join((diagnostic.construct, *diagnostic.state_path))
    if diagnostic.suppressed:
        yield "suppressed", diagnostic.suppressed.reason or diagnostic.suppressed.kind


def _witness(witness: Witness) -> Iterator[str]:
    """The input and the mocks that show the fault, each on a line of its own, ready to be pasted into files."""
    yield "input.json:"
    yield visible(json.dumps(witness.input, ensure_ascii=False))
    yield "mocks.json:"
    yield visible(json.dumps(witness.mocks, ensure_ascii=False))


class Frame:
    """Windows on source lines with one gutter."""

    def __init__(self, gutter: int, style: Style) -> None:
        self.gutter = gutter
        self.style = style

    def window(self, place: Place, message: str, mark: str, colour: str) -> Iterator[str]:
        start, end = place.start, place.end
        shown = linked(f"{visible(place.file)}:{start.line}:{start.column}", place.file, self.style)
        yield f"{' ' * self.gutter}{self._bar('-->')} {shown}"
        yield self._empty()
        line = place.source.line(start.line)
        last = end.column - 1 if end.line == start.line else len(line)
        yield from self._marked(place, line, (start.column - 1, max(last, start.column)), (message, mark, colour))

    def _marked(self, place: Place, line: str, columns: tuple[int, int], mark: tuple[str, str, str]) -> Iterable[str]:
        message, sign, colour = mark
        left, right = columns
        offset = max(0, left - LONGEST_LINE // 2) if len(line) > LONGEST_LINE else 0
        shown = _expand(line[offset : offset + LONGEST_LINE])
        before = width(_expand(line[offset:left]))
        under = max(1, min(width(_expand(line[left:right])), width(shown) - before))
        number = f"{place.start.line:>{self.gutter}}"
        yield f"{paint(number, BLUE, self.style)} {self._bar('|')} {self._code(shown, place.file)}".rstrip()
        carets = paint(f"{sign * under} {visible(message)}".rstrip(), colour, self.style)
        yield f"{self._empty()} {' ' * before}{carets}"

    def note(self, kind: str, text: str) -> str:
        label = paint(kind, BOLD, self.style)
        return f"{' ' * self.gutter} {self._bar('=')} {label}: {visible(text)}"

    def _code(self, line: str, file: str) -> str:
        if not self.style.colour:
            return line
        from stepvet.report.highlight import highlighted

        return highlighted(line, file)

    def _empty(self) -> str:
        return f"{' ' * self.gutter} {self._bar('|')}"

    def _bar(self, text: str) -> str:
        return paint(text, BLUE, self.style)


def _expand(line: str) -> str:
    return visible(line.replace("\t", TAB))


def linked(text: str, file: str, style: Style) -> str:
    """The text as a hyperlink to the file, where the terminal has them. The address is percent-encoded, so that a file
    name can't end it."""
    if not style.hyperlinks:
        return text
    address = quote(Path(file).absolute().as_posix(), errors="surrogatepass")
    return f"\x1b]8;;file://{address}\x1b\\{text}\x1b]8;;\x1b\\"


def paint(text: str, codes: str, style: Style) -> str:
    return f"\x1b[{codes}m{text}\x1b[0m" if style.colour else text
