"""Something about the run that is no finding in a definition: a file that can't be read, one that was skipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Notice:
    """`error`: an input that couldn't be read, or a fault of ours. `info` is shown under `--verbose` alone."""

    level: Literal["error", "warning", "info"]
    message: str
    file: str | None = None
