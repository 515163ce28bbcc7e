"""What `run`, `test` and `paths` have in common: one definition that can be run, and values from flags."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stepvet.asl.json_text import read_json
from stepvet.asl.model import StateMachine
from stepvet.asl.parse import parse
from stepvet.cli.main import Trouble
from stepvet.cli.output import write
from stepvet.lint.engine import check, machine_type
from stepvet.lint.report import Report
from stepvet.lint.settings import Settings
from stepvet.report import Style, renderer
from stepvet.sources import Definition, LoadOptions, load
from stepvet.sources.disk import bytes_of
from stepvet.sources.filled import filled
from stepvet.sources.notice import Notice
from stepvet.text.finding import Severity
from stepvet.text.inner import resolve_at
from stepvet.text.node import At


@dataclass(frozen=True, slots=True)
class Runnable:
    """A definition without errors, and its machine."""

    definition: Definition
    machine: StateMachine

    def place(self, at: At) -> str:
        """`file:line:column` of a node in the user's own file."""
        source, span = self.definition.source.resolve(resolve_at(at, self.definition.source))
        start = source.position(span.start)
        return f"{source.file}:{start.line}:{start.column}"


def add_definition_flags(parser: argparse.ArgumentParser) -> None:
    """How a definition is read and checked before it is run; `file_settings` makes settings of them."""
    parser.add_argument("--type", choices=("STANDARD", "EXPRESS"), help="machine type where no template says it")
    parser.add_argument("--var", metavar="NAME=VALUE", action="append", default=[], help="the value of a ${NAME}")
    parser.add_argument("--config", metavar="PATH", type=Path, help="this settings file instead of the nearest one")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")


def runnable(path: str, settings: Settings) -> Runnable:
    """The one definition of a path. Trouble where there is none, where there are several, or where it has errors."""
    found = list(load([path], LoadOptions(variables=settings.variables)))
    definitions = [d for d in found if isinstance(d, Definition)]
    if len(definitions) != 1:
        raise Trouble(_not_one(path, definitions, [n for n in found if isinstance(n, Notice)]))
    definition = definitions[0]
    if definition.unread is not None:
        raise Trouble(f"{path}: the definition can't be read: {definition.unread}")
    _refuse_errors(check(definition, settings))
    machine = parse(filled(definition.root), machine_type(definition, settings)) if definition.root else None
    if machine is None:
        raise Trouble(f"{path}: there is no definition to run")
    return Runnable(definition, machine)


def _not_one(path: str, found: list[Definition], notices: list[Notice]) -> str:
    if found:
        names = ", ".join(f"{path}#{d.resource}" for d in found if d.resource) or "several files"
        return f"{path} has {len(found)} definitions; choose one: {names}"
    told = next((notice.message for notice in notices if notice.level == "error"), "no state machine definition in it")
    return f"{path}: {told}"


def _refuse_errors(report: Report) -> None:
    """A definition with errors isn't run: its findings go to stderr. What only a run shows is there to be run."""
    errors = [d for d in report.findings if d.severity is Severity.ERROR]
    if errors:
        write(sys.stderr, renderer("concise")(report, Style()))
    if any(d.witness is None or d.aws_code for d in errors):
        raise Trouble("the definition has errors and is not run")


def json_value(text: str | None, flag: str, default: Any = None) -> Any:
    """The value of a flag that takes FILE, JSON or `-`."""
    if text is None:
        return default
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    try:
        return _json(text)
    except OSError as error:
        raise Trouble(f'{flag}: "{shown}" can\'t be read: {error.strerror}') from None
    except (ValueError, RecursionError) as error:
        what = f'"{shown}"' if text == "-" or is_file(text) else f'"{shown}" is neither a file nor JSON'
        raise Trouble(f"{flag}: {what}: {error}") from None


_SHOWN = 60
"""As many characters of a value are told back."""


def _json(text: str) -> Any:
    """What a flag's text, file or standard input holds."""
    if text == "-":
        text = sys.stdin.read()
    elif is_file(text):
        text = bytes_of(Path(text)).decode("utf-8-sig")
    return read_json(text)


def is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def json_object(text: str | None, flag: str) -> dict[str, Any]:
    value = json_value(text, flag, {})
    if not isinstance(value, dict):
        raise Trouble(f"{flag} takes a JSON object")
    return value
