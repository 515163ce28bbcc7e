"""JSONata's tokens, cut from the text one at a time, as the grammar asks for them.

The reader is asked because only the grammar knows whether `/` divides or opens a regular expression. Tokens are those
of JSONata 2.0.6, which Step Functions runs: `??` and `?:` are two operators each.

Invariant: tokens come in order, don't overlap, and each is the text of its span; after the last one comes "end",
forever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from stepvet.asl.jsonata.messages import message
from stepvet.asl.jsonata.text import join_surrogates

Kind = Literal["operator", "string", "number", "value", "regex", "name", "variable", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is the operator, name or content; `value` what a number or constant stands for (a regex: its flags)."""

    kind: Kind
    text: str
    start: int
    end: int
    value: str | int | float | bool | None = None

    @property
    def shown(self) -> object:
        """What the engine's messages show of it: a number or constant is its value, a regular expression is `{}`."""
        if self.kind == "regex":
            return {}
        return self.value if self.kind in ("number", "value") else self.text


@dataclass(frozen=True, slots=True)
class JsonataError:
    """Why an expression is refused: the reference engine's code, its message without the code, and the place."""

    code: str
    message: str
    start: int
    end: int


class JsonataSyntaxError(Exception):
    """Carries a `JsonataError` out of the reader and the parser; it never leaves `parse_jsonata`."""

    def __init__(self, code: str, start: int, end: int, **inserts: object) -> None:
        super().__init__(code)
        self.error = JsonataError(code, message(code, inserts), start, end)


_DOUBLE = ("..", ":=", "!=", ">=", "<=", "**", "~>")
_SINGLE = frozenset(".[]{}(),@#;:?+-*/%|=<>^&!~")
_UNKNOWN = frozenset("!~")  # they end a name, but operate on nothing
_BLANK = re.compile(r"[ \t\n\r\v]+")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?")
_WORD = re.compile(r"[^ \t\n\r\v" + re.escape("".join(sorted(_SINGLE))) + r"]+")
_PLAIN = re.compile(r"[^\\\"']+")
_HEX = re.compile(r"[0-9a-fA-F]+")
_FLAGS = re.compile(r"[im]*")
_ESCAPES: Mapping[str, str] = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}
_CONSTANTS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}
_WORD_OPERATORS = frozenset({"and", "or", "in"})
_DEPTHS: Mapping[str, int] = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


