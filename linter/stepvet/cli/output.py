"""Where reports go: formats to stdout or to files, notes to stderr, each file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from stepvet.cli.main import Trouble
from stepvet.lint.report import Report
from stepvet.report import FORMATS, Style, renderer
from stepvet.report.safe import visible
from stepvet.sources.notice import Notice
from stepvet.text.near import nearest


@dataclass(frozen=True, slots=True)
class Output:
    """A format and the file that it goes to; None is stdout."""

    format: str
    file: str | None = None


def parse_outputs(texts: Sequence[str]) -> list[Output]:
    """`F` or `F=FILE` each; no more than one can go to stdout, and to a file."""
    outputs = [_parse_output(text) for text in texts]
    if len([o for o in outputs if o.file is None]) > 1:
        raise Trouble("only one format can go to stdout; give the others a file: -f FORMAT=FILE")
    files = Counter(o.file for o in outputs if o.file and not Path(o.file).is_char_device())
    shared = [file for file, count in files.items() if count > 1]
    if shared:
        raise Trouble(f'only one format can go to "{shared[0]}"')
    return outputs


def _parse_output(text: str) -> Output:
    name, equals, file = text.partition("=")
    if name not in (*FORMATS, "auto"):
        near = nearest(name, FORMATS)
        hint = f'; did you mean "{near}"?' if near else f"; there are {', '.join(FORMATS)}"
        raise Trouble(f'no output format is called "{name}"{hint}')
    if equals and not file:
        raise Trouble(f'-f takes F or F=FILE, not "{text}"')
    return Output(name, file or None)


def resolved(output: Output, stream: TextIO) -> str:
    """The format that `auto` stands for here."""
    if output.format != "auto":
        return output.format
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "full" if output.file is None and stream.isatty() else "concise"


def write_reports(report: Report, outputs: Sequence[Output], style: Style, stream: TextIO) -> None:
    """Each output to its place; files first, so that a closed pipe loses none of them. Files get no colours. A file
    that can't be written is trouble once the others are."""
    plain = replace(style, colour=False, hyperlinks=False)
    failed = []
    for output in sorted(outputs, key=lambda o: o.file is None):
        render = renderer(resolved(output, stream))
        if output.file is None:
            write(stream, render(report, style))
            continue
        try:
            write_file(Path(output.file), render(report, plain))
        except Trouble as trouble:
            failed.append(str(trouble))
    if failed:
        raise Trouble("; ".join(failed))


def write(stream: TextIO, pieces: Iterable[str]) -> None:
    """What the stream's encoding doesn't have is written as a backslash escape."""
    encoding = stream.encoding or "utf-8"
    for piece in pieces:
        stream.write(piece.encode(encoding, "backslashreplace").decode(encoding))


def write_file(path: Path, pieces: Iterable[str]) -> None:
    write_bytes(path, (piece.encode("utf-8", "backslashreplace") for piece in pieces))


def write_bytes(path: Path, pieces: Iterable[bytes]) -> None:
    """Whole or not at all: through a temporary file in the same folder. A link stays one; a device or a pipe, which
    can't be replaced, is written directly."""
    real = Path(os.path.realpath(path))
    try:
        if real.exists() and not real.is_file():
            with real.open("wb") as file:
                file.writelines(pieces)
        else:
            _replace(real, pieces)
    except OSError as error:
        raise Trouble(f'"{path}" can\'t be written: {error.strerror or error}') from None


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
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
            note(f"{where}{notice.message}")


def note(text: str) -> None:
    """One line on stderr."""
    write(sys.stderr, [visible(f"stepvet: {text}") + "\n"])
