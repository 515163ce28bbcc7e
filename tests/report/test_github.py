"""Annotations: what GitHub keeps, and in which order."""

from __future__ import annotations

from dataclasses import replace

from stepvet.lint.report import Report
from stepvet.report import Style, renderer
from stepvet.sources import Notice
from stepvet.text.finding import Severity
from stepvet.text.source import Span


def lines(report: Report, style: Style = Style()) -> list[str]:  # noqa: B008 a frozen value
    return "".join(renderer("github")(report, style)).splitlines()


def test_the_most_severe_come_first_and_the_rest_is_counted(four: Report) -> None:
    mild, severe = four.diagnostics[3], four.diagnostics[0]
    report = replace(four, diagnostics=(*[mild] * 12, *[severe] * 12))
    found = lines(report)
    assert [line.split(" ")[0] for line in found] == ["::error"] * 10 + ["::notice"] * 10
    assert found[-1] == "::notice title=stepvet::5 more in the job summary"


def test_failures_count_as_errors(four: Report) -> None:
    report = replace(four, notices=tuple(Notice("error", "can't be read", f"{n}.json") for n in range(12)))
    found = lines(report)
    assert [line.split(" ")[0] for line in found] == ["::error"] * 10 + ["::warning", "::notice", "::notice"]
    assert found[-1].endswith("::4 more in the job summary")


def test_columns_only_on_one_line(four: Report) -> None:
    first = four.diagnostics[0]
    text = first.place.source.text
    wide = replace(first, place=replace(first.place, span=Span(0, len(text))), severity=Severity.WARNING)
    (line,) = lines(replace(four, diagnostics=(wide,)))
    assert line.startswith("::warning file=order.asl.json,line=1,endLine=16,title=")


def test_paths_count_from_the_top_of_the_repository(four: Report) -> None:
    assert lines(four, Style(prefix="services/"))[0].startswith("::error file=services/order.asl.json,")
