"""Write a baseline of what is found now, or prune one of what is found no more."""

from __future__ import annotations

import argparse
from pathlib import Path

from stepvet.cli.checking import read_baseline, run_check, settings_of
from stepvet.cli.flags import add_check_flags
from stepvet.cli.main import OK, TROUBLE
from stepvet.cli.output import note, write_file, write_notices
from stepvet.lint import baseline
from stepvet.report.full import plural

DEFAULT = "stepvet-baseline.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("write", "prune"))
    add_check_flags(parser)


def execute(options: argparse.Namespace) -> int:
    path = options.baseline or Path(DEFAULT)
    options.baseline = None
    report = run_check(options, settings_of(options))
    write_notices(report.notices, options.quiet, options.verbose)
    kept = (
        baseline.of(report.findings)
        if options.action == "write"
        else baseline.pruned(read_baseline(path), report.findings)
    )
    write_file(path, [baseline.written(kept)])
    if not options.quiet:
        note(f"{path} holds {plural(sum(kept.counts.values()), 'finding')}")
    return TROUBLE if any(n.level == "error" for n in report.notices) else OK
