"""JavaScript's regular expressions on Python's: where the two differ, JavaScript's meaning holds."""

import pytest

from stepvet.asl.jsonata.regex import matches
from stepvet.asl.jsonata.values import Failure, Pattern

CASES = [
    (r"a$", "", "a\n", []),
    (r"a$", "m", "a\nb", ["a"]),
    (r"a.c", "", "a\rc", []),
    (r"\d+", "", "12٣", ["12"]),
    (r"\w+", "", "aé_1", ["a", "_1"]),
    (r"\s", "", "a\u00a0b", ["\u00a0"]),
    (r"[\s,]+", "", "a,\u3000b", [",\u3000"]),
    (r"[^]+", "", "a\nb", ["a\nb"]),
    (r"(?<x>a)\k<x>", "", "aa", ["aa"]),
    (r"a\/b", "", "a/b", ["a/b"]),
    (r"[[\]|&~-]+", "", "[]|&~-", ["[]|&~-"]),
    (r"\e\-", "", "e-", ["e-"]),
    (r"É", "i", "é", ["é"]),
    (r"(?<!a)b", "", "ab b", ["b"]),
    (r"\u0041\x42", "", "AB", ["AB"]),
    (r"(\w+\s?)+!", "", "this is a longer sentence!", ["this is a longer sentence!"]),
]


@pytest.mark.parametrize(("source", "flags", "text", "expected"), CASES)
def test_matches_as_javascript_does(source: str, flags: str, text: str, expected: list[str]) -> None:
    assert [match.group() for match in matches(Pattern(source, flags), text)] == expected


@pytest.mark.parametrize(("source", "code"), [("x*", "D1004"), ("(", "D3137"), ("a**", "D3137")])
def test_fails_with_a_value(source: str, code: str) -> None:
    with pytest.raises(Failure) as raised:
        list(matches(Pattern(source, ""), "y"))
    assert raised.value.code == code