class Reader:
    """A cursor over the text of one expression."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def next(self, *, after_operand: bool) -> Token:
        """The next token. Raises `JsonataSyntaxError`."""
        self._skip_blank()
        text, start = self._text, self._at
        if start >= len(text):
            return Token("end", "(end)", len(text), len(text))
        char = text[start]
        if char == "/" and not after_operand:
            return self._regex(start)
        if text[start : start + 2] in _DOUBLE:
            return self._cut("operator", start, start + 2)
        if char in _SINGLE:
            return self._cut("operator", start, start + 1)
        if char in "\"'":
            return self._string(start)
        if char == "`":
            return self._quoted_name(start)
        if number := _NUMBER.match(text, start):
            return self._number(number)
        return self._word(start)

    def _skip_blank(self) -> None:
        while True:
            if blank := _BLANK.match(self._text, self._at):
                self._at = blank.end()
            if not self._text.startswith("/*", self._at):
                return
            close = self._text.find("*/", self._at + 2)
            if close < 0:
                raise JsonataSyntaxError("S0106", self._at, len(self._text))
            self._at = close + 2

    def _cut(self, kind: Kind, start: int, end: int) -> Token:
        self._at = end
        return Token(kind, self._text[start:end], start, end)

    def _word(self, start: int) -> Token:
        match = _WORD.match(self._text, start)
        end = match.end() if match else len(self._text)
        self._at = end
        word = self._text[start:end]
        if word.startswith("$"):
            return Token("variable", word[1:], start, end)
        if word in _WORD_OPERATORS:
            return Token("operator", word, start, end)
        if word in _CONSTANTS:
            return Token("value", word, start, end, _CONSTANTS[word])
        return Token("name", word, start, end)

    def _quoted_name(self, start: int) -> Token:
        close = self._text.find("`", start + 1)
        if close < 0:
            raise JsonataSyntaxError("S0105", start, len(self._text))
        self._at = close + 1
        return Token("name", self._text[start + 1 : close], start, close + 1)

    def _number(self, match: re.Match[str]) -> Token:
        number = float(match.group())
        if number == float("inf"):
            raise JsonataSyntaxError("S0102", match.start(), match.end(), token=match.group())
        self._at = match.end()
        value = int(number) if number.is_integer() else number
        return Token("number", match.group(), match.start(), match.end(), value)

    def _string(self, start: int) -> Token:
        text, quote, at = self._text, self._text[start], start + 1
        pieces: list[str] = []
        while at < len(text) and text[at] != quote:
            if text[at] == "\\":
                piece, at = self._escape(at)
            else:
                plain = _PLAIN.match(text, at)
                end = plain.end() if plain else at + 1
                piece, at = text[at:end], end
            pieces.append(piece)
        if at >= len(text):
            raise JsonataSyntaxError("S0101", start, len(text))
        self._at = at + 1
        content = join_surrogates("".join(pieces))
        return Token("string", content, start, at + 1, content)

    def _escape(self, at: int) -> tuple[str, int]:
        """What the escape at a backslash stands for, and where it ends."""
        char = self._text[at + 1 : at + 2]
        if char in _ESCAPES:
            return _ESCAPES[char], at + 2
        if char != "u":
            raise JsonataSyntaxError("S0103", at, min(at + 2, len(self._text)), token=char)
        digits = self._text[at + 2 : at + 6]
        if not _HEX.fullmatch(digits):
            raise JsonataSyntaxError("S0104", at, min(at + 6, len(self._text)))
        return chr(int(digits, 16)), at + 6

    def _regex(self, start: int) -> Token:
        """A slash inside brackets or after an odd number of backslashes doesn't close a regular expression."""
        text, at, depth = self._text, start + 1, 0
        while at < len(text) and not (text[at] == "/" and depth == 0 and not self._escaped(at)):
            if text[at - 1] != "\\":
                depth += _DEPTHS.get(text[at], 0)
            at += 1
        if at >= len(text):
            raise JsonataSyntaxError("S0302", start, len(text))
        if at == start + 1:
            raise JsonataSyntaxError("S0301", start, at + 1)
        flags = _FLAGS.match(text, at + 1)
        end = flags.end() if flags else at + 1
        self._at = end
        return Token("regex", text[start + 1 : at], start, end, text[at + 1 : end])

    def _escaped(self, at: int) -> bool:
        before = self._text[:at]
        return (len(before) - len(before.rstrip("\\"))) % 2 == 1


class Lookahead:
    """The tokens as a parser wants them: `token` is the next one, `end` is where the last one that was taken ends."""

    def __init__(self, text: str) -> None:
        self._reader = Reader(text)
        self.token = self._read(after_operand=False)
        self.end = 0

    def take(self, expected: str | None = None, *, after_operand: bool = False) -> Token:
        """Takes the next token, which must be the operator `expected` if one is given. Raises `JsonataSyntaxError`."""
        taken = self.token
        if expected is not None and not self.sees(expected):
            if taken.kind == "end":
                raise JsonataSyntaxError("S0203", taken.start, taken.end, value=expected)
            raise fault_at(taken, "S0202", value=expected)
        self.token = self._read(after_operand=after_operand)
        self.end = taken.end
        return taken

    def sees(self, operator: str) -> bool:
        """Whether the next token is this operator."""
        return self.token.kind == "operator" and self.token.text == operator

    def passes(self, operator: str) -> bool:
        """Takes the next token if it is this operator."""
        seen = self.sees(operator)
        if seen:
            self.take(operator)
        return seen

    def _read(self, *, after_operand: bool) -> Token:
        token = self._reader.next(after_operand=after_operand)
        if token.kind == "operator" and token.text in _UNKNOWN:
            raise fault_at(token, "S0204")
        return token


def fault_at(token: Token, code: str, **inserts: object) -> JsonataSyntaxError:
    """A fault whose message shows a token."""
    return JsonataSyntaxError(code, token.start, token.end, token=token.shown, **inserts)
