"""Find state machine definitions in files, folders and templates, and check them."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from stepvet.cli.main import FINDINGS, OK, TROUBLE, Trouble
from stepvet.cli.output import parse_output, wants_colour, write_notices, write_reports
from stepvet.lint.engine import check
from stepvet.lint.registry import Installed, installed, specificity
from stepvet.lint.report import Report, merged
from stepvet.lint.settings import Settings
from stepvet.report import Style
from stepvet.sources import Definition, LoadOptions, load
from stepvet.sources.notice import Notice
from stepvet.text.finding import Severity
from stepvet.text.near import nearest

SEVERITIES = tuple(s.value for s in reversed(Severity))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="file, folder, FILE#RESOURCE or - (default: .)")
    _add_selection(parser)
    _add_output(parser)
    _add_input(parser)


def _add_selection(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is checked")
    for flag, text in (
        ("--select", "check these rules, groups or AWS codes only (ALL: every rule)"),
        ("--ignore", "leave these rules, groups or AWS codes out"),
        ("--extend-select", "check these, too"),
    ):
        group.add_argument(flag, metavar="NAME", action="extend", nargs=1, default=None, help=text)
    group.add_argument("--min-severity", choices=SEVERITIES, default="info", help="show findings from this severity up")
    group.add_argument(
        "--fail-on", choices=(*SEVERITIES, "never"), default=None, help="exit with 1 from this severity up (error)"
    )
    group.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever is found")
    group.add_argument("--isolated", action="store_true", help="read no settings file")


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is printed")
    group.add_argument(
        "-f",
        "--output-format",
        metavar="F[=FILE]",
        action="append",
        default=None,
        help="full (a terminal's default), concise (a pipe's), json; repeatable, each to its file",
    )
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    group.add_argument("--show-suppressed", action="store_true", help="show suppressed findings, too")
    group.add_argument("-q", "--quiet", action="store_true", help="no notes on stderr")
    group.add_argument("-v", "--verbose", action="store_true", help="say what was skipped and why")


def _add_input(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is read")
    group.add_argument("--stdin-filename", metavar="P", default="definition.asl.json", help="name for -")
    group.add_argument("--type", choices=("STANDARD", "EXPRESS"), help="machine type where no template says it")
    group.add_argument("--var", metavar="NAME=VALUE", action="append", default=[], help="value of a ${NAME}")
    group.add_argument("--exclude", metavar="GLOB", action="append", default=[], help="skip these in folders")
    group.add_argument("--force-exclude", action="store_true", help="skip them also when they are named")
    group.add_argument("--require-definitions", action="store_true", help="exit with 2 if there is none")


def execute(options: argparse.Namespace) -> int:
    outputs = [parse_output(text) for text in options.output_format or ["auto"]]
    settings = settings_of(options)
    report = run_check(options, settings)
    plain = Style(show_suppressed=options.show_suppressed)
    style = replace(plain, colour=wants_colour(options.color, sys.stdout))
    write_reports(at_least(report, options.min_severity), outputs, style, plain)
    write_notices(report.notices, options.quiet, options.verbose)
    return status(report, options)


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings in force: the flags' words."""
    rules = installed()
    for word in (*(options.select or ()), *(options.ignore or ()), *(options.extend_select or ())):
        require_known(word, rules)
    return Settings(
        select=tuple(options.select or ("ALL",)),
        ignore=tuple(options.ignore or ()),
        extend_select=tuple(options.extend_select or ()),
        variables=dict(_variable(text) for text in options.var),
        type=options.type,
    )


def require_known(word: str, rules: Installed) -> None:
    """A name that no rule has is wrong usage."""
    if word == "ALL" or any(specificity(word, rule) for rule in rules.rules):
        return
    meant = nearest(word, [*(r.name for r in rules.rules), *rules.groups])
    raise Trouble(f'no rule, group or AWS code is called "{word}"' + (f'; did you mean "{meant}"?' if meant else ""))


def _variable(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise Trouble(f'--var takes NAME=VALUE, not "{text}"')
    return name, value


def run_check(options: argparse.Namespace, settings: Settings) -> Report:
    """Every definition below the paths, checked."""
    rules = settings.selected(installed())
    reports = [Report(notices=tuple(Notice("error", text) for text in installed().faults))]
    for found in load(options.paths or ["."], load_options(options, settings)):
        is_definition = isinstance(found, Definition)
        reports.append(check(found, settings, rules) if is_definition else Report(notices=(found,)))
    return merged(reports)


def load_options(options: argparse.Namespace, settings: Settings) -> LoadOptions:
    return LoadOptions(
        exclude=tuple(options.exclude),
        force_exclude=options.force_exclude,
        stdin_filename=options.stdin_filename,
        variables=settings.variables,
    )


def at_least(report: Report, severity: str) -> Report:
    """The report without the findings below a severity."""
    least = Severity(severity).rank
    return replace(report, diagnostics=tuple(d for d in report.diagnostics if d.severity.rank >= least))


def status(report: Report, options: argparse.Namespace) -> int:
    """2 where an input couldn't be read, 1 for findings at or above `--fail-on`, else 0."""
    if any(notice.level == "error" for notice in report.notices):
        return TROUBLE
    if not report.definitions:
        print("stepvet: no state machine definition found", file=sys.stderr)
        return TROUBLE if options.require_definitions else OK
    worst, bar = report.worst(), options.fail_on or "error"
    failed = worst is not None and bar != "never" and worst.rank >= Severity(bar).rank
    return FINDINGS if failed and not options.exit_zero else OK
