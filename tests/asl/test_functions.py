"""The intrinsic functions on values: results as measured at AWS, failures as values."""

from __future__ import annotations

import math
import uuid
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.intrinsics.functions import IMPLEMENTATIONS, IntrinsicFailure, apply
from stepvet.asl.intrinsics.signatures import FUNCTIONS, rounded
from stepvet.asl.json_text import double_text, java_text, json_text, read_json

RESULTS: list[tuple[str, list[Any], Any]] = [
    ("Array", [], []),
    ("Array", [1, None], [1, None]),
    ("ArrayContains", [[[1, 2], 3], [1, 2]], True),
    ("ArrayContains", [[True], 1], False),
    ("ArrayContains", [[1], 1.0], True),
    ("ArrayContains", [[], None], False),
    ("ArrayContains", [[{"a": 1, "b": []}], {"b": [], "a": 1}], True),
    ("ArrayGetItem", [[5, 6], 1], 6),
    ("ArrayLength", [[None, None]], 2),
    ("ArrayPartition", [[0, 1, 2], 2], [[0, 1], [2]]),
    ("ArrayPartition", [[], 3], []),
    ("ArrayPartition", [[0, 1], 1.5], [[0, 1]]),
    ("ArrayRange", [0, 9, 3], [0, 3, 6, 9]),
    ("ArrayRange", [0, 10, 3], [0, 3, 6, 9]),
    ("ArrayRange", [1, 9, 9], [1]),
    ("ArrayRange", [5, 1, -2], [5, 3, 1]),
    ("ArrayRange", [5, 1, 2], []),
    ("ArrayUnique", [[2, True, 1, 2.0, [1], [1], None, None]], [2, True, 1, [1], None]),
    ("Base64Decode", ["Z3LDvMOfZQ=="], "grüße"),
    ("Base64Decode", ["Z3LDvMOfZQ"], "grüße"),
    ("Base64Encode", ["grüße"], "Z3LDvMOfZQ=="),
    ("Format", ["{} of {}", 1, 2.0], "1 of 2.0"),
    ("Format", [r"\{\} \\ it\'s {}", None], r"{} \ it's null"),
    ("Format", ["{}", {"a": "x", "b": [True]}], "{a=x, b=[true]}"),
    ("JsonMerge", [{"a": {"x": 1}, "b": 1}, {"a": {"y": 2}}, False], {"a": {"y": 2}, "b": 1}),
    ("JsonToString", [{"a": [1, 1.5, "é\n", None]}], '{"a":[1,1.5,"é\\n",null]}'),
    ("MathAdd", [1.49, 1.5], 3),
    ("MathAdd", [-1.49, -1.5], -2),
    ("MathAdd", [-1.5, -1.51], -3),
    ("MathAdd", [-0.5, 0], 0),
    ("MathAdd", [-2.5, 0], -2),
    ("MathAdd", [2147483647, 0], 2147483647),
    ("StringSplit", ["This.is+a,test=string", ".+,="], ["This", "is", "a", "test", "string"]),
    ("StringSplit", [" , ", ","], [" ", " "]),
    ("StringSplit", [",,,,", ","], []),
    ("StringSplit", ["a^b]c-d\\e", "-^]\\"], ["a", "b", "c", "d", "e"]),
    ("StringSplit", ["whole", ""], ["whole"]),
    ("StringToJson", [""], None),
    ("StringToJson", [" "], None),
    ("StringToJson", ["-0"], 0),
    ("StringToJson", ['{"a": [1.5]}'], {"a": [1.5]}),
]


@pytest.mark.parametrize(("name", "arguments", "result"), RESULTS)
def test_result(name: str, arguments: list[Any], result: Any) -> None:
    assert json_text(apply(f"States.{name}", arguments, Random(0))) == json_text(result)


def value_of(name: str, arguments: list[Any], seed: int = 0) -> Any:
    """What a call that must succeed gives."""
    result = apply(f"States.{name}", arguments, Random(seed))
    assert not isinstance(result, IntrinsicFailure), result
    return result


DIGESTS = {"MD5": 32, "SHA-1": 40, "SHA-256": 64, "SHA-384": 96, "SHA-512": 128}


@pytest.mark.parametrize(("algorithm", "length"), DIGESTS.items())
def test_hash_is_lower_case_hex(algorithm: str, length: int) -> None:
    digest = value_of("Hash", ["data", algorithm])
    assert len(digest) == length
    assert set(digest) <= set("0123456789abcdef")


def test_hash_of_a_known_text() -> None:
    assert value_of("Hash", ["abc", "SHA-1"]) == "a9993e364706816aba3e25717850c26c9cd0d89d"


