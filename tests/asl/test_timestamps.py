"""Timestamps: what AWS takes and refuses, as recorded, and the instants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.timestamps import is_timestamp, parse_timestamp


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2016-03-14T01:59:00Z", datetime(2016, 3, 14, 1, 59, tzinfo=UTC)),
        ("2016-03-14T01:59:00.5+01:30", datetime(2016, 3, 14, 0, 29, 0, 500000, UTC)),
        ("2016-03-14T01:59:29.243167252Z", datetime(2016, 3, 14, 1, 59, 29, 243167, UTC)),
        ("2020-02-29T23:59:59-00:30", datetime(2020, 3, 1, 0, 29, 59, tzinfo=UTC)),
        ("0001-01-01T00:00:00+23:59", datetime.min.replace(tzinfo=UTC)),
        ("9999-12-31T23:59:59-23:59", datetime.max.replace(tzinfo=UTC)),
    ],
)
def test_instants(text: str, instant: datetime) -> None:
    assert parse_timestamp(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2016-03-14 01:59:00Z",
        "2016-03-14T01:59:00",
        "2016-03-14t01:59:00Z",
        "2016-03-14T01:59:00z",
        "2016-13-14T01:59:00Z",
        "2016-03-14T25:59:00Z",
        "2019-02-29T00:00:00Z",
        "14-03-2016T01:59:00Z",
        "2016-03-14T01:59Z",
        "2016-03-14T01:59:00.1234567890Z",
        "2016-03-14T01:59:00+0100",
        "2016-03-14T01:59:00Z\n",
        "٢٠١٦-03-14T01:59:00Z",
    ],
)
def test_refused(text: str) -> None:
    assert not is_timestamp(text)


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),
    st.integers(-23 * 60, 23 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)
def test_whatever_python_writes_is_read_back(moment: datetime, zone: timezone) -> None:
    written = moment.replace(tzinfo=zone)
    assert parse_timestamp(written.isoformat()) == written
