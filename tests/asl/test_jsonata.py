"""Evaluation: results, errors in the reference's words, bounds, and what an evaluation leaves alone."""

import copy
import threading
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepvet.asl.jsonata.engine import EvaluationFault, UnsupportedResult, evaluate_jsonata
from stepvet.asl.jsonata.frames import MAX_ITEMS
from stepvet.asl.jsonata.values import UNDEFINED

ORDERS: dict[str, Any] = {
    "states": {
        "input": {
            "customer": {"name": "Ada", "vip": None},
            "orders": [
                {"id": "o1", "total": 12.5, "lines": [{"sku": "a", "qty": 2}, {"sku": "b", "qty": 1}]},
                {"id": "o2", "total": 40, "lines": [{"sku": "a", "qty": 5}]},
            ],
            "empty": [],
        }
    },
    "limit": 20,
}

RESULTS: list[tuple[str, Any]] = [
    # paths and sequences
    ("$states.input.customer.name", "Ada"),
    ("$states.input.customer.vip", None),
    ("$states.input.missing", UNDEFINED),
    ("$states.input.orders.id", ["o1", "o2"]),
    ("$states.input.orders[total > $limit].id", "o2"),
    ("$states.input.orders[total > $limit].id[]", ["o2"]),
    ("$states.input.orders[total > 100]", UNDEFINED),
    ("[$states.input.orders[total > 100]]", []),
    ("$states.input.orders.lines[0].sku", ["a", "a"]),
    ("$states.input.orders.lines.sku[0]", ["a", "b", "a"]),
    ("($states.input.orders.lines.sku)[0]", "a"),
    ("$states.input.orders[-1].id", "o2"),
    ("$states.input.orders[[0..1]].id", ["o1", "o2"]),
    ("$states.input.orders^(>total).id", ["o2", "o1"]),
    ("$states.input.orders.lines{sku: $sum(qty)}", {"a": 7, "b": 1}),
    ("$states.input.orders.{'id': id, 'none': nothing}", [{"id": "o1"}, {"id": "o2"}]),
    ("$states.input.orders.[id]", [["o1"], ["o2"]]),
    ("$states.input.orders.lines.(%.id & sku)", ["o1a", "o1b", "o2a"]),
    ("$states.input.orders@$o.lines.($o.id & sku)", UNDEFINED),
    ("$states.input.orders#$i.(id & $i)", ["o10", "o21"]),
    ("$states.input.customer.*", ["Ada", None]),
    ("$count($states.input.**)", 19),
    ("$states.input.empty", []),
    # operators
    ("1 / 4", 0.25),
    ("2 * 0.5", 1),
    ("5 % 3 - 7", -5),
    ("1 / 0", None),
    ("'a' & 1 & true & null & nothing", "a1truenull"),
    ("1 = 1.0 and 'a' != 'b'", True),
    ("$nothing = 1 or $nothing != 1", False),
    ("$nothing > 1", UNDEFINED),
    ("1 in [1, 2]", True),
    ("1 in true", False),
    ("[1..3, 5]", [1, 2, 3, 5]),
    ("null ? 1 : 2", 2),
    ("false ? 1", UNDEFINED),
    ("-(1)", -1),
    # functions and scopes
    ("($x := 2; $f := function($y) { $x * $y }; $f(4))", 8),
    ("($f := $substring(?, 0, 2); $f('abc'))", "ab"),
    ("'abc' ~> $uppercase ~> $length", 3),
    ("($c := $trim ~> $length; $c(' a '))", 1),
    ("$map([1, 2], function($v, $i) { $v * $i })", [0, 2]),
    ("$map([1], function($v) { $v })", 1),
    ("$reduce([1, 2, 3], function($a, $b) { $a + $b }, 10)", 16),
    ("$filter([1, 2, 3], function($v) { $v > 1 })", [2, 3]),
    ("$sift({'a': 1, 'b': 2}, function($v, $k) { $k = 'b' })", {"b": 2}),
    ("$each({'a': 1}, function($v, $k) { $k & $v })", "a1"),
    ("$sort([3, 1, 2], function($l, $r) { $l < $r })", [3, 2, 1]),
    ("{'a': {'b': 1}} ~> |a|{'c': 2}, 'b'|", {"a": {"c": 2}}),
    ("($n := function($i) { $i = 0 ? 'done' : $n($i - 1) }; $n(2000))", "done"),
    # built-in functions
    ("$substring('hello', -3, 2)", "ll"),
    ("$substringAfter('a=b', '=')", "b"),
    ("$pad('7', -3, '0')", "007"),
    ("$trim('  a \\n b ')", "a b"),
    ("$split('a1b2c', /[0-9]/)", ["a", "b", "c"]),
    ("$join(['a', 'b'], '-')", "a-b"),
    ("$match('ab12', /([a-z])([0-9])/).groups", ["b", "1"]),
    ("$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1')", "Smith, John"),
    ("$replace('a.b.c', '.', '-', 1)", "a-b.c"),
    ("$contains('Größe', /größe/i)", True),
    ("$base64encode('hello')", "aGVsbG8="),
    ("$base64decode('aGVsbG8=')", "hello"),
    ("$encodeUrlComponent('a b/ü')", "a%20b%2F%C3%BC"),
    ("$decodeUrl('a%20b%2F')", "a b%2F"),
    ("$round(2.5)", 2),
    ("$round(12.345, 2)", 12.34),
    ("$number('0x1F') + $number('1e2')", 131),
    ("$formatBase(255, 16)", "ff"),
    ("$formatNumber(1234.5, '#,##0.00')", "1,234.50"),
    ("$formatInteger(12, 'I')", "XII"),
    ("$parseInteger('XII', 'I')", 12),
    ("$string(0.1 + 0.2)", "0.3"),
    ("$string([1e21, 1e-7, 'ü'])", '[1e+21,1e-7,"ü"]'),
    ("$string({'a': []}, true)", '{\n  "a": []\n}'),
    ("$merge([{'a': 1}, {'a': 2, 'b': 3}])", {"a": 2, "b": 3}),
    ("$spread({'a': 1, 'b': 2})", [{"a": 1}, {"b": 2}]),
    ("$keys({'a': 1})", "a"),
    ("$distinct([1, 1.0, '1', true])", [1, "1", True]),
    ("$zip([1, 2], ['a', 'b', 'c'])", [[1, "a"], [2, "b"]]),
    ("$average([1, 2, 4, 5])", 3),
    ("$max([])", UNDEFINED),
    ("$count($nothing)", 0),
    ("$exists(null)", True),
    ("$type(function() { 1 })", "function"),
    ("$boolean([0, 1])", True),
    ("$toMillis('1970-01-02T00:00:00.5+01:00')", 82800500),
    ("$fromMillis(1500)", "1970-01-01T00:00:01.500Z"),
    ("$fromMillis(0, '[D01]/[M01]/[Y]')", "01/01/1970"),
    ("$toMillis('06:30', '[H]:[m]')", 23400000),
    # what Step Functions adds
    ("$partition([1, 2, 3], 2)", [[1, 2], [3]]),
    ("$partition([0], 4)", [[0]]),
    ("$range(1, 9, 9)", 1),
    ("$range(0, 10, 5)", [0, 5, 10]),
    ("$range(3, 1, -1)", [3, 2, 1]),
    ("$hash('a', 'SHA-1')", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
    ("$parse('{\"a\": [1.0]}')", {"a": [1]}),
    ("$random(7) = $random(7)", True),
    ("$length($uuid())", 36),
]


@pytest.mark.parametrize(("text", "expected"), RESULTS)
def test_results(text: str, expected: Any) -> None:
    result = evaluate_jsonata(text, ORDERS)
    assert result == expected
    assert type(result) is type(expected)


FAULTS = [
    ("$nope()", "T1006: Attempted to invoke a non-function"),
    ("$eval('1')", "T1006: Attempted to invoke a non-function"),
    ("$limit()", "T1006: Attempted to invoke a non-function"),
    ("[1].sum([2])", "T1005: Attempted to invoke a non-function. Did you mean $sum?"),
    ("'a' + 1", 'T2001: The left side of the "+" operator must evaluate to a number'),
    ("1 * null", 'T2002: The right side of the "*" operator must evaluate to a number'),
    ("'a' < 1", 'T2009: The values "a" and 1 either side of operator "<" must be of the same data type'),
    ("1 > null", 'T2010: The expressions either side of operator ">" must evaluate to numeric or string values'),
    ("['a'..2]", "T2003: The left side of the range operator (..) must evaluate to an integer"),
    ("-'a'", 'D1002: Cannot negate a non-numeric value: "a"'),
    ("1 / 0 + 1", "D1001: Number out of range: null"),
    ("$number('x')", 'D3030: Unable to cast value to a number: "x"'),
    ("$sqrt(-1)", "D3060: The sqrt function cannot be applied to a negative number: -1"),
    ("$uppercase(null)", 'T0410: Argument 1 of function "uppercase" does not match function signature'),
    ("$substring('a', 'b')", 'T0410: Argument 2 of function "substring" does not match function signature'),
    ("$sum(['a'])", 'T0412: Argument 1 of function "sum" must be an array of "numbers"'),
    ("{1: 2}", "T1003: Key in object structure must evaluate to a string; got: 1"),
    ("{'a': 1, 'a': 2}", 'D1009: Multiple key definitions evaluate to same key: "a"'),
    ("1 ~> 2", "T2006: The right side of the function application operator ~> must be a function"),
    ("$replace('a', /x*/, 'b')", "D1004: Regular expression matches zero length string"),
    ("[{'a': 1}, {'a': 'b'}]^(a)", "T2007: Type mismatch when comparing values"),
    ("$error('boom')", "D3137: boom"),
    ("$assert(false, 'must hold')", "D3141: must hold"),
    (
        "$toMillis('soon')",
        'D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given "soon"',
    ),
    ("$single([1, 2])", "D3138: The $single() function expected exactly 1 matching result.  Instead it matched more."),
    ("$power(2, $nothing)", 'T0410: Argument 2 of function "power" does not match function signature'),
    ("$match('a', function($s) { {'start': 'a'} })", "T1010: The matcher function argument passed to function"),
    ("1 +", "S0207: Unexpected end of expression"),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_errors_in_the_words_of_the_reference(text: str, expected: str) -> None:
    fault = evaluate_jsonata(text, ORDERS)
    assert isinstance(fault, EvaluationFault)
    assert fault.text.startswith(expected)


@pytest.mark.parametrize("text", ["$sum", "function($x) { $x }", "{'f': $sum}", "$fn := function($x) { $x }"])
def test_a_function_is_no_result(text: str) -> None:
    assert evaluate_jsonata(text, {}) == UnsupportedResult()


BEYOND = [
    ("[1..900000]", "Expression evaluation memory limit exceeded"),
    ("$range(1, 900000, 1)", "Expression evaluation memory limit exceeded"),
    ("$pad('a', 1e9)", "Expression evaluation memory limit exceeded"),
    (
        "($d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }; $d('abcdefgh', 40))",
        "Expression evaluation memory limit",
    ),
    ("+".join(["1"] * 250), "Stack overflow error"),
    ("[" * 110 + "]" * 110, "Stack overflow error"),
    ("($f := function($n) { 1 + $f($n + 1) }; $f(0))", "Stack overflow error"),
    ("($f := function($n) { $f($n + 1) }; $f(0))", "Expression evaluation timeout"),
    ("($f := function($n) { $n < 2 ? $n : $f($n - 1) + $f($n - 2) }; $f(40))", "Expression evaluation timeout"),
    ("$match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', /(a+)+$/)", "Expression evaluation timeout"),
]


@pytest.mark.parametrize(("text", "expected"), BEYOND)
def test_stops_what_step_functions_stops(text: str, expected: str) -> None:
    fault = evaluate_jsonata(text, {})
    assert isinstance(fault, EvaluationFault)
    assert fault.text.startswith(expected)


@pytest.mark.parametrize(
    "text",
    [
        "+".join(["1"] * 150),
        "[" * 90 + "]" * 90,
        "$sum([1..100000])",
        f"$count([1..{MAX_ITEMS}])",
        "$map([1..10000], function($v, $i) { {'id': $string($v), 'at': $i} })",
        "$reduce([1..5000], function($sum, $v) { $append($sum, $v) }, [])",
        "$reduce([1..5000], function($all, $v) { $merge([$all, {$string($v): $v}]) }, {})",
        "$count($distinct([1..20000]))",
        "$states.input" + ".a" * 20_000,
        "[" + ",".join(["$states.input.x"] * 20_000) + "]",
    ],
)
def test_allows_what_step_functions_allows(text: str) -> None:
    assert not isinstance(evaluate_jsonata(text, {}), EvaluationFault)


def test_the_same_work_ends_the_same_way_at_any_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stepvet.asl.jsonata.frames.MAX_SECONDS", float("inf"))
    fault = evaluate_jsonata("($f := function($n) { $f($n + 1) }; $f(0))", {})
    assert isinstance(fault, EvaluationFault)
    assert fault.code == "U1002"


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("[1, 1.0, '1', true, null, null, true]", [1, "1", True, None]),
        ("[{'a': 1}, [1], {'a': 1.0}, [1], {'a': true}]", [{"a": 1}, [1], {"a": True}]),
    ],
)
def test_distinct_values_are_told_apart_by_type(items: str, expected: list[Any]) -> None:
    assert evaluate_jsonata(f"$distinct({items})", {}) == expected


