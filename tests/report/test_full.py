"""Code frames: carets stand under the offending characters, whatever the line is made of."""

from __future__ import annotations

import pytest

from stepvet.lint.diagnostic import Diagnostic, Place
from stepvet.lint.report import Report
from stepvet.lint.rule import Rule
from stepvet.report import Style, renderer
from stepvet.sources import Definition
from stepvet.text.finding import Severity
from stepvet.text.source import Source, Span

RULE: Rule[Definition] = Rule("rule", "group", Definition, Severity.ERROR, "0.1", lambda *_: iter(()), (), (), "Page.")


def frame(text: str, offending: str) -> tuple[str, str]:
    """The line that is shown and the one with the carets, without the gutter."""
    start = text.index(offending)
    place = Place(Source("a.json", text), Span(start, start + len(offending)))
    report = Report((), (Diagnostic(RULE, Severity.ERROR, "wrong", place, (), None),))
    _, _, _, shown, carets, *_ = "".join(renderer("full")(report, Style())).split("\n")
    return shown.split("| ", 1)[1], carets.split("| ", 1)[1]


@pytest.mark.parametrize(
    ("text", "offending", "shown", "carets"),
    [
        ('{"a": 1}', "1", '{"a": 1}', "      ^"),
        ('\t\t"a": 1', '"a"', '        "a": 1', "        ^^^"),
        ('"注文": 1', "1", '"注文": 1', "        ^"),
        ('"🎉é": 1', '"🎉é"', '"🎉é": 1', "^^^^^"),
        ('"e\u0301": 1', "1", '"e\u0301": 1', "     ^"),
        ('"\x1b": 1', "1", '"␛": 1', "     ^"),
        ("a\nbb\nccc", "bb\ncc", "bb", "^^"),
        ("a\r\nbb\r\nccc", "ccc", "ccc", "^^^"),
        ("x" * 500 + "HERE" + "y" * 500, "HERE", "x" * 100 + "HERE" + "y" * 96, " " * 100 + "^^^^"),
        ("x" * 500, "x" * 400, "x" * 200, "^" * 200),
    ],
    ids=["plain", "tabs", "wide", "emoji", "combining", "control", "lines", "crlf", "long", "longer"],
)
def test_carets_stand_under_the_text(text: str, offending: str, shown: str, carets: str) -> None:
    assert frame(text, offending) == (shown, carets)


def test_an_empty_place_has_one_caret() -> None:
    place = Place(Source("a.json", "{}"), Span(2, 2))
    report = Report((), (Diagnostic(RULE, Severity.ERROR, "wrong", place, (), None),))
    assert "| {}\n  |   ^" in "".join(renderer("full")(report, Style()))
