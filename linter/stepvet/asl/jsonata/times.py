"""JSONata's functions of time without picture strings: ISO 8601 and milliseconds since 1970.

The clock is that of the evaluation: it stands still, as the engine's does, and is whatever the caller says.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from stepvet.asl.jsonata.values import Failure

_ISO = re.compile(
    r"(\d{4})(?:-([01]\d))?(?:-([0-3]\d))?(?:T([0-2]\d):([0-5]\d):([0-5]\d))?(?:\.(\d+))?([+-][0-2]\d:?[0-5]\d|Z)?"
)
_COMPONENT = re.compile(r"\[\s*([A-Za-z])")
_DATE_PICTURE = ("[Y0001]-", "[Y0001]-[M01]-", "[Y0001]-[M01]-[D01] ")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_millis(text: str) -> int:
    """Milliseconds of an ISO 8601 time, in UTC where it has no zone. Raises `Failure` D3110."""
    match = _ISO.fullmatch(text)
    if match is None:
        raise Failure("D3110", value=text)
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        moment = datetime(
            int(year),
            int(month or 1),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=_zone(zone),
        )
    except ValueError as error:
        raise Failure("D3110", value=text) from error
    return (moment - _EPOCH) // timedelta(milliseconds=1) + int(f"{fraction or 0:0<3}"[:3])


def from_millis(millis: float) -> str:
    """The moment in UTC, with milliseconds. Raises `Failure` D3137 outside of the years 1 to 9999."""
    try:
        moment = _EPOCH + timedelta(milliseconds=int(millis))
    except OverflowError as error:
        raise Failure("D3137", message="Invalid time value") from error
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z".rjust(24, "0")


def missing_date(picture: str, millis: float) -> tuple[str, str]:
    """What a time lacks before the first part that a picture names, of today: as text, and as picture to put before.

    >>> missing_date("[H]:[m]", 0)
    ('1970-01-01 ', '[Y0001]-[M01]-[D01] ')
    """
    named = set(_COMPONENT.findall(picture))
    if not named or named & set("YXxWwF"):
        return "", ""
    lacking = 1 if named & set("Md") else 2 if "D" in named else 3
    return from_millis(millis)[: (5, 8, 11)[lacking - 1]].replace("T", " "), _DATE_PICTURE[lacking - 1]


def _zone(text: str | None) -> timezone:
    if text is None or text == "Z":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)
