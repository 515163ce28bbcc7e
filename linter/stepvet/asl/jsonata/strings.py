"""JSONata's functions on strings. An undefined first argument never gets here: it makes the result undefined.

Strings are counted in code points, as `$length` does. Positions that patterns report are code points, too.
"""

from __future__ import annotations

import base64
import binascii
import itertools
import math
import re
import urllib.parse
from collections.abc import Callable, Iterator, Mapping

from stepvet.asl.jsonata.cast import to_string
from stepvet.asl.jsonata.frames import MAX_CHARACTERS
from stepvet.asl.jsonata.regex import groups, matches
from stepvet.asl.jsonata.values import UNDEFINED, Failure, Pattern, Undefined, Value, is_function, sequence


def _string(_host: object, value: Value, prettify: Value) -> str:
    return to_string(value, indent=2 if prettify is True else 0)


def _substring(_host: object, text: str, start: Value, length: Value) -> str:
    if start is UNDEFINED:
        return text
    first = math.trunc(start)
    if len(text) + first < 0:
        first = 0
    if length is UNDEFINED:
        return text[first:]
    if length <= 0:
        return ""
    end: int = math.trunc(first + length if first >= 0 else len(text) + first + length)
    return text[first:end]


def _substring_before(_host: object, text: str, mark: str | Undefined) -> str:
    return text if mark is UNDEFINED or mark not in text else text[: text.index(mark)]


def _substring_after(_host: object, text: str, mark: str | Undefined) -> str:
    if mark is UNDEFINED:
        return text
    return text if mark not in text else text[text.index(mark) + len(mark) :]


def _trim(_host: object, text: str) -> str:
    text = re.sub(r"[ \t\n\r]+", " ", text)
    return text.removeprefix(" ").removesuffix(" ")


