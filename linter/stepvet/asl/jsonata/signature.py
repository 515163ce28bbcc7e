"""Signatures of JSONata functions (`<s-nn?:s>`): one parameter a letter, with the marks that follow it.

`s n b l o a f` are types (`l` is null), `j` any JSON, `x` anything, `(…)` a choice; `?` makes a parameter optional, `+`
may repeat it, `-` lets the context item take its place. `<…>` after `a` and `f` narrows them. The result's type, after
the colon, is never checked by the engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from stepvet.asl.jsonata.tokens import JsonataSyntaxError


@dataclass(frozen=True, slots=True)
class Parameter:
    """`type` is a letter, or several for a choice; `subtype` the text between angle brackets, or None."""

    type: str
    subtype: str | None = None
    optional: bool = False
    repeatable: bool = False
    contextual: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters, and the letter of the result's type (empty if none is given)."""

    parameters: tuple[Parameter, ...]
    result: str

    @property
    def least(self) -> int:
        """The fewest arguments that can do."""
        return sum(not (parameter.optional or parameter.contextual) for parameter in self.parameters)

    @property
    def most(self) -> int | None:
        """The most arguments; None if the last ones may repeat."""
        return None if any(parameter.repeatable for parameter in self.parameters) else len(self.parameters)


def parse_signature(text: str) -> Signature:
    """A signature that `check_signature` finds no fault with.

    >>> parse_signature("<s-nn?:s>").least, parse_signature("<s-nn?:s>").most
    (1, 3)
    """
    parameters: list[Parameter] = []
    at = 1
    while at < len(text) and text[at] not in ":>":
        parameter, at = _parameter(text, at)
        parameters.append(parameter)
    return Signature(tuple(parameters), text[at + 1 : at + 2] if text[at : at + 1] == ":" else "")


def check_signature(text: str, start: int, end: int) -> None:
    """Raises `JsonataSyntaxError` where it narrows something other than `a` and `f`, or narrows inside a choice."""
    previous, at = "", 1
    while at < len(text) and text[at] != ":":
        letter = text[at]
        if letter == "(":
            at = _closing(text, at, "()")
            choice = text[text.rfind("(", 0, at) + 1 : at]
            if "<" in choice:
                raise JsonataSyntaxError("S0402", start, end, value=choice)
            previous = letter
        elif letter == "<":
            if previous not in ("a", "f"):
                raise JsonataSyntaxError("S0401", start, end, value=previous)
            at = _closing(text, at, "<>")
        elif letter.isalpha():
            previous = letter
        at += 1


def _parameter(text: str, at: int) -> tuple[Parameter, int]:
    """The parameter at an offset, and where it ends."""
    kind, subtype = text[at], None
    if kind == "(":
        close = _closing(text, at, "()")
        kind, at = text[at + 1 : close], close
    at += 1
    if text[at : at + 1] == "<":
        close = _closing(text, at, "<>")
        subtype, at = text[at + 1 : close], close + 1
    end = at
    while text[end : end + 1] in ("?", "+", "-"):
        end += 1
    marks = text[at:end]
    return Parameter(kind, subtype, "?" in marks, "+" in marks, "-" in marks), end


def _closing(text: str, at: int, brackets: str) -> int:
    """Where the bracket that opens here is closed, or the last offset."""
    depth = 0
    for index in range(at, len(text)):
        depth += (text[index] == brackets[0]) - (text[index] == brackets[1])
        if depth == 0:
            return index
    return len(text) - 1


_ANY = "asnblfom"
_ACCEPTED: Mapping[str, str] = {"a": _ANY, "x": _ANY, "j": "asnblom", "f": "f"}


@cache
def pattern_of(signature: Signature) -> re.Pattern[str]:
    """A regular expression over the letters of arguments, one group a parameter. `m` is a missing (undefined) one."""
    return re.compile("".join(f"({accepted(parameter)}{_marks(parameter)})" for parameter in signature.parameters))


def accepted(parameter: Parameter) -> str:
    """The letters that a parameter accepts, as a class of a regular expression."""
    letters = _ACCEPTED.get(parameter.type, parameter.type + "m")
    return f"[{re.escape(letters)}]"


def matching(signature: Signature, letters: str) -> int:
    """How many arguments match before the first one that doesn't; `letters` are those of all arguments."""
    good, partial = 0, ""
    for parameter in signature.parameters:
        partial += accepted(parameter) + _marks(parameter)
        match = re.match(partial, letters)
        if match is None:
            break
        good = match.end()
    return good


def _marks(parameter: Parameter) -> str:
    if parameter.repeatable:
        return "+"
    return "?" if parameter.optional or parameter.contextual else ""
