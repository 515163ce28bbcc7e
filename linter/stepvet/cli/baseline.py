"""Write a baseline of what is found now, or prune one of what is found no more."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from stepvet.cli.flags import add_check_flags
from stepvet.cli.main import OK, TROUBLE, Trouble
from stepvet.cli.output import write_file, write_notices
from stepvet.lint import baseline

DEFAULT = "stepvet-baseline.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("write", "prune"))
    add_check_flags(parser)


def execute(options: argparse.Namespace) -> int:
    from stepvet.cli import check

    path = options.baseline or Path(DEFAULT)
    options.baseline = None
    report = check.run_check(options, check.settings_of(options))
    write_notices(report.notices, options.quiet, options.verbose)
    found = [d for d in report.diagnostics if d.suppressed is None]
    kept = baseline.of(found) if options.action == "write" else baseline.pruned(read(path), found)
    write_file(path, [baseline.written(kept)])
    print(f"stepvet: {path} holds {sum(kept.counts.values())} findings", file=sys.stderr)
    return TROUBLE if any(n.level == "error" for n in report.notices) else OK


def read(path: Path) -> baseline.Baseline:
    """The baseline in a file; trouble where there is none."""
    try:
        return baseline.read(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f'baseline "{path}" can\'t be read: {getattr(error, "strerror", None) or error}') from None
    except baseline.BaselineError as error:
        raise Trouble(f'baseline "{path}": {error}') from None
