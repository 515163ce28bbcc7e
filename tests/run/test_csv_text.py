"""Rows of CSV texts: the same as Python's reader gives, and no limit of a cell."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from stepvet.run.distributed.csv_text import rows_of


@given(st.text(alphabet='a",;\n\r ', max_size=14), st.sampled_from([",", ";", " "]))
def test_rows_are_those_of_python_s_reader(text: str, delimiter: str) -> None:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    assert list(rows_of(text, delimiter)) == [row for row in lines if row]


def test_a_cell_may_be_very_large() -> None:
    text = "y" * 1_000_000
    assert list(rows_of(f'a,"{text}"\n', ",")) == [["a", text]]
