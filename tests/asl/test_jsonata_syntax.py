"""The grammar: which trees texts make, where their parts are, and the words in which a text is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepvet.asl.jsonata.signature import parse_signature
from stepvet.asl.jsonata.syntax import MAX_NESTING, parse_jsonata
from stepvet.asl.jsonata.tokens import JsonataError
from stepvet.asl.jsonata.tree import (
    Array,
    Binary,
    Block,
    Call,
    Condition,
    Expression,
    Filtered,
    Grouped,
    Lambda,
    Literal,
    Name,
    Negate,
    Object,
    Partial,
    Path,
    Range,
    Regex,
    Sort,
    Transform,
    Variable,
    walk,
)

REFUSED = [
    ("", "S0207", "Unexpected end of expression", ""),
    ("  ", "S0207", "Unexpected end of expression", ""),
    ("1 +", "S0207", "Unexpected end of expression", ""),
    ("$f(1", "S0203", 'Expected ")" before end of expression', ""),
    ("[1, 2", "S0203", 'Expected "]" before end of expression', ""),
    ("a[1,2)", "S0202", 'Expected "]", got ","', ","),
    ("{'a' 1}", "S0202", 'Expected ":", got 1', "1"),
    ("(1 2)", "S0202", 'Expected ")", got 2', "2"),
    ("a b", "S0201", 'Syntax error: "b"', "b"),
    ("01", "S0201", "Syntax error: 1", "1"),
    ("1..3", "S0201", 'Syntax error: ".."', ".."),
    ("!a", "S0204", 'Unknown operator: "!"', "!"),
    (" 1 %} {% 2 ", "S0211", 'The symbol "}" cannot be used as a unary operator', "}"),
    ("a ?: b", "S0211", 'The symbol ":" cannot be used as a unary operator', ":"),
    ("a ?? b", "S0211", 'The symbol "?" cannot be used as a unary operator', "?"),
    ("[1,]", "S0211", 'The symbol "]" cannot be used as a unary operator', "]"),
    ("* := 1", "S0212", "The left side of := must be a variable name (start with $)", "*"),
    ("a.1", "S0213", "The literal value 1 cannot be used as a step within a path expression", "1"),
    ("a.null", "S0213", "The literal value null cannot be used as a step within a path expression", "null"),
    ("a@b", "S0214", 'The right side of "@" must be a variable name (start with $)', "b"),
    ("a#1", "S0214", 'The right side of "#" must be a variable name (start with $)', "1"),
    ("a[0]@$v", "S0215", "A context variable binding must precede any predicates on a step", "@$v"),
    ("a^(b)@$v", "S0216", "A context variable binding must precede the 'order-by' clause on a step", "@$v"),
    ("%", "S0217", "The object representing the 'parent' cannot be derived from this expression", "%"),
    ("a.%.%", "S0217", "The object representing the 'parent' cannot be derived from this expression", "a.%.%"),
    ("$x{a: b}[0]", "S0209", "A predicate cannot follow a grouping expression in a step", "[0]"),
    ("a{b: c}{d: e}", "S0210", "Each step can only have one grouping expression", "{d: e}"),
    ("function(a) { 1 }", "S0208", "Parameter 1 of function definition must be a variable name (start with $)", "a"),
    ("function($a)<s<n>:s>{ 1 }", "S0401", "Type parameters can only be applied to functions and arrays", "<s<n>:s>"),
    (
        "function($a)<(sa<n>):s>{ 1 }",
        "S0402",
        "Choice groups containing parameterized types are not supported",
        "<(sa<n>):s>",
    ),
    ("'open", "S0101", "String literal must be terminated by a matching quote", "'open"),
    ("1e999", "S0102", 'Number out of range: "1e999"', "1e999"),
    (r"'\q'", "S0103", r'Unsupported escape sequence: \"q"', r"\q"),
    (r"'\u12'", "S0104", r"The escape sequence \u must be followed by 4 hex digits", r"\u12'"),
    ("`open", "S0105", "Quoted property name must be terminated with a backquote (`)", "`open"),
    ("1 /* open", "S0106", "Comment has no closing tag", "/* open"),
    ("//", "S0301", "Empty regular expressions are not allowed", "//"),
    ("/open", "S0302", "No terminating / in regular expression", "/open"),
]


@pytest.mark.parametrize(("text", "code", "message", "at"), REFUSED)
def test_refuses_in_the_words_of_the_reference(text: str, code: str, message: str, at: str) -> None:
    error = parse_jsonata(text)
    assert isinstance(error, JsonataError)
    assert (error.code, error.message, text[error.start : error.end]) == (code, message, at)


def test_reports_a_fault_of_the_tree_only_if_the_text_is_whole() -> None:
    error = parse_jsonata("[a.1, (2]")
    assert isinstance(error, JsonataError)
    assert error.code == "S0202"


KINDS = [
    ("'a'", Literal),
    ("-5", Literal),
    ("-$x", Negate),
    ("$x", Variable),
    ("and", Path),
    ("a.b", Path),
    ("a[0]", Path),
    ("$x[0]", Filtered),
    ("$x[]", Filtered),
    ("(a.b)[0]", Filtered),
    ("a^(b)", Path),
    ("a{b: c}", Grouped),
    ("a{b: c}.d", Grouped),
    ("[1..3]", Array),
    ("{'a': 1}", Object),
    ("(1; 2)", Block),
    ("function($a) { $a }", Lambda),
    ("λ($a)<n:n>{ $a }", Lambda),
    ("$f(1)", Call),
    ("f(1)", Call),
    ("$f(?, 1)", Partial),
    ("a ? b", Condition),
    ("1 + 2", Binary),
    ("a and b", Binary),
    ("/a[/]b/im", Regex),
    ("|a|{'b': 1}, ['c']|", Transform),
    ("1 /* one */ / 2", Binary),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_makes_a_tree_that_covers_the_text(text: str, kind: type) -> None:
    tree = parsed(text)
    assert isinstance(tree, kind)
    assert (tree.start, tree.end) == (0, len(text))


def test_binds_operators_by_their_power() -> None:
    match parsed("1 + 2 * 3 = 7 or $x"):
        case Binary("or", Binary("=", Binary("+", _, Binary("*", _, _)), _), Variable("x")):
            pass
        case tree:
            pytest.fail(str(tree))


def test_a_predicate_belongs_to_its_step() -> None:
    tree = parsed("$x.a[b > 1].'c d'^(>e)")
    assert isinstance(tree, Path)
    assert [type(step.expression) for step in tree.steps] == [Variable, Name, Name, Sort]
    assert [len(step.stages) for step in tree.steps] == [0, 1, 0, 0]


def test_a_range_stands_in_an_array() -> None:
    tree = parsed("[1..$n, 5]")
    assert isinstance(tree, Array)
    assert [type(item) for item in tree.items] == [Range, Literal]


STRINGS = [(r"'a\n\"\/'", 'a\n"/'), (r'"\u00e9"', "é"), (r'"\ud83d\ude00"', "😀"), ("'\"'", '"')]


@pytest.mark.parametrize(("text", "value"), STRINGS)
def test_reads_strings(text: str, value: str) -> None:
    tree = parsed(text)
    assert isinstance(tree, Literal)
    assert tree.value == value


@pytest.mark.parametrize("text", ["(" * 5000, "(" * (MAX_NESTING + 1) + "1", "-" * 3000 + "1", "+".join("1" * 3000)])
def test_bounds_the_depth_of_trees(text: str) -> None:
    error = parse_jsonata(text)
    assert isinstance(error, JsonataError)
    assert error.message == "Stack overflow error"


def test_counts_the_arguments_of_signatures() -> None:
    bounds = [
        (parse_signature(text).least, parse_signature(text).most) for text in ("<s-nn?:s>", "<a+>", "<(sf)a<n>:x>")
    ]
    assert bounds == [(1, 3), (1, None), (2, 2)]


TOKENS = st.sampled_from(
    [
        *[
            "$",
            "$x",
            "a",
            "'s'",
            "1",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ".",
            ",",
            ";",
            ":",
            ":=",
            "?",
            "+",
            "-",
            "*",
            "/",
            "%",
            "**",
            "=",
            "<",
            ">",
            "^",
            "&",
            "|",
            "@",
            "#",
            "~>",
            "..",
            "and",
            "in",
            "function",
            "null",
            "`",
            '"',
            "\\",
            "/*",
            "!",
        ],
        " ",
    ]
)


@given(st.one_of(st.text(), st.lists(TOKENS, max_size=25).map("".join)))
def test_never_raises_and_stays_inside_the_text(text: str) -> None:
    tree = parse_jsonata(text)
    if isinstance(tree, JsonataError):
        assert 0 <= tree.start <= tree.end <= len(text)
    else:
        assert all(tree.start <= part.start <= part.end <= tree.end <= len(text) for part in walk(tree))


@given(st.lists(TOKENS, max_size=12).map(" ".join))
def test_parentheses_change_no_text_into_another(text: str) -> None:
    inner, outer = parse_jsonata(text), parse_jsonata(f"({text}\n)")
    if not isinstance(inner, JsonataError) and not isinstance(outer, JsonataError):
        assert isinstance(outer, Block)
        assert len(list(walk(outer))) >= len(list(walk(inner)))


def parsed(text: str) -> Expression:
    tree = parse_jsonata(text)
    assert not isinstance(tree, JsonataError), tree
    return tree
