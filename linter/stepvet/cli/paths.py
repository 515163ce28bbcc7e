"""Run a definition on symbolic inputs: every path, what it assumes, and an input with task answers that take it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from stepvet.cli.checking import file_settings
from stepvet.cli.flags import positive
from stepvet.cli.main import OK, Trouble
from stepvet.cli.output import write, write_file
from stepvet.cli.runnable import add_definition_flags, runnable
from stepvet.lint.knowledge import known_shapes
from stepvet.report.paths import json_text, text_lines
from stepvet.run.symbolic.limits import Limits
from stepvet.run.symbolic.paths import Exploration, explore
from stepvet.run.symbolic.requirements import input_schema
from stepvet.run.symbolic.writing import mock_configuration, scenario_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE[#RESOURCE]", help="the definition, or a template and its resource")
    parser.add_argument("--write", metavar="DIR", help="write the confirmed paths as a scenario file and as mocks")
    parser.add_argument("--input-schema", action="store_true", help="print what the machine requires of its input")
    parser.add_argument("--max-paths", type=positive, default=256, metavar="N", help="paths that are followed (256)")
    parser.add_argument("--max-visits", type=positive, default=3, metavar="N", help="rounds of a loop (3)")
    add_definition_flags(parser)
    parser.add_argument("-f", "--output-format", choices=("text", "json"), default="text")


def execute(options: argparse.Namespace) -> int:
    settings = file_settings(options)
    found = runnable(options.file, settings)
    if options.input_schema:
        write(sys.stdout, [json.dumps(input_schema(found.machine), ensure_ascii=False, indent=2) + "\n"])
        return OK
    limits = Limits(visits=options.max_visits, paths=options.max_paths)
    explored = explore(found.machine, limits, known_shapes(found.definition, settings))
    if options.write is not None:
        _write(Path(options.write), options.file, explored)
    write(sys.stdout, json_text(explored) if options.output_format == "json" else text_lines(explored))
    return OK


def _write(folder: Path, shown: str, explored: Exploration) -> None:
    """The scenario file names the definition as seen from its own folder."""
    file, _, resource = shown.partition("#")
    name = resource or Path(file).name.partition(".")[0]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = os.path.relpath(file, folder).replace(os.sep, "/")
    except (OSError, ValueError) as error:
        raise Trouble(f'"{folder}" can\'t be written: {getattr(error, "strerror", None) or error}') from None
    definition = f"{place}#{resource}" if resource else place
    write_file(folder / f"{name}.stepvet.yaml", scenario_lines(definition, explored.paths))
    mocks = json.dumps(mock_configuration(name, explored.paths), ensure_ascii=False, indent=2)
    write_file(folder / f"{name}.MockConfigFile.json", [mocks + "\n"])
