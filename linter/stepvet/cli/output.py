"""Where reports go: formats to stdout or to files, notes to stderr, colours only where a terminal shows them."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from stepvet.cli.main import Trouble
from stepvet.lint.report import Report
from stepvet.report import FORMATS, Style, renderer
from stepvet.report.safe import visible
from stepvet.sources.notice import Notice


@dataclass(frozen=True, slots=True)
class Output:
    """A format and the file that it goes to; None is stdout."""

    format: str
    file: str | None = None


def parse_output(text: str) -> Output:
    """`F` or `F=FILE`."""
    name, _, file = text.partition("=")
    if name not in (*FORMATS, "auto"):
        raise Trouble(f'no output format is called "{name}"; there are {", ".join(FORMATS)}')
    return Output(name, file or None)


def resolved(output: Output) -> str:
    """The format that `auto` stands for here."""
    if output.format != "auto":
        return output.format
    if os.environ.get("GITHUB_ACTIONS") == "true" and "github" in FORMATS:
        return "github"
    return "full" if output.file is None and sys.stdout.isatty() else "concise"


def wants_colour(choice: str, stream: TextIO) -> bool:
    """`--color`, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def style_of(options: argparse.Namespace, stream: TextIO) -> Style:
    colour = wants_colour(options.color, stream)
    links = colour and stream.isatty() and _has_links()
    return Style(colour, links, options.show_suppressed)


def _has_links() -> bool:
    """Terminals that are known to show hyperlinks and say who they are."""
    known = {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"}
    term = os.environ.get("TERM", "")
    return os.environ.get("TERM_PROGRAM") in known or "VTE_VERSION" in os.environ or "kitty" in term


def write_reports(report: Report, outputs: Sequence[Output], style: Style) -> None:
    """Each output to its place; files first, so that a closed pipe loses none of them. Files get no colours."""
    plain = replace(style, colour=False, hyperlinks=False)
    for output in sorted(outputs, key=lambda o: o.file is None):
        render = renderer(resolved(output))
        if output.file is None:
            write(sys.stdout, render(report, style))
        else:
            write_file(Path(output.file), render(report, plain))


def write(stream: TextIO, pieces: Iterable[str]) -> None:
    """What the stream's encoding doesn't have is written as a backslash escape."""
    encoding = stream.encoding or "utf-8"
    for piece in pieces:
        stream.write(piece.encode(encoding, "backslashreplace").decode(encoding))


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Whole or not at all: through a temporary file in the same folder."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise Trouble(f'"{path}" can\'t be written: {error.strerror}') from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.writelines(pieces)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        raise Trouble(f'"{path}" can\'t be written: {error.strerror}') from None
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_notices(notices: Iterable[Notice], quiet: bool, verbose: bool) -> None:
    """Errors always, warnings unless quiet, the rest when asked for."""
    levels = {"error", *(() if quiet else ("warning",)), *(("info",) if verbose else ())}
    for notice in notices:
        if notice.level in levels:
            where = f"{notice.file}: " if notice.file else ""
            print(visible(f"stepvet: {where}{notice.message}"), file=sys.stderr)
