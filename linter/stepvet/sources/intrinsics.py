"""CloudFormation's intrinsic calls as values with holes.

`Fn::Sub` and `Fn::Join` are put together as far as the template says; a reference is a hole that knows what it refers
to; every other call is a hole that knows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from stepvet.sources import joined
from stepvet.sources.joined import Piece
from stepvet.sources.reading import nodes
from stepvet.sources.template import Template
from stepvet.sources.wiring import Unresolved
from stepvet.text.node import Array, Bool, Gap, Hole, Known, Member, Node, Null, Number, Object, String
from stepvet.text.source import Span

_placeholder = re.compile(r"\$\{([^{}]*)\}")
_scalar_calls = frozenset({"Ref", "Fn::GetAtt", "Fn::Sub", "Fn::Join"})


def is_no_value(template: Template, node: Node) -> bool:
    call = template.intrinsic(node)
    return call is not None and call[0] == "Ref" and isinstance(call[1], String) and call[1].value == "AWS::NoValue"


def text_of(template: Template, node: Node) -> list[Piece]:
    """A value that ends as text, as pieces of text and holes."""
    call = template.intrinsic(node)
    if call is not None:
        return _call(template, node, *call)
    match node:
        case String() | Hole():
            return [joined.literal(template.source, node)]
        case Number():
            return [joined.literal(template.source, String(node.span, node.text, "plain"))]
        case Bool():
            return [joined.literal(template.source, String(node.span, str(node.value).lower(), "plain"))]
        case _:
            return [joined.hole("Value", node.span, Known())]


def _call(template: Template, node: Node, name: str, argument: Node) -> list[Piece]:
    match name:
        case "Ref" | "Fn::GetAtt" if target := _target(name, argument):
            return [joined.hole(target, node.span, template.known(target))]
        case "Fn::Sub" if isinstance(argument, (String, Hole)):
            return _sub(template, argument, {})
        case "Fn::Sub" if isinstance(argument, Array) and argument.items:
            text = argument.items[0]
            given = argument.items[1] if len(argument.items) > 1 else None
            if isinstance(text, (String, Hole)):
                return _sub(template, text, _given(template, given))
        case "Fn::Join" if isinstance(argument, Array) and len(argument.items) == 2:
            return _join(template, node, *argument.items)
    return [joined.hole(name, node.span, Known())]


def _target(name: str, argument: Node) -> str | None:
    if isinstance(argument, String):
        return argument.value
    parts = argument.items if isinstance(argument, Array) and name == "Fn::GetAtt" else []
    texts = [p.value for p in parts if isinstance(p, String)]
    return ".".join(texts) if len(texts) == len(parts) > 1 else None


def _given(template: Template, node: Node | None) -> dict[str, Known]:
    members = node.members if isinstance(node, Object) else []
    return {m.key.value: known_of(template, m.value) for m in members}


def known_of(template: Template, node: Node) -> Known:
    """What is known of a value that the template gives to a placeholder."""
    value = as_value(template, node)
    match value:
        case Hole():
            return value.known
        case String():
            return Known("string", value=None if value.holes else value.value)
        case Number():
            return Known("string", value=value.text)
        case _:
            return Known()


def _sub(template: Template, text: String | Hole, given: Mapping[str, Known]) -> list[Piece]:
    whole = joined.literal(template.source, text)
    pieces: list[Piece] = []
    done = 0
    for found in _placeholder.finditer(whole.text):
        name = found[1].strip()
        pieces.append(joined.part(whole, done, found.start()))
        known = Known() if name.startswith("!") else given.get(name) or template.known(name)
        pieces.append(joined.part(whole, *found.span(), known))
        done = found.end()
    pieces.append(joined.part(whole, done, len(whole.text)))
    return [p for p in pieces if p.text] or pieces[-1:]


def _join(template: Template, node: Node, delimiter: Node, items: Node) -> list[Piece]:
    if not isinstance(items, Array) or template.intrinsic(items) or not isinstance(delimiter, (String, Null)):
        return [joined.hole("Fn::Join", node.span, Known())]
    between = joined.literal(template.source, delimiter) if isinstance(delimiter, String) else None
    pieces: list[Piece] = []
    for index, item in enumerate(items.items):
        if index and between is not None and between.text:
            pieces.append(between)
        pieces.extend(text_of(template, item))
    return pieces


def as_value(template: Template, node: Node) -> Node:
    """A value of an inline definition with its intrinsic calls turned into holes and strings with gaps."""
    call = template.intrinsic(node)
    if call is not None:
        return _value_of_call(template, node, *call)
    match node:
        case Object():
            members = [m for m in node.members if not is_no_value(template, m.value)]
            made = Object(node.span, [_member(template, m) for m in members])
            made.unfinished = node.unfinished
            return made
        case Array():
            return Array(node.span, [as_value(template, i) for i in node.items if not is_no_value(template, i)])
        case _:
            return node


def _member(template: Template, member: Member) -> Member:
    key = member.key
    if key.value.startswith("Fn::"):
        return Member(replace(key, holes=(Gap(0, len(key.value), key.value),)), Hole(member.value.span, key.value))
    return Member(key, as_value(template, member.value))


def _value_of_call(template: Template, node: Node, name: str, argument: Node) -> Node:
    if name not in _scalar_calls:
        return Hole(node.span, f"${{{name}}}")
    pieces = text_of(template, node)
    value = joined.as_node(pieces, node.span)
    if isinstance(value, String) and isinstance(argument, String):
        return replace(value, span=argument.span, style=argument.style)
    return value


def unresolved(template: Template, node: Node) -> Iterator[Unresolved]:
    """References below a node that resolve to nothing in the template."""
    for part in nodes(node):
        if call := template.intrinsic(part):
            yield from _unresolved_call(template, *call)


def _unresolved_call(template: Template, name: str, argument: Node) -> Iterator[Unresolved]:
    match name:
        case "Ref" | "Fn::GetAtt" if target := _target(name, argument):
            wanted = target if name == "Ref" else target.partition(".")[0]
            if not template.knows(wanted) and "${" not in wanted:
                yield Unresolved(wanted, argument.span, name, template.names)
        case "Fn::Sub":
            yield from _unresolved_in_text(template, argument)


def _unresolved_in_text(template: Template, argument: Node) -> Iterator[Unresolved]:
    items = argument.items if isinstance(argument, Array) else [argument]
    if not items or not isinstance(text := items[0], (String, Hole)):
        return
    given = _given(template, items[1] if len(items) > 1 else None)
    if len(items) > 1 and template.intrinsic(items[1]):
        return
    whole = joined.literal(template.source, text)
    for found in _placeholder.finditer(whole.text):
        name = found[1].strip()
        wanted = name.partition(".")[0]
        if name.startswith("!") or not wanted or name in given or template.knows(wanted):
            continue
        span = Span(whole.starts[found.start()], whole.ends[found.end() - 1])
        yield Unresolved(wanted, span, "Fn::Sub", (*given, *template.names))
