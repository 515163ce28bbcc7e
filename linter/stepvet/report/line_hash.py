"""GitHub's `primaryLocationLineHash`: a rolling hash of a hundred UTF-16 units from each line on, white space left out.

Each line's hash gets a number that counts the lines with the same hash, so that a finding keeps its fingerprint when
lines move.
"""

from __future__ import annotations

from collections import Counter

BLOCK, FACTOR, WORD = 100, 37, (1 << 64) - 1
_DROPPED = pow(FACTOR, BLOCK, 1 << 64)
END = 65535


def line_hashes(text: str) -> list[str]:
    """The hash of each line, from the first.

    >>> line_hashes("")
    ['c129715d7a2bc9a3:1']
    >>> line_hashes(" a\\nb\\n  \\t\\tc\\n d")
    ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1']
    """
    window, starts = [0] * BLOCK, [-1] * BLOCK
    hashes: list[str] = []
    seen: Counter[str] = Counter()
    rolled, index, line, line_starts = 0, 0, 0, True

    for unit in (*_units(text), END, *[0] * BLOCK):
        if starts[index] >= 0:
            name = f"{rolled:x}"
            seen[name] += 1
            hashes.append(f"{name}:{seen[name]}")
        starts[index] = line if line_starts else -1
        rolled = (FACTOR * rolled + unit - _DROPPED * window[index]) & WORD
        window[index] = unit
        index = (index + 1) % BLOCK
        line_starts = unit == 10
        line += line_starts
    return hashes


def _units(text: str) -> list[int]:
    """UTF-16 code units without spaces and tabs; every line end is one line feed."""
    data = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    raw = data.encode("utf-16-le", "surrogatepass")
    return [raw[i] | raw[i + 1] << 8 for i in range(0, len(raw), 2)]
