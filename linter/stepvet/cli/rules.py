"""List the rules that are installed: name, severity, group and what each finds."""

from __future__ import annotations

import argparse
import json

from stepvet.cli.explain import listing
from stepvet.cli.main import OK
from stepvet.lint.registry import AnyRule, installed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-f", "--output-format", choices=("text", "json"), default="text")


def execute(options: argparse.Namespace) -> int:
    rules = list(installed().rules)
    as_json = options.output_format == "json"
    print(json.dumps([_record(r) for r in rules], indent=1) if as_json else "\n".join(listing(rules)))
    return OK


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