def _pad(_host: object, text: str, width: Value, fill: Value) -> str:
    if width is UNDEFINED:
        return text
    lacking = math.trunc(abs(width)) - len(text)
    if lacking <= 0:
        return text
    if lacking > MAX_CHARACTERS:
        raise Failure("U1003")
    mark: str = " " if fill is UNDEFINED or fill == "" else fill
    padding: str = (mark * (lacking // len(mark) + 1))[:lacking]
    return text + padding if width > 0 else padding + text


def _contains(host: Value, text: str, token: Value) -> Value:
    if isinstance(token, str):
        return token in text
    return next(_matches(host, token, text), None) is not None


def _match(host: Value, text: str, matcher: Value, limit: Value) -> Value:
    if limit is not UNDEFINED and limit < 0:
        raise Failure("D3040", value=limit, index=3)
    count = None if limit is UNDEFINED else math.ceil(limit)
    found = itertools.islice(_matches(host, matcher, text), count)
    return sequence({"match": text[start:end], "index": start, "groups": held} for start, end, held in found)


def _split(host: Value, text: str, separator: Value, limit: Value) -> Value:
    if limit is not UNDEFINED and limit < 0:
        raise Failure("D3020", value=limit, index=3)
    count = None if limit is UNDEFINED else math.trunc(limit)
    if isinstance(separator, str):
        parts = text.split(separator) if separator else list(text)
        return parts[:count]
    return list(itertools.islice(_between(host, separator, text), None if limit is UNDEFINED else math.ceil(limit)))


def _between(host: Value, separator: Value, text: str) -> Iterator[str]:
    at = 0
    for start, end, _ in _matches(host, separator, text):
        yield text[at:start]
        at = end
    yield text[at:]


def _join(_host: object, parts: list[str], separator: Value) -> str:
    return ("" if separator is UNDEFINED else separator).join(parts)


def _replace(host: Value, text: str, pattern: Value, replacement: Value, limit: Value) -> str:
    if pattern == "":
        raise Failure("D3010", value=pattern, index=2)
    if limit is not UNDEFINED and limit < 0:
        raise Failure("D3011", value=limit, index=4)
    count = None if limit is UNDEFINED else math.ceil(limit)
    if isinstance(pattern, str):
        if not isinstance(replacement, str):
            raise Failure("D3012", value=replacement)
        return text.replace(pattern, replacement, -1 if count is None else count)
    pieces, at = [], 0
    for start, end, held in itertools.islice(_matches(host, pattern, text), count):
        pieces += [text[at:start], _replaced(host, replacement, text[start:end], start, held)]
        at = end
    return "".join([*pieces, text[at:]])


def _replaced(host: Value, replacement: Value, match: str, start: int, held: list[Value]) -> str:
    if isinstance(replacement, str):
        return "".join(_substituted(replacement, match, held))
    end = start + len(match)
    result = host.apply(replacement, [{"match": match, "start": start, "end": end, "groups": held}])
    if not isinstance(result, str):
        raise Failure("D3012", value=result)
    return result


def _substituted(replacement: str, match: str, held: list[Value]) -> Iterator[str]:
    """`$$` is a dollar, `$0` the match, `$n` a group; as many digits count as there are groups to choose from."""
    widest = len(str(len(held))) if held else 1
    at = 0
    while (dollar := replacement.find("$", at)) >= 0:
        yield replacement[at:dollar]
        at = dollar + 1
        if replacement.startswith("$", at):
            yield "$"
            at += 1
        elif replacement.startswith("0", at):
            yield match
            at += 1
        elif digits := re.compile(r"[0-9]+").match(replacement[at : at + widest]):
            index = digits.group()
            if len(index) > 1 and int(index) > len(held):
                index = index[:-1]
            group = held[int(index) - 1] if 0 < int(index) <= len(held) else UNDEFINED
            yield "" if group is UNDEFINED else group
            at += len(str(int(index)))
        else:
            yield "$"
    yield replacement[at:]


def _matches(host: Value, matcher: Value, text: str) -> Iterator[tuple[int, int, list[Value]]]:
    """Start, end and groups of each match of a pattern, or of a function that does what a pattern does."""
    if isinstance(matcher, Pattern):
        for match in matches(matcher, text):
            host.meter.work(1)
            yield match.start(), match.end(), groups(match)
        return
    found = host.apply(matcher, [text])
    while found is not UNDEFINED:
        if not _is_match(found):
            raise Failure("T1010")
        yield found["start"], found["end"], found["groups"]
        found = host.apply(found["next"], [])


def _is_match(found: Value) -> bool:
    if not isinstance(found, dict):
        return False
    start, end, held = found.get("start"), found.get("end"), found.get("groups")
    positions = isinstance(start, int) and isinstance(end, int)
    return positions and isinstance(held, list) and is_function(found.get("next"))


def _base64encode(_host: object, text: str) -> str:
    """The engine takes the low byte of each character."""
    return base64.b64encode(bytes(ord(char) & 0xFF for char in text)).decode("ascii")


def _base64decode(_host: object, text: str) -> str:
    """The engine skips what is no base64, and makes a character of each byte."""
    kept = re.sub("[^A-Za-z0-9+/]", "", text.replace("-", "+").replace("_", "/").partition("=")[0])
    kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
    try:
        return base64.b64decode(kept + "=" * (-len(kept) % 4)).decode("latin-1")
    except (binascii.Error, ValueError):
        return ""


_COMPONENT = "-_.!~*'()"
_URL = _COMPONENT + ";,/?:@&=+$#"
_RESERVED = re.compile("%(?:3B|2C|2F|3F|3A|40|26|3D|2B|24|23)", re.IGNORECASE)
_BAD_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")


def _encoder(name: str, safe: str) -> Callable[[object, str], str]:
    def encode(_host: object, text: str) -> str:
        try:
            return urllib.parse.quote(text, safe=safe, errors="strict")
        except UnicodeEncodeError as error:
            raise Failure("D3140", value=text, functionName=name) from error

    return encode


def _decoder(name: str, kept: re.Pattern[str]) -> Callable[[object, str], str]:
    def decode(_host: object, text: str) -> str:
        if _BAD_ESCAPE.search(text):
            raise Failure("D3140", value=text, functionName=name)
        guarded = kept.sub(lambda match: "%25" + match.group()[1:], text)
        try:
            return urllib.parse.unquote(guarded, errors="strict")
        except UnicodeDecodeError as error:
            raise Failure("D3140", value=text, functionName=name) from error

    return decode


STRING_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "string": _string,
    "substring": _substring,
    "substringBefore": _substring_before,
    "substringAfter": _substring_after,
    "lowercase": lambda _host, text: text.lower(),
    "uppercase": lambda _host, text: text.upper(),
    "length": lambda _host, text: len(text),
    "trim": _trim,
    "pad": _pad,
    "contains": _contains,
    "match": _match,
    "split": _split,
    "join": _join,
    "replace": _replace,
    "base64encode": _base64encode,
    "base64decode": _base64decode,
    "encodeUrlComponent": _encoder("encodeUrlComponent", _COMPONENT),
    "encodeUrl": _encoder("encodeUrl", _URL),
    "decodeUrlComponent": _decoder("decodeUrlComponent", re.compile("(?!)")),
    "decodeUrl": _decoder("decodeUrl", _RESERVED),
}
