"""Which variables a JSONata expression in a state's string reads. Loads the JSONata readers."""

from __future__ import annotations

from collections.abc import Iterator

from stepvet.asl.jsonata.analysis import VariableReference, free_variables
from stepvet.asl.jsonata.syntax import parse_jsonata
from stepvet.asl.jsonata.text import ExpressionText, split_delimiters
from stepvet.asl.jsonata.tokens import JsonataError
from stepvet.asl.jsonata.tree import Expression, Path, Step, Variable
from stepvet.flow.references import Read
from stepvet.text.node import Inside, String
from stepvet.text.source import Span


def expression_reads(text: String, is_needed: bool) -> Iterator[Read]:
    """In the order of the text; none of a string that is no expression or can't be read."""
    split = split_delimiters(text.value)
    if not isinstance(split, ExpressionText):
        return
    tree = parse_jsonata(split.source)
    if isinstance(tree, JsonataError):
        return
    for found in free_variables(tree):
        if not found.is_called:
            at = Inside(text, Span(split.offset + found.start, split.offset + found.end))
            yield Read(found.name, at, is_needed and _is_all(tree, found), found.is_function)


def is_unreadable(text: String) -> bool:
    """Is the string an expression with a fault?"""
    split = split_delimiters(text.value)
    return isinstance(split, ExpressionText) and isinstance(parse_jsonata(split.source), JsonataError)


def _is_all(tree: Expression, found: VariableReference) -> bool:
    """Is the expression a path from the variable and nothing else? Then it has no value when the variable has none."""
    first = tree.steps[0] if isinstance(tree, Path) else tree
    head = first.expression if isinstance(first, Step) else first
    return isinstance(head, Variable) and head.start == found.start
