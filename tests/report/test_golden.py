"""Each format, shown with the same four findings."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from report.samples import FOLDER

from stepvet._version import __version__
from stepvet.lint.report import Report
from stepvet.report import FORMATS, Style, renderer
from stepvet.report.statistics import statistics

SUFFIXES = {"json": "json", "sarif": "json", "gitlab": "json", "rdjson": "json", "junit": "xml", "checkstyle": "xml"}


@pytest.mark.parametrize("name", FORMATS)
def test_format(name: str, four: Report, expects: Callable[[Path, str], None]) -> None:
    text = "".join(renderer(name)(four, Style()))
    expects(FOLDER / "expected" / f"{name}.{SUFFIXES.get(name, 'txt')}", text.replace(f'"{__version__}"', '"VERSION"'))


def test_colours_are_all_that_a_terminal_has_more(four: Report) -> None:
    coloured = "".join(renderer("full")(four, Style(colour=True)))
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert plain != coloured
    assert plain == "".join(renderer("full")(four, Style()))


def test_hyperlinks_lead_to_the_files(four: Report) -> None:
    linked = "".join(renderer("full")(four, Style(hyperlinks=True)))
    assert f"\x1b]8;;file://{quote(str(FOLDER))}/order.asl.json\x1b\\order.asl.json:11:20\x1b]8;;\x1b\\" in linked
    assert "/%E6%B3%A8%E6%96%87.asl.json\x1b" in linked


def test_statistics(four: Report) -> None:
    assert list(statistics(four)) == [
        "1  error    field-never-there\n",
        "1  info     no-default\n",
        "1  warning  old-field-name\n",
        "1  error    undefined-placeholder\n",
    ]
