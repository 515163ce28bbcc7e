"""The near name: what a misspelt name was likely meant to be."""

from __future__ import annotations

from collections.abc import Iterable


def near(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that differs from `name` in letter case or separators only, else in one slip (two in names of
    six letters and more, three from twelve on); None where nothing is near or nothing differs. Of equally near ones
    the first."""
    known = [c for c in candidates if c != name]
    folded = _fold(name)
    if same := next((c for c in known if _fold(c) == folded), None):
        return same
    limit = _limit(min(len(name), 64))
    rated = ((distance, c) for c in known if (distance := _distance(folded, _fold(c), limit)) <= limit)
    return min(rated, key=lambda pair: pair[0], default=(0, None))[1]


def _fold(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "")


def _limit(length: int) -> int:
    if length < 3:
        return 0
    return 1 if length < 6 else 2 if length < 12 else 3


def _distance(one: str, other: str, limit: int) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours, or more than `limit`."""
    if abs(len(one) - len(other)) > limit or len(set(one) ^ set(other)) > 2 * limit:
        return limit + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
