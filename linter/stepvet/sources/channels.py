"""What kind of file a text is, and the reader of that kind.

A cheap look at the text comes first, so that a file without state machines costs next to nothing. A reader of templates
is loaded when the first of them is met.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from stepvet.sources import broken, plain
from stepvet.sources.definition import Definition
from stepvet.sources.kinds import is_cloudformation, is_serverless, is_terraform
from stepvet.sources.notice import Notice
from stepvet.sources.reading import format_of, is_definition, read
from stepvet.sources.store import FileStore, TextFile, Variables
from stepvet.sources.walk import is_definition_name
from stepvet.text.node import Object
from stepvet.text.reading import Reading


class Kind(Enum):
    DEFINITION = "definition"
    """A text that is one definition."""
    DATA = "data"
    """JSON or YAML that may hold definitions: a template, a plan, anything."""
    TERRAFORM = "terraform"


def kind_of(file: TextFile, *, named: bool) -> Kind | None:
    """What to read the file as; None where it can't hold a state machine. A file that was named is looked at harder."""
    name, text = file.source.file, file.source.text
    lower = name.lower()
    if is_definition_name(name):
        return Kind.DEFINITION
    if lower.endswith(".tf"):
        return Kind.TERRAFORM if _terraform_words(text) or named else None
    if "StateMachine" in text or "stepFunctions" in text or "aws_sfn_state_machine" in text:
        return Kind.DATA
    if "StartAt" in text and "States" in text:
        return Kind.DATA
    if named and lower.endswith(".json"):
        return Kind.DATA
    return None


def _terraform_words(text: str) -> bool:
    return "sfn_state_machine" in text or "stepfunctions_state_machine" in text or "step-function" in text


def definitions_in(file: TextFile, kind: Kind, store: FileStore, variables: Variables) -> Iterator[Definition | Notice]:
    """The definitions of a file, in the order of its text."""
    name, text = file.source.file, file.source.text
    format = format_of(name, text)
    if kind is Kind.TERRAFORM:
        from stepvet.sources import terraform

        yield from terraform.definitions(file, store, variables)
        return
    reading = read(text, format)
    if kind is Kind.DEFINITION or is_definition(reading.root) or _broken_definition(reading, text):
        yield plain.whole_file(file, reading, format, variables)
        return
    root = reading.root
    if not isinstance(root, Object):
        yield from plain.embedded(file, reading, format, variables)
    elif is_cloudformation(root):
        from stepvet.sources import cloudformation

        found = cloudformation.definitions(file, reading, format, store, variables)
        yield from broken.told(file, reading, format, found)
    elif is_serverless(root):
        from stepvet.sources import serverless

        found = serverless.definitions(file, reading, store, variables)
        yield from broken.told(file, reading, format, found)
    elif is_terraform(root):
        from stepvet.sources import terraform_plan

        yield from terraform_plan.definitions(file, root, variables)
    else:
        yield from plain.embedded(file, reading, format, variables)


def _broken_definition(reading: Reading, text: str) -> bool:
    """A text with faults that is, as far as one can see, a definition."""
    wordless = not text.strip() or reading.root is None
    return bool(reading.faults) and (wordless or ("StartAt" in text and "Resources" not in text))
