"""Error names: what an entry of `ErrorEquals` matches, what it covers, and what a misspelt one stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.errors import PREDEFINED, covers, matches, meant

MATCHES = [
    ("States.ALL", "Mine", True),
    ("States.ALL", "States.Timeout", True),
    ("States.ALL", "States.Runtime", False),
    ("States.Runtime", "States.Runtime", False),
    ("States.TaskFailed", "Mine", True),
    ("States.TaskFailed", "States.TaskFailed", True),
    ("States.TaskFailed", "States.Timeout", False),
    ("States.Timeout", "States.Timeout", True),
    ("Mine", "mine", False),
    ("State.ALL", "Mine", False),
]


@pytest.mark.parametrize(("entry", "error", "expected"), MATCHES)
def test_an_entry_matches_by_name_or_as_a_wildcard(entry: str, error: str, expected: bool) -> None:
    assert matches(entry, error) is expected


NAMES = st.sampled_from([*PREDEFINED, "Mine", "Other.Error", "Lambda.Unknown"])


@given(NAMES, NAMES, st.sampled_from(["Mine", "Other.Error", "Lambda.Unknown", "States.Timeout", "States.Runtime"]))
def test_what_covers_an_entry_matches_all_that_it_matches(entry: str, other: str, error: str) -> None:
    if covers(entry, other) and matches(other, error) and other not in ("States.TaskFailed", "States.ALL"):
        assert matches(entry, error)


MEANT = [
    ("State.ALL", "States.ALL"),
    ("States.All", "States.ALL"),
    ("States.Timeouts", "States.Timeout"),
    ("States.TaskFailedId", "States.TaskFailed"),
    ("Lambda.SdkClientExeption", "Lambda.SdkClientException"),
    ("States.QuorumMet", None),
    ("States.RanOutOfTime", None),
    ("States.Http.StatusCode.404", None),
    ("Lambda.Unknown", None),
    ("Timeout", None),
    ("MyApp.Timeout", None),
    ("", None),
]


@pytest.mark.parametrize(("name", "expected"), MEANT)
def test_a_name_is_misspelt_only_within_its_family(name: str, expected: str | None) -> None:
    assert meant(name) == expected
