"""Slips of the pen: the near name as a help, and the fix that writes it.

A fix is safe where letter case alone differs, since nothing else can have been meant; any other near name is a guess.
"""

from __future__ import annotations

from typing import Literal

from stepvet.text.finding import Fix, Rename, SetValue
from stepvet.text.node import String


def did_you_mean(near: str | None) -> str | None:
    return f'did you mean "{near}"?' if near else None


def rename(key: String, near: str | None) -> Fix | None:
    """Give a key its near name."""
    return Fix(f'rename it to "{near}"', (Rename(key, near),), _safety(key.value, near)) if near else None


def rewrite(node: String, near: str | None, text: str | None = None) -> Fix | None:
    """Write a near name in place of the string, or `text`, in which the near name is a part."""
    if near is None:
        return None
    new = near if text is None else text
    return Fix(f'write "{near}"', (SetValue(node, new),), _safety(node.value, new))


def _safety(given: str, near: str) -> Literal["safe", "unsafe"]:
    return "safe" if near.lower() == given.lower() else "unsafe"
