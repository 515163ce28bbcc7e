"""JavaScript's regular expressions, as JSONata has them, run on Python's.

The two differ in small things, which are translated: what `.`, `$`, `\\s`, `\\d`, `\\w` and `\\b` match, how groups
are named, what a class may hold. A pattern that may take exponential time on an unlucky text is run in a process of its
own, which is stopped when its time is up.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache

from stepvet.asl.jsonata.values import UNDEFINED, Failure, NextMatch, Pattern, Value

_SPACE = r"\s\u00a0\ufeff\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_OUTSIDE: Mapping[str, str] = {
    ".": r"[^\n\r\u2028\u2029]",
    "$": r"(?!\n)\Z",
    r"\s": f"[{_SPACE}]",
    r"\S": f"[^{_SPACE}]",
    r"\d": "[0-9]",
    r"\D": "[^0-9]",
    r"\w": "[A-Za-z0-9_]",
    r"\W": "[^A-Za-z0-9_]",
    r"\b": r"(?a:\b)",
    r"\B": r"(?a:\B)",
    r"\/": "/",
    "[^]": r"[\s\S]",
    "[]": "(?!)",
}
_INSIDE: Mapping[str, str] = {
    r"\s": _SPACE,
    r"\d": "0-9",
    r"\w": "A-Za-z0-9_",
    r"\/": "/",
    "[": r"\[",
    "&": r"\&",
    "|": r"\|",
    "~": r"\~",
}
_PIECE = re.compile(
    r"\[\^?\]|\(\?<(?![=!])|\\k<(\w+)>|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[A-Za-z]|\\.|.", re.DOTALL
)
_KNOWN_ESCAPES = frozenset("dDwWsSbBnrtfv0123456789")
_RISKY = re.compile(r"[*+}][?]?[^()]*\)(?:[*+]|\{\d+,)|\|[^()]*\)(?:[*+]|\{\d+,)|\)\)(?:[*+]|\{\d+,)")
_UNBOUNDED = re.compile(r"[*+]|\{\d+,\}")
_SAFE_LENGTH = 20
_SAFE_STEPS = 10**8
_SECONDS = 1.0


def matches(pattern: Pattern, text: str, position: int = 0) -> Iterator[re.Match[str]]:
    """Every match from a position on. Raises `Failure` D1004 for an empty one, U1002 if it takes too long."""
    expression = _compiled(pattern.source, pattern.flags)
    if _may_take_long(pattern.source, len(text)):
        _try_out(expression, text, position)
    for match in expression.finditer(text, position):
        if match.group() == "":
            raise Failure("D1004", value=pattern.source)
        yield match


def first_match(pattern: Pattern, text: Value, position: int) -> Value:
    """The object that a pattern gives when it is called: match, start, end, groups, and `next` for the one after."""
    if not isinstance(text, str):
        return UNDEFINED
    match = next(matches(pattern, text, position), None)
    if match is None:
        return UNDEFINED
    return {
        "match": match.group(),
        "start": match.start(),
        "end": match.end(),
        "groups": groups(match),
        "next": NextMatch(pattern, text, match.end()),
    }


def groups(match: re.Match[str]) -> list[Value]:
    """What the groups of a match hold; one that took no part is undefined."""
    return [UNDEFINED if group is None else group for group in match.groups()]


@lru_cache(maxsize=256)
def _compiled(source: str, flags: str) -> re.Pattern[str]:
    options = (re.IGNORECASE if "i" in flags else 0) | (re.MULTILINE if "m" in flags else 0)
    try:
        return re.compile("".join(_translated(source, "m" in flags)), options)
    except (re.error, RecursionError, OverflowError) as error:
        reason = f"Invalid regular expression: /{source}/: {error}"
        raise Failure("D3137", message=reason) from error


def _translated(source: str, multiline: bool) -> Iterator[str]:
    inside = False
    for match in _PIECE.finditer(source):
        piece = match.group()
        if inside:
            inside = piece != "]"
            yield _INSIDE.get(piece) or _escape(piece)
        elif piece == "[":
            inside = True
            yield piece
        elif piece == "(?<":
            yield "(?P<"
        elif match.group(1):
            yield f"(?P={match.group(1)})"
        else:
            yield piece if piece == "$" and multiline else _OUTSIDE.get(piece) or _escape(piece)


def _escape(piece: str) -> str:
    """An escape that Python doesn't know stands for its letter."""
    if len(piece) == 2 and piece[0] == "\\" and piece[1].isalnum() and piece[1] not in _KNOWN_ESCAPES:
        return piece[1]
    if piece.startswith("\\c"):
        return re.escape(chr(ord(piece[2]) % 32))
    return piece


def _may_take_long(source: str, length: int) -> bool:
    """Whether backtracking may be exponential, or a high power of the text's length."""
    steps = length ** (1 + len(_UNBOUNDED.findall(source)))
    return (length > _SAFE_LENGTH and bool(_RISKY.search(source))) or (length < steps and steps > _SAFE_STEPS)


def _try_out(expression: re.Pattern[str], text: str, position: int) -> None:
    """Runs a pattern that may never end where it can be stopped: matching can't be interrupted in this process."""
    program = (
        "import json, re, sys; p, f, t, a = json.load(sys.stdin); "
        "any(m.group() == '' for m in re.compile(p, f).finditer(t, a))"
    )
    request = json.dumps([expression.pattern, expression.flags, text, position])
    try:
        arguments = [sys.executable, "-I", "-S", "-c", program]
        subprocess.run(arguments, input=request, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as expired:
        raise Failure("U1002") from expired
    except OSError:  # no process to be had: the pattern is run here, for better or worse
        return
