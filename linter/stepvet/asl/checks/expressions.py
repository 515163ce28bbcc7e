"""JSONata by position: syntax, references that have no meaning at the top level, and what `$states` holds where.

The parser and the analysis of trees say what an expression is; here stands which fields hold expressions and what AWS
says of them. Unknown variables and functions are accepted by AWS and fail when they are reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepvet.asl import aws
from stepvet.asl.checks.inside import within
from stepvet.asl.fault import Aws, Fault
from stepvet.asl.jsonata.analysis import (
    CallProblem,
    RootReference,
    SignatureFault,
    root_references,
    signature_faults,
    states_bindings,
    states_references,
)
from stepvet.asl.jsonata.syntax import parse_jsonata
from stepvet.asl.jsonata.text import EmbeddedExpression, ExpressionText, UnclosedExpression, split_delimiters
from stepvet.asl.jsonata.tokens import JsonataError
from stepvet.asl.jsonata.tree import Expression
from stepvet.asl.schema.sites import Site
from stepvet.asl.schema.values import SCALARS
from stepvet.text.finding import Fix, SetValue, Severity
from stepvet.text.node import Inside, Node, Object, Route, String, is_known, walk

_TREES = ("Arguments", "Output", "Assign", "ItemSelector", "BatchInput", "Items", "Condition")
FIELDS = frozenset((*_TREES, *SCALARS))
"""Fields of JSONata states that hold expressions. `Credentials` isn't among them: AWS doesn't check it (measured)."""

_WITH_RESULT = frozenset({"Task", "Parallel", "Map"})
_AFTER = frozenset({"Output", "Assign"})
_MEMBERS = frozenset({"input", "context", "result", "errorOutput"})


def expression_faults(site: Site) -> Iterator[Fault]:
    """The faults of an object's expressions."""
    if site.language != "JSONata" or not site.language_known:
        return
    for member in site.node.members:
        name = member.key.value
        if name in FIELDS and name in site.field_names:
            yield from _field_faults(site, name, member.value)


def _field_faults(site: Site, field: str, value: Node) -> Iterator[Fault]:
    for inner, node in walk(value):
        if is_known(node):
            yield from _string_faults(site, field, node, (*site.route, field, *inner))
        elif isinstance(node, Object) and field != "Items":
            yield from _path_keys(node)


def _string_faults(site: Site, field: str, node: String, route: Route) -> Iterator[Fault]:
    match split_delimiters(node.value):
        case ExpressionText(source, offset):
            tree = parse_jsonata(source)
            if isinstance(tree, JsonataError):
                yield _syntax(node, tree, offset, route)
            else:
                yield from _Spot(site, field, node, offset, route).faults(tree)
        case UnclosedExpression():
            yield Fault(
                rule="half-delimited-expression",
                message=_why_unclosed(node.value),
                at=node,
                aws=aws.schema_error(route, aws.HALF_DELIMITED),
                help=_IN_YAML if node.value.endswith("\n") else None,
                fix=_closed(node),
            )
        case EmbeddedExpression(start, end):
            yield _embedded(node, start, end)
        case _:
            if node.value.rstrip().endswith("%}"):
                message = 'this text is no expression, because it does not start with "{%"'
                yield Fault("embedded-expression", message, node)


_IN_YAML = "in YAML, a block that starts with |- or >- ends without a line break"


def _why_unclosed(text: str) -> str:
    bare = text.rstrip()
    if not bare.endswith("%}"):
        return 'this expression is never closed: it has to end in "%}"'
    what = "a line break" if "\n" in text[len(bare) :] else "a blank"
    return f'{what} stands after "%}}", so this is no expression, and AWS refuses it'


def _closed(node: String) -> Fix | None:
    bare = node.value.rstrip(" ")
    if bare.endswith("%}"):
        return Fix("remove the blanks", (SetValue(node, bare),))
    if "%}" in node.value:
        return None
    text = node.value.rstrip("%} ")
    return Fix('end it with "%}"', (SetValue(node, f"{text} %}}"),))


def _embedded(node: String, start: int, end: int) -> Fault:
    around = node.value[:start] + node.value[end:]
    fix = None if around.strip() else Fix("remove the blanks", (SetValue(node, node.value[start:end]),))
    return Fault(
        rule="embedded-expression",
        message="this expression stays text, because other text stands beside its delimiters",
        at=within(node, start, end),
        help="make the whole string one expression, as in \"{% 'a' & $b %}\"" if around.strip() else None,
        fix=fix,
    )


