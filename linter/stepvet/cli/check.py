"""Find state machine definitions in files, folders and templates, and check them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from stepvet.cli.checking import Known, run_check, settings_of
from stepvet.cli.flags import add_check_flags
from stepvet.cli.main import FINDINGS, OK, TROUBLE, Trouble
from stepvet.cli.output import Output, note, parse_outputs, write, write_notices, write_reports
from stepvet.cli.terminal import style_of
from stepvet.lint.report import Report
from stepvet.lint.settings import Settings
from stepvet.report.full import plural
from stepvet.report.safe import visible
from stepvet.sources.decode import Undecodable, decode
from stepvet.text.finding import Severity

if TYPE_CHECKING:
    from stepvet.cli.fixing import Fixed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_check_flags(parser)
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="write the safe fixes into the files")
    group.add_argument("--unsafe-fixes", action="store_true", help="with --fix or --diff: take the unsafe fixes, too")
    group.add_argument("--diff", action="store_true", help="print what the fixes would change, and change nothing")


def execute(options: argparse.Namespace) -> int:
    outputs = parse_outputs(options.output_format or ["auto"])
    settings = settings_of(options)
    if options.fix or options.diff:
        return _with_fixes(options, settings, outputs)
    report = run_check(options, settings)
    _print(report, options, outputs, sys.stdout)
    return status(report, settings, options)


def _with_fixes(options: argparse.Namespace, settings: Settings, outputs: Sequence[Output]) -> int:
    """Standard input goes to stdout as it will be, and what is left to find to stderr."""
    from stepvet.cli import fixing

    piped, known = _piped(options), Known()
    found = fixing.fixed(
        lambda texts: run_check(options, settings, _with_piped(texts, piped, options), known),
        ("safe", "unsafe") if options.unsafe_fixes else ("safe",),
    )
    if options.diff:
        return _print_difference(found, options)
    fixing.write_fixed({f: change for f, change in found.texts.items() if piped is None or f != options.stdin_filename})
    if found.count and not options.quiet:
        note(f"fixed {plural(found.count, 'finding')} in {plural(len(found.texts), 'file')}")
    if piped is not None:
        piped = found.texts.get(options.stdin_filename, ("", piped))[1]
        write(sys.stdout, [piped])
    left = run_check(options, settings, _with_piped({}, piped, options)) if found.texts else found.report
    _print(left, options, outputs, sys.stdout if piped is None else sys.stderr)
    return status(left, settings, options)


def _piped(options: argparse.Namespace) -> str | None:
    """The text of standard input, where it is one of the paths."""
    if "-" not in options.paths:
        return None
    decoded = decode(sys.stdin.buffer.read())
    if isinstance(decoded, Undecodable):
        raise Trouble(f"standard input can't be read: {decoded.reason}")
    return decoded.text


def _with_piped(texts: dict[str, str], piped: str | None, options: argparse.Namespace) -> dict[str, str]:
    return texts if piped is None else {**texts, "-": texts.get(options.stdin_filename, piped)}


def _print_difference(found: Fixed, options: argparse.Namespace) -> int:
    from stepvet.cli.fixing import difference

    lines = difference(found.texts)
    write(sys.stdout, (f"{visible(line[:-1])}\n" for line in lines) if sys.stdout.isatty() else lines)
    write_notices(found.report.notices, options.quiet, options.verbose)
    if found.texts and not options.quiet:
        note(f"would fix {plural(found.count, 'finding')} in {plural(len(found.texts), 'file')}")
    if _has_errors(found.report):
        return TROUBLE
    return FINDINGS if found.texts and not options.exit_zero else OK


def _print(report: Report, options: argparse.Namespace, outputs: Sequence[Output], stream: TextIO) -> None:
    shown = at_least(report, options.min_severity)
    write_notices(report.notices, options.quiet, options.verbose)
    if not options.statistics:
        write_reports(shown, outputs, style_of(options, stream), stream)
        return
    from stepvet.report.statistics import json_statistics, statistics

    write_reports(shown, [o for o in outputs if o.file is not None], style_of(options, stream), stream)
    write(stream, json_statistics(shown) if Output("json") in outputs else statistics(shown))


def at_least(report: Report, severity: str) -> Report:
    """The report without the findings below a severity."""
    least = Severity(severity).rank
    return replace(report, diagnostics=tuple(d for d in report.diagnostics if d.severity.rank >= least))


def status(report: Report, settings: Settings, options: argparse.Namespace) -> int:
    """2 where an input couldn't be read, 1 for findings at or above `--fail-on`, else 0."""
    if _has_errors(report):
        return TROUBLE
    if not report.definitions:
        if not options.quiet:
            note("no state machine definition found")
        return TROUBLE if options.require_definitions else OK
    worst, bar = report.worst(), settings.fail_on
    failed = worst is not None and bar != "never" and worst.rank >= Severity(bar).rank
    return FINDINGS if failed and not options.exit_zero else OK


def _has_errors(report: Report) -> bool:
    return any(notice.level == "error" for notice in report.notices)