def test_large_integers_are_doubles() -> None:
    assert evaluate_jsonata("$n", {"n": 12345678901234567}) == 12345678901234568


def test_chance_and_time_come_from_outside() -> None:
    def once(seed: int) -> Any:
        return evaluate_jsonata(
            "[$random(), $uuid(), $now(), $shuffle([1..9])]", {}, random=Random(seed), millis=86400000
        )

    assert once(1) == once(1) != once(2)
    assert once(1)[2] == "1970-01-02T00:00:00.000Z"


def test_leaves_its_input_alone() -> None:
    variables = copy.deepcopy(ORDERS)
    result: Any = evaluate_jsonata("[$states.input, $states.input ~> |orders|{'id': 'x'}|]", variables)
    result[0]["customer"]["name"] = "changed"
    assert variables == ORDERS


def test_threads_do_not_disturb_one_another() -> None:
    results: list[Any] = []

    def work(number: int) -> None:
        results.append(evaluate_jsonata("($f := function($i) { $i = 0 ? $n : $f($i - 1) }; $f(300))", {"n": number}))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == list(range(8))


ATOMS = st.sampled_from(
    [
        "$states.input",
        "$x",
        "1",
        "-2.5",
        "'a'",
        "null",
        "true",
        "[]",
        "{}",
        "[1,'a',null]",
        "{'a':[1,{'b':2}]}",
        "$",
        "$nothing",
        "$sum",
        "$string",
        "a",
        "*",
        "**",
        "/a+/",
        "1/0",
        "[1..3]",
        "function($v){$v}",
    ]
)
_ONE = (
    "string number sum max count keys spread merge reverse sort length trim floor round not type distinct parse "
    "fromMillis toMillis"
)
_TWO = (
    "map filter reduce append lookup substring partition formatNumber formatInteger pad split match power formatBase "
    "hash fromMillis toMillis replace contains sift each zip join range"
)
UNARY = st.one_of(
    st.sampled_from(
        [
            "-({})",
            "({})",
            "[{}]",
            "$x[{}]",
            "({}).a",
            "({}).*",
            "({})[0]",
            "({})^($)",
            "({})[]",
            "{{'k':{}}}",
            "({}){{'a':$}}",
        ]
    ),
    st.sampled_from(_ONE.split()).map("${}({{}})".format),
)
BINARY = st.one_of(
    st.sampled_from(
        ["({})+({})", "({})&({})", "({})=({})", "({})<({})", "({}).({})", "({})[{}]", "({})~>({})", "[{}..{}]"]
    ),
    st.sampled_from(_TWO.split()).map("${}({{}},{{}})".format),
)
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(UNARY, inner).map(lambda pair: pair[0].format(pair[1])),
        st.tuples(BINARY, inner, inner).map(lambda triple: triple[0].format(triple[1], triple[2])),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=300)
@given(EXPRESSIONS)
def test_never_raises_and_gives_plain_json(text: str) -> None:
    result = evaluate_jsonata(text, {**ORDERS, "x": [1, {"a": 2}]})
    if not isinstance(result, EvaluationFault | UnsupportedResult) and result is not UNDEFINED:
        assert is_plain(result)
        assert evaluate_jsonata(text, {**ORDERS, "x": [1, {"a": 2}]}) == result


def is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return type(value) is list and all(map(is_plain, value))
    if isinstance(value, dict):
        return type(value) is dict and all(isinstance(key, str) and is_plain(item) for key, item in value.items())
    return value is None or type(value) in (bool, int, float, str)
