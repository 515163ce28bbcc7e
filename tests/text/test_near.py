"""Near names: small slips only."""

from __future__ import annotations

import pytest

from stepvet.text.near import near_names, nearest, slips_allowed

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


def slipped(word: str, kind: str, place: int) -> str:
    """The word with one slip of the pen at a place."""
    before, here, after = word[:place], word[place], word[place + 1 :]
    match kind:
        case "drop":
            return before + after
        case "add":
            return f"{before}q{here}{after}"
        case "change":
            return f"{before}q{after}"
        case _:
            return before + after[:1] + here + after[1:]


@pytest.mark.parametrize("length", range(3, 16))
def test_slips_are_near_wherever_they_are(length: int) -> None:
    word = "abcdefghijklmno"[:length]
    most = slips_allowed(word)
    for kind in ("drop", "add", "change", "swap"):
        for first in range(length - 1):
            places = [place for place in (first, first + 4, first + 8) if place < length - 1][:most]
            other = word
            for place in reversed(places):
                other = slipped(other, kind, place)
            assert near_names(word, [other]) == (other,)
