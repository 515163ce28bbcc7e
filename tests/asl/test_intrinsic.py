"""Intrinsic calls as text: the grammar, and what can be told of a call before it runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.intrinsics.call import (
    FUNCTIONS,
    BoolLiteral,
    Call,
    FaultKind,
    NullLiteral,
    NumberLiteral,
    PathArgument,
    StringLiteral,
    call_faults,
    parse_intrinsic,
    parse_template_value,
    placeholders,
)
from stepvet.asl.paths.path import Path, PathError


def call_of(text: str) -> Call:
    call = parse_intrinsic(text)
    assert isinstance(call, Call), call
    return call


def test_arguments_of_every_kind_with_their_places() -> None:
    text = r"States.Array( 'it\'s', -1.5e2,7, true, null, $.a['x,)'].b, States.UUID( ) )  "
    call = call_of(text)
    assert [type(a) for a in call.arguments] == [
        StringLiteral,
        NumberLiteral,
        NumberLiteral,
        BoolLiteral,
        NullLiteral,
        PathArgument,
        Call,
    ]
    assert [text[a.start : a.end] for a in call.arguments] == [
        r"'it\'s'",
        "-1.5e2",
        "7",
        "true",
        "null",
        "$.a['x,)'].b",
        "States.UUID( )",
    ]
    assert call.arguments[:3] == call_of(r"States.Array('it\'s', -150.0, 7)").arguments
    assert text[call.start : call.end] == text.strip()
    assert text[call.start : call.name_end] == "States.Array"


PATH_ARGUMENTS = ["$", "$$.Execution.Name", "$v", "$.l[?(@.a == ')' && @.b in [1,2])].c", "$.a.length()", "$['a\\']']"]


@pytest.mark.parametrize("path", PATH_ARGUMENTS)
def test_path_argument_reaches_to_the_comma_or_parenthesis(path: str) -> None:
    call = call_of(f"States.Array({path} , {path})")
    assert [a.path.text for a in call.arguments if isinstance(a, PathArgument)] == [path, path]


STRINGS = {
    r"'a\\b'": r"a\b",
    r"'\{\}'": "{}",
    "'say \"hi\"'": 'say "hi"',
    "'two\nlines'": "two\nlines",
    "'{\"a\": 1}'": '{"a": 1}',
    "''": "",
}


@pytest.mark.parametrize(("literal", "value"), STRINGS.items())
def test_string_without_its_escapes(literal: str, value: str) -> None:
    (argument,) = call_of(f"States.StringToJson({literal})").arguments
    assert isinstance(argument, StringLiteral)
    assert (argument.value, argument.spelling) == (value, literal[1:-1])


REFUSED = {
    "States.Array": ('"(" is missing after States.Array', "States.Array"),
    "States.Array(": ("the call ends where an argument is due", ""),
    "States.Array($.a": ("the parenthesis is not closed", "($.a"),
    "States.Array() x": ("nothing may follow the call", "x"),
    "States.Array(1 2)": ("a comma or a closing parenthesis is missing before this", "2"),
    "States.Format($.a $.b)": ("a name with a blank in it must stand in brackets and quotes", " $.b"),
    "States.Array($.)": ("a path can't end with a dot", "."),
    r"States.Format('\n')": ("only \\', \\{, \\} and \\\\ may be escaped", r"\n"),
    r"States.StringToJson('{\"a\": 1}')": ("only \\', \\{, \\} and \\\\ may be escaped", r"\""),
    "States.Array('a)": ("the string has no closing quote", "'a)"),
    'States.Array("a")': (
        "an argument is a path, a string in single quotes, a number, true, false, null or a call",
        '"',
    ),
    "States.Array(nullable)": (
        "an argument is a path, a string in single quotes, a number, true, false, null or a call",
        "n",
    ),
    "States.Array(-)": ("this is no number", "-"),
    "Array(1)": ('a call starts with "States." and a name', "Array(1)"),
    "States.Array(" * 60: ("nested more than 40 deep", None),
}


@pytest.mark.parametrize(("text", "fault"), REFUSED.items())
def test_refused_call_says_why_and_where(text: str, fault: tuple[str, str | None]) -> None:
    error = parse_intrinsic(text)
    assert isinstance(error, PathError)
    assert error.message == fault[0]
    assert fault[1] is None or text[error.start : error.end] == fault[1]


def test_template_value_is_a_path_or_a_call() -> None:
    assert isinstance(parse_template_value("$.a"), Path)
    assert isinstance(parse_template_value("States.UUID()"), Call)
    assert parse_template_value("literal") == PathError(
        'neither a path, which starts with "$", nor an intrinsic call, "States.…(…)"', 0, 7
    )


FAULTS: dict[str, list[tuple[FaultKind, str, str]]] = {
    "States.format('x')": [
        (
            FaultKind.UNKNOWN_FUNCTION,
            'there is no intrinsic function "States.format"',
            "States.format",
        )
    ],
    "States.Nothing()": [
        (FaultKind.UNKNOWN_FUNCTION, 'there is no intrinsic function "States.Nothing"', "States.Nothing")
    ],
    "States.UUID(1)": [(FaultKind.ARITY, "States.UUID takes 0 arguments, not 1", "States.UUID(1)")],
    "States.Format()": [(FaultKind.ARITY, "States.Format takes 1 or more arguments, not 0", "States.Format()")],
    "States.MathRandom(1)": [
        (FaultKind.ARITY, "States.MathRandom takes 2 or 3 arguments, not 1", "States.MathRandom(1)")
    ],
    "States.MathAdd(1, '-1')": [
        (FaultKind.ARGUMENT, "States.MathAdd needs a number here, and this is a string", "'-1'")
    ],
    "States.ArrayLength(null)": [
        (FaultKind.ARGUMENT, "States.ArrayLength needs an array here, and this is null", "null")
    ],
    "States.MathAdd($.a[*], 1)": [
        (FaultKind.ARGUMENT, "States.MathAdd needs a number here, and this is an array", "$.a[*]")
    ],
    "States.ArrayLength(States.UUID())": [
        (FaultKind.ARGUMENT, "States.ArrayLength needs an array here, and this is a string", "States.UUID()")
    ],
    "States.Format('{} and {}', $.a)": [
        (FaultKind.PLACEHOLDERS, "the format has 2 {} and is given 1 value", "'{} and {}'")
    ],
    r"States.Format('\{\}', $.a)": [(FaultKind.PLACEHOLDERS, "the format has 0 {} and is given 1 value", r"'\{\}'")],
    "States.Hash($.a, 'SHA256')": [
        (
            FaultKind.ALGORITHM,
            '"SHA256" is none of the hash algorithms MD5, SHA-1, SHA-256, SHA-384, SHA-512',
            "'SHA256'",
        )
    ],
    "States.JsonMerge($.a, $.b, true)": [
        (FaultKind.DEEP_MERGE, "only shallow merging is supported, so the last argument must be false", "true")
    ],
    "States.ArrayRange(1, 5, 0)": [(FaultKind.RANGE, "the step of a range can't be 0", "0")],
    "States.ArrayRange(1, 2000, 1)": [
        (FaultKind.RANGE, "the range has 2000 elements, and 1000 is the most", "States.ArrayRange(1, 2000, 1)")
    ],
    "States.ArrayGetItem($.a, -1)": [(FaultKind.POSITION, "an index can't be negative here", "-1")],
    "States.ArrayPartition($.a, 0)": [(FaultKind.POSITION, "the size of a part must be 1 or more", "0")],
    "States.Base64Encode('" + "x" * 10_001 + "')": [
        (FaultKind.LENGTH, "the text has 10001 characters, and 10000 is the most", "'" + "x" * 10_001 + "'")
    ],
    "States.MathAdd($.a, 1.5)": [(FaultKind.ROUNDED, "States.MathAdd rounds 1.5 to 2", "1.5")],
    "States.StringSplit($.a, ', ')": [
        (FaultKind.DELIMITERS, "each character of this text is a delimiter of its own", "', '")
    ],
    "States.Array(" * 11 + ")" * 11: [(FaultKind.NESTING, "calls are nested more than 10 deep", "States.Array")],
    "States.Array(States.uuid(), States.MathAdd(1))": [
        (
            FaultKind.UNKNOWN_FUNCTION,
            'there is no intrinsic function "States.uuid"',
            "States.uuid",
        ),
        (FaultKind.ARITY, "States.MathAdd takes 2 arguments, not 1", "States.MathAdd(1)"),
    ],
}


@pytest.mark.parametrize(("text", "faults"), FAULTS.items())
def test_faults_of_a_call(text: str, faults: list[tuple[FaultKind, str, str]]) -> None:
    assert [(f.kind, f.message, text[f.start : f.end]) for f in call_faults(call_of(text))] == faults


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("States.ArraySum", None),
        ("States.Sum", None),
        ("States.uuid", "States.UUID"),
        ("States.Fromat", "States.Format"),
        ("States.ArrayLen", None),
        ("States.ArayLength", "States.ArrayLength"),
    ],
)
def test_near_names_count_the_letters_after_the_prefix(name: str, near: str | None) -> None:
    assert [fault.near for fault in call_faults(call_of(f"{name}($.a)"))][:1] == [near]


FAULTLESS = [
    "States.Array()",
    "States.Format('plain')",
    r"States.Format('{} \{\} {}', $.a, $..b)",
    "States.Format($.template, $.a, $.b)",
    "States.Hash($.a, $.algorithm)",
    "States.Hash(5, 'MD5')",
    "States.ArrayRange(10, 1, -3)",
    "States.ArrayRange(0, 999, 1)",
    "States.ArrayContains($.a[*], null)",
    "States.MathAdd(States.ArrayLength($.a), -1)",
    "States.MathAdd($.a.length(), 1)",
    "States.JsonMerge(States.StringToJson('{}'), $.b, false)",
    "States.StringSplit($.a, ',')",
    "States.MathRandom(1, 2, 3)",
    "States.Array(" * 10 + ")" * 10,
]


@pytest.mark.parametrize("text", FAULTLESS)
def test_good_call_has_no_fault(text: str) -> None:
    assert list(call_faults(call_of(text))) == []


def test_only_what_aws_refuses_counts_as_refused() -> None:
    assert {kind for kind in FaultKind if kind.refused} == {FaultKind.UNKNOWN_FUNCTION, FaultKind.NESTING}
    assert {kind for kind in FaultKind if not kind.fails} == {FaultKind.ROUNDED, FaultKind.DELIMITERS}


@pytest.mark.parametrize(("text", "count"), [("{}{}", 2), (r"\{}", 0), (r"\\{}", 1), (r"{\\}", 0), ("{ }", 0)])
def test_placeholders(text: str, count: int) -> None:
    assert placeholders(text) == count


TOKENS = st.sampled_from(
    [*FUNCTIONS, "(", ")", ",", " ", "'a'", "'", "\\", "$.a", "$.a[?(@.b == ')')]", "1", "-", "true", "["]
)


@given(st.one_of(st.text(), st.lists(TOKENS, max_size=14).map("".join)))
def test_any_text_is_a_value_or_an_error_inside_of_it(text: str) -> None:
    result = parse_template_value(text)
    assert 0 <= result.start <= result.end <= len(text)
    if isinstance(result, Call):
        assert all(0 <= fault.start <= fault.end <= len(text) for fault in call_faults(result))
