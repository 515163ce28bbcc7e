"""Print the JSON Schema of a file format."""

from __future__ import annotations

import argparse
import json
from importlib import import_module

from stepvet.cli.main import OK

SCHEMAS = {
    "report": "stepvet.lint.report_schema",
    "baseline": "stepvet.lint.baseline",
    "scenario": "stepvet.run.scenarios.schema",
    "mocks": "stepvet.run.services.schema",
}
"""Each module has a `SCHEMA`."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("format", choices=tuple(SCHEMAS))


def execute(options: argparse.Namespace) -> int:
    print(json.dumps(import_module(SCHEMAS[options.format]).SCHEMA, indent=2))
    return OK
