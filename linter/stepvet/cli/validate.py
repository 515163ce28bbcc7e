"""Answer as AWS's ValidateStateMachineDefinition does, offline: its JSON response on stdout."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from stepvet.cli.main import FINDINGS, OK, Trouble
from stepvet.cli.output import write
from stepvet.lint.errors import ValidationError
from stepvet.lint.verdict import Format, answer
from stepvet.sources.decode import Undecodable, decode
from stepvet.sources.disk import bytes_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a definition in JSON or YAML; - reads standard input")
    parser.add_argument("--type", choices=("STANDARD", "EXPRESS"), default="STANDARD", help="the machine's type")
    parser.add_argument("--severity", choices=("ERROR", "WARNING"), default="ERROR", help="the mildest to answer")
    parser.add_argument("--max-results", type=int, default=100, metavar="N", help="most diagnostics, 0 to 100")


def execute(options: argparse.Namespace) -> int:
    """0 for OK, 1 for FAIL; a request that AWS would refuse is trouble."""
    format_: Format = "yaml" if Path(options.file).suffix.lower() in (".yaml", ".yml") else "json"
    try:
        given = answer(_text(options.file), format_, options.type, options.severity, options.max_results)
    except ValidationError as error:
        raise Trouble(f"{options.file}: {error}") from None
    write(sys.stdout, [json.dumps(given, indent=2, ensure_ascii=False), "\n"])
    return OK if given["result"] == "OK" else FINDINGS


def _text(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else bytes_of(Path(file))
    except OSError as error:
        raise Trouble(f"{file} can't be read: {error.strerror}") from None
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        raise Trouble(f"{file} can't be read: {decoded.reason}")
    return decoded.text
