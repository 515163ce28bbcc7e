"""What the GitHub Action runs: one check that gives annotations, a SARIF file, a job summary and the action's outputs.

It is no command. The action's inputs come through the environment, so that no shell ever reads them.
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stepvet.cli.main import TROUBLE, main
from stepvet.cli.terminal import prefix
from stepvet.report.github import data

SUMMARY_LIMIT = 1024 * 1024
"""Bytes that GitHub takes for the summary of a step."""


def run(environment: Mapping[str, str]) -> int:
    """Check and write the results; the exit status of `stepvet check`."""
    sarif = environment.get("STEPVET_SARIF_FILE") or "stepvet.sarif"
    with tempfile.TemporaryDirectory() as folder:
        report, summary = Path(folder, "report.json"), Path(folder, "summary.md")
        outputs = ("github", f"sarif={sarif}", f"json={report}", f"markdown={summary}")
        status = _status(environment, [word for output in outputs for word in ("-f", output)])
        counts = json.loads(report.read_text(encoding="utf-8"))["summary"] if report.exists() else {}
        _append_summary(environment.get("GITHUB_STEP_SUMMARY"), summary)
    _append_outputs(environment.get("GITHUB_OUTPUT"), _outputs(counts, f"{prefix()}{sarif}", status))
    return status


def _status(environment: Mapping[str, str], formats: list[str]) -> int:
    try:
        os.chdir(environment.get("STEPVET_WORKING_DIRECTORY") or ".")
        paths = shlex.split(environment.get("STEPVET_PATHS", "")) or ["."]
        flags = shlex.split(environment.get("STEPVET_ARGS", ""))
        return main(["check", *formats, *flags, "--", *paths])
    except (OSError, ValueError) as error:
        print(f"::error title=stepvet::wrong input of the action: {data(str(error))}")
        return TROUBLE
    except SystemExit as stop:  # wrong usage, told on stderr
        return stop.code if isinstance(stop.code, int) else TROUBLE


def _outputs(counts: Mapping[str, Any], sarif: str, status: int) -> dict[str, str]:
    severities = ("error", "warning", "info")
    return {
        "findings": str(sum(counts.get(severity, 0) for severity in severities)),
        "errors": str(counts.get("error", 0)),
        "warnings": str(counts.get("warning", 0)),
        "sarif-file": sarif,
        "exit-code": str(status),
    }


def _append_outputs(path: str | None, outputs: Mapping[str, str]) -> None:
    """In blocks between delimiters that no value can guess."""
    if path:
        mark = f"stepvet-{secrets.token_hex(8)}"
        with Path(path).open("a", encoding="utf-8") as file:
            file.writelines(f"{name}<<{mark}\n{value}\n{mark}\n" for name, value in outputs.items())


def _append_summary(path: str | None, summary: Path) -> None:
    """Left out where the step's summary would be too long, which GitHub refuses as a whole."""
    if not path or not summary.exists():
        return
    target = Path(path)
    there = target.stat().st_size if target.exists() else 0
    if there + summary.stat().st_size < SUMMARY_LIMIT:
        with target.open("ab") as file:
            file.write(summary.read_bytes())


if __name__ == "__main__":
    sys.exit(run(os.environ))
