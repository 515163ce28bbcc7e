"""Write a baseline of what is found now, or prune one of what is found no more.

Pruning takes out only what was looked for: what lies in other files than those that were named, in files that could not
be read, or is about rules that flags leave out, stays.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from stepvet.cli.checking import file_settings, read_baseline, run_check, settings_of
from stepvet.cli.flags import add_check_flags
from stepvet.cli.main import OK, TROUBLE
from stepvet.cli.output import note, write_file, write_notices
from stepvet.lint import baseline
from stepvet.lint.baseline import Entry
from stepvet.lint.registry import installed
from stepvet.lint.report import Report
from stepvet.lint.settings import Settings
from stepvet.report.full import plural

DEFAULT = "stepvet-baseline.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("write", "prune"))
    add_check_flags(parser)


def execute(options: argparse.Namespace) -> int:
    """0, or 2 where a file couldn't be read."""
    path = options.baseline or Path(DEFAULT)
    options.baseline = None
    settings = settings_of(options)
    report = run_check(options, settings)
    write_notices(report.notices, options.quiet, options.verbose)
    if options.action == "write":
        kept = baseline.of(report.findings)
    else:
        kept = baseline.pruned(read_baseline(path, report), report.findings, _was_looked_for(options, settings, report))
    write_file(path, [baseline.written(kept)])
    if not options.quiet:
        note(f"{path} holds {plural(sum(kept.counts.values()), 'finding')}")
    return TROUBLE if any(n.level == "error" for n in report.notices) else OK


def _was_looked_for(options: argparse.Namespace, settings: Settings, report: Report) -> Callable[[Entry], bool]:
    places = [_absolute(text.partition("#")[0]) for text in options.paths or ["."]]
    unread = {_absolute(n.file) for n in report.notices if n.file and n.level == "error"}
    skipped = _names(file_settings(options)) - _names(settings)

    def looked_for(entry: Entry) -> bool:
        file, _, rule, *_ = entry
        path = _absolute(file)
        return path not in unread and rule not in skipped and any(path.is_relative_to(place) for place in places)

    return looked_for


def _names(settings: Settings) -> set[str]:
    return {rule.name for rule in settings.selected(installed())}


def _absolute(path: str) -> Path:
    return Path(path).resolve()