FAILURES: list[tuple[str, list[Any], str]] = [
    ("Nothing", [], "there is no intrinsic function States.Nothing"),
    ("UUID", [1], "States.UUID can't take 1 arguments"),
    ("ArrayLength", ["x"], "States.ArrayLength needs an array as argument 1, and got a string"),
    ("MathAdd", [1, True], "States.MathAdd needs a number as argument 2, and got a boolean"),
    ("ArrayGetItem", [[5], 1], "index 1 is outside of an array of 1 elements"),
    ("ArrayGetItem", [[5], -1], "index -1 is outside of an array of 1 elements"),
    ("ArrayPartition", [[5], 0], "the size of a part must be 1 or more, and it is 0"),
    ("ArrayRange", [1, 2, 0], "the step of a range can't be 0"),
    ("ArrayRange", [1, 1001, 1], "the range has more than 1000 elements"),
    ("Base64Decode", ["*"], "the text is not Base64"),
    ("Base64Decode", ["A"], "the text is not Base64"),
    ("Base64Encode", ["x" * 10_001], "the text has 10001 characters, and 10000 is the most"),
    ("Format", ["{}"], "the format has 1 placeholders and was given 0 values"),
    ("Hash", ["x", "CRC32"], "CRC32 is none of the hash algorithms MD5, SHA-1, SHA-256, SHA-384, SHA-512"),
    ("JsonMerge", [{}, {}, True], "only shallow merging is supported"),
    ("MathAdd", [2147483647, 1], "2147483648 is outside of -2147483648 to 2147483647"),
    ("MathRandom", [3, 3], "there is no number from 3 to below 3"),
    ("StringToJson", ["{"], "the text is not JSON"),
    ("StringToJson", ["NaN"], "the text is not JSON"),
    ("StringToJson", ["[" * 100_000], "a value that States.StringToJson got is nested too deeply"),
]


@pytest.mark.parametrize(("name", "arguments", "cause"), FAILURES)
def test_failure(name: str, arguments: list[Any], cause: str) -> None:
    assert apply(f"States.{name}", arguments, Random(0)) == IntrinsicFailure(cause)


def test_every_function_has_an_implementation() -> None:
    assert IMPLEMENTATIONS.keys() == FUNCTIONS.keys()


def test_randomness_comes_from_the_generator_or_the_seed() -> None:
    drawn = [value_of("MathRandom", [1, 1000], seed) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1]
    assert all(1 <= number < 1000 for number in drawn)
    seeded = [value_of("MathRandom", [1, 1000, 7], seed) for seed in (1, 2)]
    assert seeded[0] == seeded[1]
    assert uuid.UUID(value_of("UUID", [], 1)).version == 4
    assert value_of("UUID", [], 1) == value_of("UUID", [], 1)


DOUBLES = {1.0: "1.0", 1.1: "1.1", 0.001: "0.001", 0.0001: "1.0E-4", 1234567.5: "1234567.5", 1e7: "1.0E7"}
OTHER_DOUBLES = {-2.5e22: "-2.5E22", 123456789.5: "1.234567895E8", math.inf: "Infinity", -math.inf: "-Infinity"}


@pytest.mark.parametrize(("number", "text"), (DOUBLES | OTHER_DOUBLES).items())
def test_double_as_java_writes_it(number: float, text: str) -> None:
    assert double_text(number) == text


def test_nan_and_zero() -> None:
    assert (double_text(math.nan), double_text(-0.0)) == ("NaN", "-0.0")
    assert [rounded(number) for number in (math.nan, math.inf, 0.49999999999999994)] == [0, 2**63, 0]


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False), st.text(max_size=5)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=8,
)


@given(VALUES.filter(lambda value: "Infinity" not in json_text(value)))
def test_text_of_a_value_is_read_back(value: Any) -> None:
    assert read_json(json_text(value)) == value
    assert isinstance(java_text(value), str)


@given(st.sampled_from(sorted(FUNCTIONS)), st.lists(VALUES, max_size=4))
def test_any_arguments_give_a_value_or_a_failure(name: str, arguments: list[Any]) -> None:
    before = json_text(arguments)
    result = apply(name, arguments, Random(0))
    assert isinstance(result, IntrinsicFailure) or isinstance(json_text(result), str)
    assert json_text(arguments) == before


@given(st.text(max_size=20), st.text(max_size=3))
def test_split_drops_delimiters_only(text: str, delimiters: str) -> None:
    parts = value_of("StringSplit", [text, delimiters])
    assert "".join(parts) == "".join(c for c in text if c not in delimiters)
    assert all(part and not set(part) & set(delimiters) for part in parts)
