"""What is said of expressions that don't run: references, bindings, calls."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.jsonata.analysis import (
    CallProblem,
    called_functions,
    free_variables,
    root_references,
    signature_faults,
    states_bindings,
    states_references,
)
from stepvet.asl.jsonata.names import FUNCTIONS
from stepvet.asl.jsonata.syntax import parse_jsonata
from stepvet.asl.jsonata.tokens import JsonataError
from stepvet.asl.jsonata.tree import Expression

ROOT = [
    ("phone", ["phone"]),
    ("phone.number & phone.area & fax", ["phone", "fax"]),
    ("$", ["$"]),
    ("*", ["*"]),
    ("**.a", ["**"]),
    ("{'a': b}", ["b"]),
    ("[a]", ["a"]),
    ("($x := a; $x)", ["a"]),
    ("States.UUID()", ["States"]),
    ("$map($xs, function($v) { $v.price * rate })", ["rate"]),
    ("$xs[$ > 1]", []),
    ("$xs.(a + b)", []),
    ("$xs[a = 1].b", []),
    ("$xs^(>a)", []),
    ("$xs{a: b}", []),
    ("$x ~> |a|{'b': c}|", []),
    ("$states.input.{'a': b}", []),
    ("$xs.$map(ys, function($v) { $v + z })", []),
    ("a[b].c", ["a"]),
]


@pytest.mark.parametrize(("text", "names"), ROOT)
def test_finds_references_to_the_root(text: str, names: list[str]) -> None:
    references = root_references(parsed(text))
    assert [reference.name for reference in references] == names
    assert all(text[reference.start : reference.end] == reference.name for reference in references)


def test_speaks_of_the_root_as_aws_does() -> None:
    messages = [reference.message for reference in root_references(parsed("a & $$ & $x.$$.b"))]
    assert messages == ["Reference to 'a' at the top level is not supported.", "Reference to '$$' is not supported."]


STATES = [
    ("$states.input.a", [("input", "$states.input")]),
    (
        "$states.result[0] + $states.errorOutput.Error",
        [("result", "$states.result"), ("errorOutput", "$states.errorOutput")],
    ),
    ("$states", [(None, "$states")]),
    ("$lookup($states, 'input')", [(None, "$states")]),
    ("$states.*", [(None, "$states")]),
    ("(function($states) { $states.result })(1)", []),
]


@pytest.mark.parametrize(("text", "expected"), STATES)
def test_finds_reads_of_states(text: str, expected: list[tuple[str | None, str]]) -> None:
    found = states_references(parsed(text))
    assert [(reference.member, text[reference.start : reference.end]) for reference in found] == expected


@pytest.mark.parametrize(
    "text", ["$states := 1", "function($states) { 1 }", "$x@$states.a", "$x.a#$states", "$x.a[0]#$states"]
)
def test_finds_bindings_of_states(text: str) -> None:
    assert [text[variable.start : variable.end] for variable in states_bindings(parsed(text))] == ["$states"]


FREE = [
    ("$x + $y", ["x", "y"]),
    ("($x := $x + 1; $x)", ["x"]),
    ("($f := function($n) { $n < 1 ? 0 : $f($n - 1) }; $f(3))", []),
    ("($f := function() { $x }; $x := 2; $f())", []),
    ("[($x := 1), $x]", ["x"]),
    ("$a@$i.b#$p.($i & $p & $q)", ["a", "q"]),
    ("$a@$i{$i: 1}", ["a"]),
    ("$states.input & $$ & $", []),
    ("$count", ["count"]),
]


@pytest.mark.parametrize(("text", "names"), FREE)
def test_finds_variables_that_are_bound_elsewhere(text: str, names: list[str]) -> None:
    assert [reference.name for reference in free_variables(parsed(text))] == names


def test_tells_functions_from_variables() -> None:
    found = {v.name: (v.is_function, v.is_called) for v in free_variables(parsed("$map($xs, $string) ~> $nope"))}
    assert found == {"map": (True, True), "xs": (False, False), "string": (True, False), "nope": (False, True)}


def test_counts_what_calls_pass() -> None:
    calls = called_functions(parsed("[$x ~> $substring(1) ~> $trim, $pad(?, 3)]"))
    assert [(call.name, call.arguments, call.is_partial) for call in calls] == [
        ("substring", 2, False),
        ("trim", 1, False),
        ("pad", 2, True),
    ]


FAULTS = [
    ("$uppercas('a')", CallProblem.UNKNOWN, "uppercase"),
    ("$zzzzzzz()", CallProblem.UNKNOWN, None),
    ("$eval('1')", CallProblem.REMOVED, None),
    ("$sum(1, 2)", CallProblem.ARGUMENTS, None),
    ("$substringBefore()", CallProblem.ARGUMENTS, None),
    ("$x ~> $exists(1)", CallProblem.ARGUMENTS, None),
]


@pytest.mark.parametrize(("text", "problem", "near"), FAULTS)
def test_finds_calls_that_always_fail(text: str, problem: CallProblem, near: str | None) -> None:
    (fault,) = signature_faults(parsed(text))
    assert (fault.problem, fault.nearest) == (problem, near)


@pytest.mark.parametrize(
    "text",
    [
        "$uppercase('a')",
        "$uuid()",
        "$random(1)",
        "$zip([1], [2], [3])",
        "$x.$trim()",
        "($f := function() { 1 }; $f())",
        "$now()",
    ],
)
def test_finds_no_fault_with_good_calls(text: str) -> None:
    assert list(signature_faults(parsed(text))) == []


@given(
    st.recursive(
        st.sampled_from(["$x", "a", "1", "$states.input", "%", "*"]),
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from([".", "+", "~>", " in ", ":="]), inner).map("".join),
            inner.map("({})".format),
            inner.map("$f({})".format),
            inner.map("function($x){{{}}}".format),
            inner.map("$x[{}]".format),
        ),
    )
)
def test_every_reference_is_where_it_says(text: str) -> None:
    tree = parse_jsonata(text)
    if isinstance(tree, JsonataError):
        return
    for reference in root_references(tree):
        assert text[reference.start : reference.end] == reference.name
    for variable in free_variables(tree):
        assert text[variable.start : variable.end] == f"${variable.name}"
        assert variable.is_function == (variable.name in FUNCTIONS)
    for states in states_references(tree):
        assert text[states.start : states.end].startswith("$states")


def parsed(text: str) -> Expression:
    tree = parse_jsonata(text)
    assert not isinstance(tree, JsonataError), tree
    return tree
