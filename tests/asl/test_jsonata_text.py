"""Where an expression stands in a string value."""

import pytest

from stepvet.asl.jsonata.text import (
    Delimited,
    EmbeddedExpression,
    ExpressionText,
    PlainText,
    UnclosedExpression,
    split_delimiters,
)

CASES: list[tuple[str, Delimited]] = [
    ("{% 1 %}", ExpressionText(" 1 ", 2)),
    ("{%1%}", ExpressionText("1", 2)),
    ("{%%}", ExpressionText("", 2)),
    ("{% a %} and {% b %}", ExpressionText(" a %} and {% b ", 2)),
    ("{% 1", UnclosedExpression()),
    ("{%}", UnclosedExpression()),
    ("{% 1 %} tail", UnclosedExpression()),
    (" {% 1 %}", EmbeddedExpression(1, 8)),
    ("Hello {% $x %}!", EmbeddedExpression(6, 14)),
    ("plain", PlainText()),
    ("100 %}", PlainText()),
    ("", PlainText()),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_tells_expressions_from_text(text: str, expected: Delimited) -> None:
    assert split_delimiters(text) == expected
