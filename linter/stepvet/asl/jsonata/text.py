"""The text of JSONata: where an expression stands in a string value, and strings as JavaScript writes them.

Nothing here knows the grammar of expressions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

_OPEN, _CLOSE = "{%", "%}"
_SURROGATE = re.compile("[\ud800-\udfff]")
_INSIDE = re.compile(r"\{%.*%\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ExpressionText:
    """A string that is an expression: the text between the delimiters, and where it starts in the string."""

    source: str
    offset: int


@dataclass(frozen=True, slots=True)
class PlainText:
    """A string that stands for itself."""


@dataclass(frozen=True, slots=True)
class UnclosedExpression:
    """A string that starts with `{%` and doesn't end with `%}`: AWS refuses it."""


@dataclass(frozen=True, slots=True)
class EmbeddedExpression:
    """A string with an expression inside, be it between blanks. AWS takes all of it literally, which is seldom meant.

    `start` and `end` are the span of the delimiters and what is between them.
    """

    start: int
    end: int


Delimited: TypeAlias = ExpressionText | PlainText | UnclosedExpression | EmbeddedExpression


def split_delimiters(text: str) -> Delimited:
    """What a string value of a JSONata state is. It is an expression only if `{%` starts and `%}` ends it.

    >>> split_delimiters("{% 1 %}")
    ExpressionText(source=' 1 ', offset=2)
    >>> split_delimiters(" {% 1 %}")
    EmbeddedExpression(start=1, end=8)
    """
    if text.startswith(_OPEN):
        closed = text.endswith(_CLOSE) and len(text) >= len(_OPEN + _CLOSE)
        return ExpressionText(text[len(_OPEN) : -len(_CLOSE)], len(_OPEN)) if closed else UnclosedExpression()
    inside = _INSIDE.search(text)
    return EmbeddedExpression(inside.start(), inside.end()) if inside else PlainText()


def join_surrogates(text: str) -> str:
    """Pairs of surrogates, which `\\uD83D\\uDE00` makes, become the character that they mean; lone ones stay."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
