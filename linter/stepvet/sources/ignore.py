"""Which files a walk leaves out: `.gitignore` files and `exclude` patterns, as git reads them.

A pattern with a slash before its end counts from its own folder, others match at any depth; a later pattern wins,
and `!` takes a file in again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, slots=True)
class Pattern:
    """`base` is the folder that the pattern counts from."""

    base: str
    regex: re.Pattern[str]
    negated: bool
    folders_only: bool

    def matches(self, path: str, is_folder: bool) -> bool:
        if self.folders_only and not is_folder:
            return False
        prefix = f"{self.base}/" if self.base not in ("", "/") else self.base
        return path.startswith(prefix) and self.regex.fullmatch(path[len(prefix) :]) is not None


def is_ignored(path: Path, is_folder: bool, patterns: Iterable[Pattern]) -> bool:
    """Does the last pattern that matches leave the path out? `path` is absolute."""
    name = path.as_posix()
    verdict = False
    for pattern in patterns:
        if pattern.matches(name, is_folder):
            verdict = not pattern.negated
    return verdict


def patterns(lines: Iterable[str], base: Path) -> Iterator[Pattern]:
    for line in lines:
        text = line.rstrip("\r\n")
        text = text if text.endswith("\\ ") else text.rstrip()
        if not text or text.startswith("#"):
            continue
        negated = text.startswith("!")
        text = text[1:] if negated else text.removeprefix("\\")
        folders_only = text.endswith("/")
        yield Pattern(base.as_posix(), _regex(text.rstrip("/")), negated, folders_only)


@lru_cache(maxsize=1024)
def gitignore(folder: Path) -> tuple[Pattern, ...]:
    """The patterns of the folder's own `.gitignore`; none where it can't be read."""
    try:
        text = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    return tuple(patterns(text.splitlines(), folder))


def inherited(folder: Path) -> tuple[Pattern, ...]:
    """The patterns of the `.gitignore` files above a folder, up to the repository's root."""
    root = repository(folder)
    if root is None or root == folder:
        return ()
    between = [root, *(p for p in reversed(folder.parents) if root in p.parents)]
    return tuple(pattern for parent in between for pattern in gitignore(parent))


def git_ignores(path: Path) -> bool:
    """Does a `.gitignore` above leave out the file or a folder that holds it?"""
    root = repository(path.parent)
    if root is None:
        return False
    chain = [path, *(p for p in path.parents if root in p.parents)]
    return any(is_ignored(p, p != path or p.is_dir(), (*inherited(p.parent), *gitignore(p.parent))) for p in chain)


def repository(folder: Path) -> Path | None:
    """The root of the git repository that holds the folder."""
    return next((p for p in (folder, *folder.parents) if (p / ".git").exists()), None)


@lru_cache(maxsize=1024)
def _regex(pattern: str) -> re.Pattern[str]:
    anchored = "/" in pattern
    parts = PurePosixPath(pattern.lstrip("/")).parts
    body = "".join(_part(part, last=index == len(parts) - 1) for index, part in enumerate(parts))
    return re.compile(body if anchored else f"(?:.*/)?{body}", re.DOTALL)


def _part(part: str, *, last: bool) -> str:
    if part == "**":
        return ".*" if last else "(?:.*/)?"
    return _glob(part) + ("" if last else "/")


def _glob(part: str) -> str:
    tokens = re.findall(r"\[!?\]?[^\]]*\]|\\.|.", part, re.DOTALL)
    return "".join(_token(token) for token in tokens)


def _token(token: str) -> str:
    if token == "*":
        return "[^/]*"
    if token == "?":
        return "[^/]"
    if len(token) > 2 and token.startswith("["):
        negated = token[1] in "!^"
        inside = token[2:-1] if negated else token[1:-1]
        return (
            f"[{'^' if negated else ''}{re.escape(inside).replace(chr(92) + '-', '-')}]" if inside else re.escape(token)
        )
    return re.escape(token.removeprefix("\\") if len(token) > 1 else token)