def _syntax(node: String, error: JsonataError, offset: int, route: Route) -> Fault:
    diagnostic = Aws(aws.BAD_JSONATA, error.message, aws.location(route))
    at = within(node, error.start + offset, error.end + offset)
    return Fault("jsonata-syntax", f"the expression cannot be read: {error.message}", at, diagnostic)


def _path_keys(node: Object) -> Iterator[Fault]:
    for member in node.members:
        if member.key.value.endswith(".$") and not member.key.holes:
            name = member.key.value.removesuffix(".$")
            yield Fault(
                rule="path-key-in-jsonata",
                message=f'the field is called "{member.key.value}", because ".$" means nothing in JSONata',
                at=member.key,
                help=f'name it "{name}" and write its value as "{{% … %}}"',
            )


@dataclass(frozen=True, slots=True)
class _Spot:
    """A string with an expression: the object and the field that it belongs to, and where its text starts."""

    site: Site
    field: str
    node: String
    offset: int
    route: Route

    def at(self, start: int, end: int) -> Inside | String:
        return within(self.node, start + self.offset, end + self.offset)

    def unsupported(self, message: str) -> Aws:
        return Aws(aws.UNSUPPORTED_JSONATA, message, aws.location(self.route))

    def faults(self, tree: Expression) -> Iterator[Fault]:
        for reference in root_references(tree):
            yield Fault(
                rule="jsonata-root-reference",
                message=f'"{reference.name}" refers to nothing, because an expression has no data of its own here',
                at=self.at(reference.start, reference.end),
                aws=self.unsupported(reference.message),
                help=_root_help(reference.name),
                fix=self._meant(reference),
            )
        yield from self._states(tree)
        for bound in states_bindings(tree):
            message = '"$states" is reserved and cannot be bound'
            yield Fault("reserved-variable-name", message, self.at(bound.start, bound.end))
        for fault in signature_faults(tree):
            yield self._call(fault)

    def _meant(self, reference: RootReference) -> Fix | None:
        """What stands for the roots of JSONPath; a bare name may be a variable or a field."""
        meant = _MEANT.get(reference.name)
        if meant is None:
            return None
        text, start, end = self.node.value, reference.start + self.offset, reference.end + self.offset
        return Fix(f'write "{meant}"', (SetValue(self.node, text[:start] + meant + text[end:]),))

    def _states(self, tree: Expression) -> Iterator[Fault]:
        told: set[str] = set()
        for reference in states_references(tree):
            name = reference.member
            if name is None or name in told or self._has(name):
                continue
            told.add(name)
            recorded = name != "result"
            diagnostic = self.unsupported(aws.NO_STATES_FIELD.format(name=name)) if recorded else None
            yield Fault(
                rule="jsonata-states-field",
                message=f'"$states.{name}" does not exist here',
                at=self.at(reference.start, reference.end),
                aws=diagnostic,
                help=_STATES_HELP.get(name, f"$states has {', '.join(sorted(_MEMBERS))}"),
            )

    def _has(self, member: str) -> bool:
        match member:
            case "result":
                return self.site.kind in _WITH_RESULT and self.field in _AFTER
            case "errorOutput":
                return self.site.kind == "catcher"
            case _:
                return member in _MEMBERS

    def _call(self, fault: SignatureFault) -> Fault:
        at = self.at(fault.call.start, fault.call.end)
        name = fault.call.name
        if fault.problem is CallProblem.ARGUMENTS:
            message = f'"${name}" takes {_due(fault)}, not {fault.call.arguments}'
            return Fault("jsonata-arguments", message, at, severity=Severity.WARNING)
        why = "Step Functions does not have" if fault.problem is CallProblem.REMOVED else "there is no"
        message = f'{why} "${name}"' if fault.problem is CallProblem.REMOVED else f'{why} function "${name}"'
        near = f'did you mean "${fault.nearest}"?' if fault.nearest else None
        return Fault("unknown-jsonata-function", message, at, help=near, severity=Severity.WARNING)


_STATES_HELP = {
    "errorOutput": 'only "Output" and "Assign" of a catcher have it',
    "result": 'only "Output" and "Assign" of Task, Parallel and Map states have it',
}


_MEANT = {"$": "$states.input", "$$": "$states.context"}


def _root_help(name: str) -> str | None:
    if name in _MEANT:
        return 'the state\'s input is "$states.input", the Context Object is "$states.context"'
    return f'"${name}" is a variable, "$states.input.{name}" a field of the input' if name.isidentifier() else None


def _due(fault: SignatureFault) -> str:
    if fault.most is None:
        return f"{fault.least} or more arguments"
    if fault.least == fault.most:
        return f"{fault.least} argument{'' if fault.least == 1 else 's'}"
    return f"{fault.least} to {fault.most} arguments"
