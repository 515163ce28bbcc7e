"""HCL expressions as values with holes, as `jsonencode` writes them."""

from __future__ import annotations

from collections.abc import Callable

from stepvet.sources import hcl, terraform_known
from stepvet.sources.joined import as_node
from stepvet.sources.terraform_text import Rendered, render
from stepvet.text.node import Array, Bool, Gap, Hole, Known, Member, Node, Null, Number, Object, String
from stepvet.text.source import Span


def known_name(name: str) -> Known:
    """What is known of an interpolated expression."""
    return terraform_known.of_reference(tuple(name.split(".")))


def rendered(text: str, expression: hcl.Text, known: Callable[[str], Known] = known_name) -> Rendered:
    return render(text, expression.inner, known, escapes=not expression.heredoc)


def node(text: str, expression: hcl.Expression) -> Node:
    """The value of an expression; what Terraform computes is a hole."""
    span = expression.span
    match expression:
        case hcl.Text():
            return _string(text, expression)
        case hcl.Mapping():
            return Object(span, [Member(_key(text, k), node(text, v)) for k, v in expression.members])
        case hcl.Items():
            return Array(span, [node(text, item) for item in expression.items])
        case hcl.Scalar():
            return _scalar(expression)
        case hcl.Traversal():
            return Hole(span, f"${{{'.'.join(expression.names)}}}", terraform_known.of_reference(expression.names))
        case _:
            return Hole(span, "${expression}")


def _scalar(expression: hcl.Scalar) -> Node:
    match expression.text:
        case "null":
            return Null(expression.span)
        case "true" | "false":
            return Bool(expression.span, expression.text == "true")
        case digits if digits.removeprefix("-").isdecimal() and len(digits) < 4000:
            return Number(expression.span, int(digits), digits)
    try:
        return Number(expression.span, float(expression.text), expression.text)
    except ValueError:
        return Hole(expression.span, "${expression}")


def _string(text: str, expression: hcl.Text) -> String | Hole:
    return as_node(rendered(text, expression).pieces, expression.span, "joined" if expression.heredoc else "hcl")


def _key(text: str, expression: hcl.Expression) -> String:
    value = node(text, expression)
    if isinstance(expression, hcl.Traversal) and len(expression.names) == 1:
        return String(expression.span, expression.names[0], "hcl")
    match value:
        case String():
            return value
        case Hole():
            return String(value.span, value.text, "joined", (Gap(0, len(value.text), value.text, value.known),))
        case _:
            start, end = expression.span
            return String(Span(start, end), text[start:end], "hcl")
