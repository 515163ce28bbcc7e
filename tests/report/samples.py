"""Four findings that every format is shown with: in JSON, in YAML, across two files, in a state named in CJK and emoji.

The rules are the tests' own, so that the reports stay what they are when the rules that are installed change.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stepvet.lint.context import Context
from stepvet.lint.engine import check
from stepvet.lint.report import Report, merged
from stepvet.lint.rule import rule
from stepvet.lint.settings import Settings
from stepvet.sources import Definition, LoadOptions, load
from stepvet.text.finding import Finding, Fix, Label, Rename, SetValue, Severity, Witness
from stepvet.text.node import Node, walk
from stepvet.text.source import Span

FOLDER = Path(__file__).parents[2] / "fixtures" / "reports"
FILES = ("order.asl.json", "refund.asl.yaml", "shop/template.yaml", "注文.asl.json")


def node(definition: Definition, *route: str | int) -> Node | None:
    """The node at a route, where there is one."""
    return next((n for r, n in walk(definition.root) if r == route), None) if definition.root else None


@rule("field-never-there", visits=Definition, severity=Severity.ERROR, since="0.1", bad=[])
def field_never_there(definition: Definition, _context: Context) -> Iterator[Finding]:
    """A path to a field that no input has.

    Nothing before the state puts the field there, so every run that gets there fails.
    """
    path = node(definition, "States", "Ship order", "InputPath")
    lost = node(definition, "States", "Read order", "Parameters")
    if path and lost:
        yield Finding(
            '`$.order.id` cannot exist when "Ship order" runs',
            at=path,
            labels=(Label(lost, "replaces the whole input"),),
            help="read `$.id`",
            fix=Fix("read `$.id`", (SetValue(path, "$.id"),), "unsafe"),
            witness=Witness({"order": {"id": 7}}, {}),
            aws_code=None,
        )


@rule("old-field-name", visits=Definition, severity=Severity.WARNING, since="0.1", bad=[])
def old_field_name(definition: Definition, _context: Context) -> Iterator[Finding]:
    """A field under the name that it had before 2022."""
    refund = node(definition, "States", "Refund")
    member = getattr(refund, "member", lambda _: None)("Iterator")
    if member:
        fix = Fix('call it "ItemProcessor"', (Rename(member.key, "ItemProcessor"),), "safe")
        yield Finding('"Iterator" is called "ItemProcessor" now', at=member.key, fix=fix)


@rule("undefined-placeholder", visits=Definition, severity=Severity.ERROR, since="0.1", bad=[])
def undefined_placeholder(definition: Definition, _context: Context) -> Iterator[Finding]:
    """A placeholder that the template does not define."""
    queue = node(definition, "States", "Send", "Parameters", "QueueUrl")
    if queue and definition.template:
        start = definition.template.text.index("DefinitionSubstitutions")
        label = Label(Span(start, start + len("DefinitionSubstitutions")), "defines Queue", definition.template)
        yield Finding("nothing defines `${Quene}`", at=queue, labels=(label,), aws_code="SCHEMA_VALIDATION_FAILED")


@rule("no-default", visits=Definition, severity=Severity.INFO, since="0.1", bad=[])
def no_default(definition: Definition, _context: Context) -> Iterator[Finding]:
    """A Choice without a default."""
    choices = node(definition, "States", "注文🎉", "Choices")
    if choices:
        yield Finding('"注文🎉" has no "Default"', at=choices)


RULES = (field_never_there, old_field_name, undefined_placeholder, no_default)


def sample() -> Report:
    """The report of the four files; the working folder has to be theirs."""
    found = list(load(FILES, LoadOptions()))
    definitions = [f for f in found if isinstance(f, Definition)]
    reports = [check(definition, Settings(), RULES) for definition in definitions]
    return merged([Report(files=len(definitions)), *reports])
