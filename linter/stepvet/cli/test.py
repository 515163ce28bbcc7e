"""Run scenario files (*.stepvet.yaml): their cases, what must come of them, and the coverage of the definition."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from stepvet.cli.main import FINDINGS, OK, TROUBLE, Trouble
from stepvet.cli.output import write, write_file
from stepvet.cli.runnable import runnable
from stepvet.report.scenarios import FORMATS, Outcome
from stepvet.run.coverage import Coverage, coverage_of
from stepvet.run.mocks import MockFault
from stepvet.run.scenario import Scenario, read_scenario, run_case

SUFFIXES = (".stepvet.yaml", ".stepvet.yml")
SKIPPED = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__", ".terraform", ".aws-sam"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="scenario files, or folders of them (default: .)")
    parser.add_argument(
        "-f", "--output-format", metavar="F[=FILE]", action="append", help=f"{', '.join(FORMATS)}; repeatable (text)"
    )


def execute(options: argparse.Namespace) -> int:
    """0 where every case passed and the coverage is reached, 1 where not, 2 where a file can't be used."""
    outputs = [_output(text) for text in options.output_format or ["text"]]
    files = list(_files(options.paths or ["."]))
    if not files:
        print("stepvet: no scenario file (*.stepvet.yaml) found", file=sys.stderr)
    outcomes, troubled = _outcomes(files)
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


def _files(paths: Iterable[str]) -> Iterator[Path]:
    """Scenario files in sorted order; a file that is named is one whatever its name."""
    for name in paths:
        path = Path(name)
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.name.endswith(SUFFIXES) and not SKIPPED & set(p.parts))
        else:
            raise Trouble(f'"{name}" does not exist')


def _outcomes(files: list[Path]) -> tuple[list[Outcome], bool]:
    """What came of each file, and whether one couldn't be used; the others are run all the same."""
    outcomes: list[Outcome] = []
    troubled = False
    for path in files:
        scenario = read_scenario(path)
        if isinstance(scenario, MockFault):
            print(f"stepvet: {path.as_posix()}: {scenario.message}", file=sys.stderr)
            troubled = True
            continue
        try:
            outcomes.append(_outcome(path, scenario))
        except Trouble as trouble:
            print(f"stepvet: {path.as_posix()}: {trouble}", file=sys.stderr)
            troubled = True
    return outcomes, troubled


def _outcome(path: Path, scenario: Scenario) -> Outcome:
    name, hash_, resource = scenario.definition.partition("#")
    asked = scenario.type if scenario.type in ("STANDARD", "EXPRESS") else None
    found = runnable(f"{(path.parent / name).as_posix()}{hash_}{resource}", asked)  # type: ignore[arg-type]
    results = tuple(run_case(found.machine, case) for case in scenario.cases)
    coverage = coverage_of(found.machine, (r.execution for r in results if r.execution is not None))
    return Outcome(path.as_posix(), scenario.definition, results, coverage, tuple(_short(scenario, coverage)))


def _short(scenario: Scenario, coverage: Coverage) -> Iterator[str]:
    for kind, wanted in scenario.coverage.items():
        percent = coverage.percent(kind)
        if percent < wanted:
            yield f"coverage of {kind} is {percent:.1f} %, and {wanted:g} % is asked for"
