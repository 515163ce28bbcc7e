"""List the rules that are installed: name, severity, group and what each finds."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator

from stepvet.cli.explain import listing
from stepvet.cli.main import OK
from stepvet.lint.registry import AnyRule, installed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-f", "--output-format", choices=tuple(WRITERS), default="text")


def execute(options: argparse.Namespace) -> int:
    print("\n".join(WRITERS[options.output_format](list(installed().rules))))
    return OK


def as_json(rules: list[AnyRule]) -> Iterator[str]:
    yield json.dumps([_record(r) for r in rules], indent=1)


def as_markdown(rules: list[AnyRule]) -> Iterator[str]:
    """A table for each group; the README holds it."""
    for group in sorted({r.group for r in rules}):
        yield f"\n**{group}**\n\n| rule | severity | what it finds |\n|---|---|---|"
        yield from (_row(r) for r in rules if r.group == group)


def _row(rule: AnyRule) -> str:
    summary = rule.summary.replace("|", r"\|")
    return f"| `{rule.name}` | {rule.severity.value} | {summary} |"


WRITERS: dict[str, Callable[[list[AnyRule]], Iterator[str]]] = {
    "text": listing,
    "json": as_json,
    "markdown": as_markdown,
}


def _record(rule: AnyRule) -> dict[str, object]:
    return {
        "name": rule.name,
        "group": rule.group,
        "severity": rule.severity.value,
        "since": rule.since,
        "aws_codes": list(rule.aws_codes),
        "summary": rule.summary,
        "page": rule.page,
    }
