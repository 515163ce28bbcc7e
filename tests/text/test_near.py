"""Near names: small slips only."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


slips = st.lists(st.tuples(st.sampled_from(["drop", "add", "change", "swap"]), st.integers(0, 20)), max_size=3)


def slipped(word: str, kind: str, place: int) -> str:
    """The word with one slip of the pen at a place."""
    at = place % (len(word) + 1)
    before, here, after = word[:at], word[at : at + 1], word[at + 1 :]
    match kind:
        case "drop":
            return before + after
        case "add":
            return f"{before}q{here}{after}"
        case "change":
            return f"{before}q{after}" if here else word
        case _:
            return before + after[:1] + here + after[1:]


@given(st.text("abcde", min_size=3, max_size=20), slips)
def test_every_few_slips_are_near(word: str, made: list[tuple[str, int]]) -> None:
    other = word
    places = sorted((place % (len(word) + 1), kind) for kind, place in made)
    apart = all(second - first > 2 for (first, _), (second, _) in pairwise(places))
    for place, kind in reversed(places):
        other = slipped(other, kind, place)
    if apart and other != word and len(made) <= slips_allowed(word):
        assert near_names(word, [other]) == (other,)
