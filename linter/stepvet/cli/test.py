"""Run scenario files (*.stepvet.yaml): their cases, what must come of them, and the coverage of the definition."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from stepvet.cli.checking import file_settings
from stepvet.cli.main import FINDINGS, OK, TROUBLE, Trouble
from stepvet.cli.output import write, write_file
from stepvet.cli.runnable import Runnable, add_definition_flags, runnable
from stepvet.lint.settings import Settings
from stepvet.report.safe import visible
from stepvet.report.scenarios import FORMATS, Outcome
from stepvet.run.document import FileFault
from stepvet.run.scenarios.coverage import Coverage, coverage_of
from stepvet.run.scenarios.scenario import Result, Scenario, read_scenario, run_case, unknown_state
from stepvet.sources.walk import Found, walk

SUFFIXES = (".stepvet.yaml", ".stepvet.yml")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="scenario files, or folders of them (default: .)")
    add_definition_flags(parser)
    parser.add_argument(
        "-f", "--output-format", metavar="F[=FILE]", action="append", help=f"{', '.join(FORMATS)}; repeatable (full)"
    )


def execute(options: argparse.Namespace) -> int:
    """0 where every case passed and the coverage is reached, 1 where not, 2 where a file can't be used."""
    outputs = [_output(text) for text in options.output_format or ["full"]]
    files = list(_files(options.paths or ["."]))
    if not files:
        print("stepvet: no scenario file (*.stepvet.yaml) found", file=sys.stderr)
    outcomes, troubled = _outcomes(files, file_settings(options))
    for name, file in sorted(outputs, key=lambda output: output[1] is None):
        pieces = FORMATS[name](outcomes)
        if file is None:
            write(sys.stdout, pieces)
        else:
            write_file(Path(file), pieces)
    failed = any(not outcome.passed for outcome in outcomes)
    return TROUBLE if troubled else FINDINGS if failed else OK


def _output(text: str) -> tuple[str, str | None]:
    name, _, file = text.partition("=")
    if name not in FORMATS:
        raise Trouble(f'no output format is called "{name}"; there are {", ".join(FORMATS)}')
    return name, file or None


def _files(paths: Sequence[str]) -> Iterator[Path]:
    """Scenario files below the paths, as `check` finds definitions; a file that is named is one whatever its name."""
    for found in walk(paths, (), False):
        if isinstance(found, Found):
            if found.named or found.shown.lower().endswith(SUFFIXES):
                yield Path(found.shown)
        elif found.level == "error":
            raise Trouble(f'"{found.file}" {found.message}')


def _outcomes(files: list[Path], settings: Settings) -> tuple[list[Outcome], bool]:
    """What came of each file, and whether one couldn't be used; the others are run all the same."""
    outcomes: list[Outcome] = []
    troubles: list[str] = []
    for path in files:
        found = _tried(path, settings)
        if isinstance(found, Outcome):
            outcomes.append(found)
            troubles.extend(f"{r.case.places['']}: {r.missing}" for r in found.results if r.missing is not None)
        else:
            troubles.append(found)
    for trouble in troubles:
        print(visible(f"stepvet: {trouble}"), file=sys.stderr)
    return outcomes, bool(troubles)


def _tried(path: Path, settings: Settings) -> Outcome | str:
    """What came of a file, or why it can't be used."""
    scenario = read_scenario(path)
    if isinstance(scenario, FileFault):
        return scenario.message
    name, hash_, resource = scenario.definition.partition("#")
    try:
        place = f"{(path.parent / name).as_posix()}{hash_}{resource}"
        found = runnable(place, replace(settings, type=scenario.type or settings.type))
    except Trouble as trouble:
        return scenario.fault("definition", str(trouble)).message
    fault = unknown_state(scenario, found.machine)
    return _outcome(path, scenario, found) if fault is None else fault.message


def _outcome(path: Path, scenario: Scenario, found: Runnable) -> Outcome:
    results = tuple(_placed(run_case(found.machine, case), found) for case in scenario.cases)
    executions = (r.execution for r in results if r.execution is not None)
    coverage = coverage_of(found.machine, executions, found.place)
    resource = found.definition.resource
    name = f"{found.definition.file}#{resource}" if resource else found.definition.file
    return Outcome(path.as_posix(), name, results, coverage, tuple(_short(scenario, coverage)))


def _placed(result: Result, found: Runnable) -> Result:
    failure = result.execution.failure if result.execution is not None else None
    at = failure.at if failure is not None else None
    return result if at is None else replace(result, failed_at=found.place(at))


def _short(scenario: Scenario, coverage: Coverage) -> Iterator[str]:
    for kind, wanted in scenario.coverage.items():
        percent = coverage.percent(kind)
        if percent < wanted:
            yield f"coverage of {kind} is {percent:g} %, and {wanted:g} % is asked for"
