"""Timestamps as Step Functions takes them: RFC 3339 with a capital `T` and, without a numeric offset, a capital `Z`.

Measured at AWS: up to nine digits of a second's fraction are taken; a space for the `T`, no offset, a thirteenth month,
a 25th hour and a day-first order are refused. Nothing is formatted here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_form = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))", re.ASCII
)


def parse_timestamp(text: str) -> datetime | None:
    """The instant in UTC, cut to microseconds, or None where the text is no timestamp.

    A year that `datetime` cannot hold after the offset is taken off is pinned to its first or last instant.

    >>> parse_timestamp("2016-03-14T01:59:00+01:00")
    datetime.datetime(2016, 3, 14, 0, 59, tzinfo=datetime.timezone.utc)
    >>> parse_timestamp("2016-03-14 01:59:00Z") is None
    True
    """
    match = _form.fullmatch(text)
    if match is None:
        return None
    *fields, fraction, sign, hours, minutes = match.groups()
    year, month, day, hour, minute, second = map(int, fields)
    micro = int((fraction or "0").ljust(6, "0")[:6])
    try:
        local = datetime(year, month, day, hour, minute, second, micro, tzinfo=UTC)
    except ValueError:
        return None
    offset = timedelta(hours=int(hours), minutes=int(minutes)) if sign else timedelta()
    return _shifted(local, -offset if sign == "+" else offset)


def is_timestamp(text: str) -> bool:
    return parse_timestamp(text) is not None


def _shifted(local: datetime, by: timedelta) -> datetime:
    try:
        return local + by
    except OverflowError:
        return (datetime.min if by < timedelta() else datetime.max).replace(tzinfo=UTC)
