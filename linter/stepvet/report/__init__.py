"""A Report as text: one format a module, each with `render(report, style)` that gives pieces of the output.

Nothing is decided here: what is in the report is printed, and texts that come from definitions are made harmless for
the format that they are printed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stepvet.lint.report import Report


@dataclass(frozen=True, slots=True)
class Style:
    """How the output may look: colours and hyperlinks only where a terminal shows them."""

    colour: bool = False
    hyperlinks: bool = False
    show_suppressed: bool = False
    prefix: str = ""
    """The way from the top of the repository to the working folder, for readers that count paths from there."""
    explain_paths: bool = False

    def located(self, file: str) -> str:
        """The file's path from the top of the repository."""
        return file if file.startswith("/") else self.prefix + file


Render = Callable[["Report", Style], Iterator[str]]

FORMATS = (
    "full",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "markdown",
)
"""Every format has a module of its name."""


def renderer(name: str) -> Render:
    render: Render = import_module(f"{__name__}.{name}").render
    return render
