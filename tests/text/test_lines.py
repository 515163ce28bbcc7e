"""Lines: where one begins and ends, with each of the three line breaks."""

from __future__ import annotations

import pytest

from stepvet.text.lines import indentation, line_end, line_start, next_line

BREAKS = ("\n", "\r\n", "\r")


@pytest.mark.parametrize("line_break", BREAKS)
def test_the_line_of_an_offset(line_break: str) -> None:
    text = f"one{line_break}\t two{line_break}"
    at = text.index("two")
    assert text[line_start(text, at) : line_end(text, at)] == "\t two"
    assert indentation(text, at) == "\t "
    assert indentation(text, at - 1) == "\t"
    assert next_line(text, 0) == line_start(text, at)
    assert next_line(text, at) == len(text)


@pytest.mark.parametrize("line_break", BREAKS)
def test_an_offset_at_a_line_break_belongs_to_the_line_before(line_break: str) -> None:
    text = f"one{line_break}two"
    assert (line_start(text, 3), line_end(text, 3)) == (0, 3)


def test_the_last_line_needs_no_break() -> None:
    assert (line_end("one", 1), next_line("one", 1)) == (3, 3)
    assert (line_start("", 0), line_end("", 0)) == (0, 0)
