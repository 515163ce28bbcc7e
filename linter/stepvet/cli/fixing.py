"""`--fix` and `--diff`: rounds of fixes until nothing changes, then the files are written or the difference is printed.

Everything happens on texts in memory. A file is written once, whole, in its own encoding, and only if it still holds
what was checked. Invariant: a round after which a file reads worse than before is not made.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from stepvet.cli.main import Trouble
from stepvet.cli.output import write_bytes
from stepvet.lint.fix import mended, together
from stepvet.lint.report import Report
from stepvet.report.safe import visible
from stepvet.sources.decode import Decoded, decode, encoded

Check = Callable[[dict[str, str]], Report]
"""Check everything, with these texts in place of what the files of these names hold."""

ROUNDS = 100
"""More than any chain of fixes needs; a circle of fixes ends sooner, where a text comes again."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """`texts`: name of each file that changes → its text before and after. `report`: what is left to find."""

    texts: Mapping[str, tuple[str, str]]
    count: int
    report: Report


def fixed(check: Check, safeties: tuple[str, ...]) -> Fixed:
    """Fixes on top of fixes, in memory."""
    report = check({})
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    count, seen = 0, set[tuple[tuple[str, str], ...]]()
    for _ in range(ROUNDS):
        repairs = list(together(report.findings, safeties))
        changes = mended(repairs)
        wanted = {**after, **{file: new for file, (_, new) in changes.items()}}
        state = tuple(sorted(wanted.items()))
        if not repairs or state in seen:
            break
        following = check(wanted)
        if unreadable(following) > unreadable(report):
            break
        before = {**{file: old for file, (old, _) in changes.items()}, **before}
        after, report, count = wanted, following, count + len(repairs)
        seen.add(state)
    return Fixed({file: (old, after[file]) for file, old in before.items() if after[file] != old}, count, report)


def unreadable(report: Report) -> int:
    """How much of the texts can't be read."""
    return sum(d.rule.group == "syntax" for d in report.diagnostics)


def difference(texts: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """A unified diff that `patch` takes; each piece ends with a line feed. What the files hold stands in it as it is,
    so that a terminal must not get it as it is."""
    for file, (old, new) in sorted(texts.items()):
        name = visible(file)
        for line in difflib.unified_diff(_lines(old), _lines(new), f"a/{name}", f"b/{name}"):
            yield from (line,) if line.endswith("\n") else (f"{line}\n", "\\ No newline at end of file\n")


def _lines(text: str) -> list[str]:
    """The lines as `patch` counts them: only a line feed ends one."""
    return list(io.StringIO(text))


def write_fixed(texts: Mapping[str, tuple[str, str]]) -> None:
    for file, (old, new) in sorted(texts.items()):
        path = Path(file)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Trouble(f'"{file}" can\'t be written: {error.strerror}') from None
        decoded = decode(data)
        if not isinstance(decoded, Decoded) or decoded.text != old:
            raise Trouble(f'"{file}" has changed since it was read, so it was not fixed')
        write_bytes(path, [encoded(new, data)])
