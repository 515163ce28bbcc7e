"""Payload templates (JSONPath): members whose key ends in `.$`, and values that look as if theirs should.

Which fields are templates stands in `schema.values`. A template's other strings are literal text, as is all of
`Result`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stepvet.asl import aws
from stepvet.asl.checks.inside import within
from stepvet.asl.checks.intrinsics import intrinsic_faults
from stepvet.asl.checks.spelling import spelling_faults
from stepvet.asl.fault import Aws, Fault
from stepvet.asl.intrinsics.call import Call, parse_template_value
from stepvet.asl.jsonata.text import ExpressionText, split_delimiters
from stepvet.asl.paths.path import PathError
from stepvet.asl.schema.sites import Site
from stepvet.asl.schema.values import SCALARS, TEMPLATES
from stepvet.text.finding import Fix, Label, Rename, Severity
from stepvet.text.node import Array, Hole, Member, Node, Object, Route, String, known_string, type_names

DYNAMIC = ".$"

_looks_dynamic = re.compile(r"\$\$?(?:$|[.\[])|\$[A-Za-z_]\w*[.\[]|States\.[A-Z]\w*\(")
"""A path from the root, the context or a variable's part, or an intrinsic call. A bare `$name` may be any text."""

_TEXTS = frozenset({"Error", "Cause"})


def template_faults(site: Site) -> Iterator[Fault]:
    """The faults of an object's payload templates."""
    if site.language != "JSONPath" or not site.language_known:
        return
    for member in site.node.members:
        name = member.key.value
        if name not in site.field_names:
            continue
        if name in TEMPLATES:
            yield from _Template((*site.route, name)).faults(member.value)
        elif name == "Result":
            yield from _static(member.value, (*site.route, name))
        elif name in SCALARS:
            yield from _forgotten_path(site, member)


class _Template:
    """One template field. AWS places its diagnostics at the field, whatever the depth."""

    def __init__(self, route: Route) -> None:
        self.route = route

    def faults(self, node: Node) -> Iterator[Fault]:
        stack = [node]
        while stack:
            node = stack.pop()
            if isinstance(node, Object):
                for member in node.members:
                    yield from self._member(node, member)
                stack.extend(member.value for member in reversed(node.members))
            elif isinstance(node, Array):
                stack.extend(reversed(node.items))

    def _member(self, parent: Object, member: Member) -> Iterator[Fault]:
        name = member.key.value
        if member.key.holes:
            return
        if not name.endswith(DYNAMIC):
            yield from self._literal(parent, member)
            return
        if name == DYNAMIC:
            message = 'the key ".$" gives a field without a name'
            yield Fault("invalid-template-value", message, member.key, severity=Severity.WARNING)
        twin = parent.member(name.removesuffix(DYNAMIC))
        if twin:
            yield _conflict(member, twin)
        yield from self._dynamic(name, member.value)

    def _dynamic(self, key: str, node: Node) -> Iterator[Fault]:
        diagnostic = aws.schema_error(self.route, aws.NOT_A_TEMPLATE, key=key)
        if not isinstance(node, String):
            if not isinstance(node, Hole):
                message = f'"{key}" is {type_names[node.kind]}, and ".$" asks for a path or an intrinsic call'
                yield Fault("invalid-template-value", message, node, diagnostic)
        elif not node.holes:
            yield from _value_faults(key, node, diagnostic)

    def _literal(self, parent: Object, member: Member) -> Iterator[Fault]:
        value = known_string(member.value)
        if value is None:
            return
        if isinstance(split_delimiters(value.value), ExpressionText):
            yield _expression(member.key.value, value)
            return
        if not _looks_dynamic.match(value.value):
            return
        key = member.key.value
        fix = None if parent.member(f"{key}.$") else Fix(f'rename it to "{key}.$"', (Rename(member.key, f"{key}.$"),))
        yield Fault(
            rule="forgotten-dollar",
            message=f'"{key}" gets the text {_shown(value.value)} itself, because its name does not end in ".$"',
            at=value,
            aws=aws.warning(
                "NO_DOLLAR",
                self.route,
                f"The value of the field '{key}' looks like a path or an intrinsic function, but its name has no '.$'",
            ),
            fix=fix,
        )


def _expression(key: str, value: String) -> Fault:
    return Fault(
        rule="expression-in-jsonpath",
        message=f'"{key}" gets the text of this expression, because its state speaks JSONPath',
        at=value,
        help='set "QueryLanguage": "JSONata" on the state, or write a path under a name that ends in ".$"',
    )


def _shown(text: str) -> str:
    return f'"{text}"' if len(text) <= 40 else f'"{text[:37]}…"'


def _conflict(dynamic: Member, twin: Member) -> Fault:
    name = twin.key.value
    return Fault(
        rule="template-key-conflict",
        message=f'"{dynamic.key.value}" and "{name}" both give the field "{name}"',
        at=dynamic.key,
        labels=(Label(twin.key, "the other one"),),
        help="the specification forbids it; AWS's answer is not recorded",
    )


def _value_faults(key: str, node: String, diagnostic: Aws) -> Iterator[Fault]:
    parsed = parse_template_value(node.value)
    if isinstance(parsed, PathError):
        message = f'"{key}" cannot be evaluated: {parsed.message}'
        yield Fault("invalid-template-value", message, within(node, parsed.start, parsed.end), diagnostic)
        return
    yield from spelling_faults(node, parsed)
    if isinstance(parsed, Call):
        yield from intrinsic_faults(node, parsed, diagnostic)


def _static(node: Node, route: Route) -> Iterator[Fault]:
    """The first path in a Pass state's `Result`, which is given as it is written."""
    found = next(_dynamic_parts(node), None)
    if found is None:
        return
    message = "The Result of a Pass state is static: its paths and intrinsic functions are not evaluated"
    yield Fault(
        rule="static-pass-result",
        message='a path in "Result" is given as text, because "Result" is never evaluated',
        at=found,
        aws=aws.warning("PASS_RESULT_IS_STATIC", route, message),
        help='use "Parameters" instead of "Result"',
    )


def _dynamic_parts(node: Node) -> Iterator[String]:
    match node:
        case Object():
            for member in node.members:
                if member.key.value.endswith(DYNAMIC):
                    yield member.key
                else:
                    yield from _dynamic_parts(member.value)
        case Array():
            for item in node.items:
                yield from _dynamic_parts(item)
        case String(holes=()):
            if _looks_dynamic.match(node.value):
                yield node
        case _:
            return


def _forgotten_path(site: Site, member: Member) -> Iterator[Fault]:
    """Where the constant must be a number or a time, the check of that tells our reader."""
    value = known_string(member.value)
    if value is None or not _looks_dynamic.match(value.value):
        return
    name = member.key.value
    twin = f"{name}Path"
    message = f"The value of the field '{name}' looks like a path, but the name of the field does not end with 'Path'"
    yield Fault(
        rule="forgotten-path",
        message=f'"{name}" is the text {_shown(value.value)} itself, not what the path leads to',
        at=value,
        aws=aws.warning("NO_PATH", (*site.route, name), message),
        fix=None if site.node.member(twin) else Fix(f'rename it to "{twin}"', (Rename(member.key, twin),)),
        severity=Severity.WARNING,
        hidden=name not in _TEXTS,
    )
