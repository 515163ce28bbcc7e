"""What a stream can show: colours, hyperlinks, a progress bar; and where the working folder lies in the repository."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO, TypeVar

from stepvet.report import Style

Item = TypeVar("Item")
LINK_TERMINALS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"})
CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Variables that build servers set to the top of the repository."""
PATIENCE, REDRAWN, BAR = 1.0, 0.1, 30
"""Seconds before a progress bar appears and between its changes; its width."""


def style_of(options: argparse.Namespace, stream: TextIO) -> Style:
    colour = wants_colour(options.color, stream)
    return Style(
        colour,
        colour and stream.isatty() and _has_links(),
        options.show_suppressed,
        prefix=prefix(),
        explain_paths=getattr(options, "explain_paths", False),
    )


def wants_colour(choice: str, stream: TextIO) -> bool:
    """`--color`, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _has_links() -> bool:
    """Terminals that are known to show hyperlinks and say who they are."""
    term = os.environ.get("TERM", "")
    return os.environ.get("TERM_PROGRAM") in LINK_TERMINALS or "VTE_VERSION" in os.environ or "kitty" in term


def prefix() -> str:
    """The way from the top of a build server's checkout to the working folder, with a slash at its end; empty there,
    outside of it, and where there is none."""
    here = Path.cwd().resolve()
    for name in CHECKOUTS:
        top = os.environ.get(name)
        if top and here.is_relative_to(Path(top).resolve()):
            inside = here.relative_to(Path(top).resolve()).as_posix()
            return "" if inside == "." else f"{inside}/"
    return ""


def with_progress(items: Iterable[Item], total: int, stream: TextIO | None) -> Iterator[Item]:
    """The items; while they are taken a bar, on a terminal, after a second, that goes again."""
    if stream is None or not stream.isatty():
        yield from items
        return
    begun = drawn = time.monotonic()
    try:
        for done, item in enumerate(items, 1):
            now = time.monotonic()
            if now - begun > PATIENCE and now - drawn > REDRAWN:
                drawn = now
                stream.write(f"\r{bar(done, total)}")
                stream.flush()
            yield item
    finally:
        if drawn > begun:
            stream.write("\r\x1b[K")
            stream.flush()


def bar(count: int, total: int) -> str:
    """
    >>> bar(1, 3)
    'checking [##########--------------------] 1/3'
    """
    full = BAR * count // max(total, 1)
    return f"checking [{'#' * full}{'-' * (BAR - full)}] {count}/{total}"
