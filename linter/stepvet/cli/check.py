"""Find state machine definitions in files, folders and templates, and check them."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from stepvet.cli import baseline as baseline_command
from stepvet.cli.flags import add_check_flags
from stepvet.cli.main import FINDINGS, OK, TROUBLE, Trouble
from stepvet.cli.output import parse_output, style_of, write, write_notices, write_reports
from stepvet.lint import baseline, settings_file
from stepvet.lint.engine import check
from stepvet.lint.registry import installed, is_known
from stepvet.lint.report import Report, merged
from stepvet.lint.settings import Settings
from stepvet.lint.settings_file import SettingsFault, meant
from stepvet.report.statistics import statistics
from stepvet.sources import LoadOptions, load
from stepvet.sources.notice import Notice
from stepvet.text.finding import Severity


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_check_flags(parser)
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="write the safe fixes into the files")
    group.add_argument("--unsafe-fixes", action="store_true", help="take the unsafe fixes, too")
    group.add_argument("--diff", action="store_true", help="print what the fixes would change, and change nothing")


def execute(options: argparse.Namespace) -> int:
    outputs = [parse_output(text) for text in options.output_format or ["auto"]]
    settings = settings_of(options)
    report = run_check(options, settings)
    shown = at_least(report, options.min_severity)
    if options.statistics:
        write(sys.stdout, statistics(shown))
    else:
        write_reports(shown, outputs, style_of(options, sys.stdout))
    write_notices(report.notices, options.quiet, options.verbose)
    return status(report, settings, options)


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings in force: the flags' words before the file's."""
    found = Settings() if options.isolated else settings_file.load(Path.cwd(), options.config)
    if isinstance(found, SettingsFault):
        raise Trouble(str(found))
    for word in (*(options.select or ()), *(options.ignore or ()), *(options.extend_select or ())):
        require_known(word)
    return replace(
        found,
        select=tuple(found.select if options.select is None else options.select),
        ignore=(*found.ignore, *(options.ignore or ())),
        extend_select=(*found.extend_select, *(options.extend_select or ())),
        variables={**found.variables, **dict(_variable(text) for text in options.var)},
        exclude=(*found.exclude, *options.exclude),
        fail_on=options.fail_on or found.fail_on,
        today=date.today(),
        type=options.type,
    )


def require_known(word: str) -> None:
    """A name that no rule has is wrong usage."""
    rules = installed()
    if not is_known(word, rules):
        near = meant(word, [*(r.name for r in rules.rules), *rules.groups])
        raise Trouble(f'no rule, group or AWS code is called "{word}"{near}')


def _variable(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise Trouble(f'--var takes NAME=VALUE, not "{text}"')
    return name, value


def run_check(options: argparse.Namespace, settings: Settings) -> Report:
    """Every definition below the paths, checked, with what the baseline knows marked."""
    rules = settings.selected(installed())
    packs = Report(notices=tuple(Notice("error", text) for text in installed().faults))
    found = load(options.paths or ["."], load_options(options, settings))
    checked = (Report(notices=(f,)) if isinstance(f, Notice) else check(f, settings, rules) for f in found)
    report = merged([packs, *checked])
    if options.baseline is None:
        return report
    known = baseline_command.read(options.baseline)
    return replace(report, diagnostics=tuple(baseline.applied(known, report.diagnostics)))


def load_options(options: argparse.Namespace, settings: Settings) -> LoadOptions:
    return LoadOptions(
        exclude=settings.exclude,
        force_exclude=options.force_exclude,
        stdin_filename=options.stdin_filename,
        variables=settings.variables,
    )


def at_least(report: Report, severity: str) -> Report:
    """The report without the findings below a severity."""
    least = Severity(severity).rank
    return replace(report, diagnostics=tuple(d for d in report.diagnostics if d.severity.rank >= least))


def status(report: Report, settings: Settings, options: argparse.Namespace) -> int:
    """2 where an input couldn't be read, 1 for findings at or above `--fail-on`, else 0."""
    if any(notice.level == "error" for notice in report.notices):
        return TROUBLE
    if not report.definitions:
        print("stepvet: no state machine definition found", file=sys.stderr)
        return TROUBLE if options.require_definitions else OK
    worst, bar = report.worst(), settings.fail_on
    failed = worst is not None and bar != "never" and worst.rank >= Severity(bar).rank
    return FINDINGS if failed and not options.exit_zero else OK
