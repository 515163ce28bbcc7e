"""Near names: small slips only."""

from __future__ import annotations

import pytest

from stepvet.text.near import nearest

cases = [
    ("next", ["Next", "End"], "Next"),
    ("Nxet", ["Next", "End"], "Next"),
    ("TimeoutSecond", ["TimeoutSeconds", "TimeoutSecondsPath"], "TimeoutSeconds"),
    ("result_path", ["ResultPath", "ResultSelector"], "ResultPath"),
    ("Resorce", ["Resource"], "Resource"),
    ("Foo", ["Bar"], None),
    ("ab", ["ac"], None),
    ("Next", ["Next"], None),
    ("Next", [], None),
    ("", ["a"], None),
]


@pytest.mark.parametrize(("name", "candidates", "expected"), cases)
def test_nearest(name: str, candidates: list[str], expected: str | None) -> None:
    assert nearest(name, candidates) == expected
