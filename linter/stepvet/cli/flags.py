"""The flags of `check`, shared by the commands that check first."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from stepvet.report import FORMATS
from stepvet.text.finding import Severity

SEVERITIES = tuple(s.value for s in reversed(Severity))


def add_check_flags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="file, folder, FILE#RESOURCE or - (default: .)")
    add_settings_flags(parser)
    _add_outcome(parser)
    _add_input(parser)
    _add_output(parser)


def add_settings_flags(parser: argparse.ArgumentParser) -> None:
    """The flags that say what a settings file may say, too, and which file that is."""
    group = parser.add_argument_group("settings")
    for flag, text in (
        ("--select", "check these rules, groups or AWS codes only (ALL: every rule)"),
        ("--ignore", "leave these rules, groups or AWS codes out"),
        ("--extend-select", "check these, too"),
    ):
        group.add_argument(flag, metavar="NAME", action="extend", type=_names, help=text)
    group.add_argument("--exclude", metavar="GLOB", action="append", default=[], help="skip these in folders")
    group.add_argument("--var", metavar="NAME=VALUE", action="append", default=[], help="the value of a ${NAME}")
    group.add_argument("--fail-on", choices=(*SEVERITIES, "never"), help="exit with 1 from this severity up (error)")
    group.add_argument("--config", metavar="PATH", type=Path, help="this settings file instead of the nearest one")
    group.add_argument("--isolated", action="store_true", help="read no settings file")


def _add_outcome(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is shown and what fails")
    group.add_argument("--min-severity", choices=SEVERITIES, default="info", help="show findings from this severity up")
    group.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever is found")
    group.add_argument("--baseline", metavar="FILE", type=Path, help="findings that are known; only new ones are shown")


def _names(text: str) -> list[str]:
    """Names apart by commas or spaces.

    >>> _names("a,b c")
    ['a', 'b', 'c']
    """
    return text.replace(",", " ").split()


def positive(text: str) -> int:
    """A whole number of at least 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f'it takes a whole number from 1, not "{text}"')
    return int(text)


def _add_input(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is read")
    group.add_argument("--stdin-filename", metavar="P", default="definition.asl.json", help="the name of what - reads")
    group.add_argument("--type", choices=("STANDARD", "EXPRESS"), help="machine type where no template says it")
    group.add_argument("--force-exclude", action="store_true", help="skip them also where they are named")
    group.add_argument("--skip-unrelated", action="store_true", help="skip named files that hold no state machine")
    group.add_argument("--require-definitions", action="store_true", help="exit with 2 if there is none")
    cores = os.cpu_count() or 1
    group.add_argument("--jobs", metavar="N", type=positive, default=cores, help="processes for many definitions")


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is printed")
    group.add_argument(
        "-f",
        "--output-format",
        metavar="F[=FILE]",
        action="append",
        help=f"{', '.join(FORMATS)}; repeatable, each to its file; "
        "auto, the default: github in GitHub Actions, full on a terminal, concise in a pipe",
    )
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours")
    group.add_argument("--show-suppressed", action="store_true", help="show suppressed findings, too")
    group.add_argument("--explain-paths", action="store_true", help="print what shows each fault in data")
    group.add_argument("--statistics", action="store_true", help="print only how often each rule found something")
    group.add_argument("-q", "--quiet", action="store_true", help="no notes on stderr but errors")
    group.add_argument("-v", "--verbose", action="store_true", help="say what was skipped and why")
