"""Near names: which known word did the author mean.

Only spelling counts: a word is near when it differs in letter case and separators alone, or by few dropped, added,
changed or swapped letters. Short words allow one such slip, long ones two or three.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

_LONGEST = 200
"""Nobody types a word of more letters."""


def near_names(word: str, known: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """The known words that `word` may be a slip for, nearest first, at most `most`; never `word` itself.

    Where a known word differs in letter case alone, no other is near.

    >>> near_names("getItm", ["getItem", "putItem", "deleteItem"])
    ('getItem',)
    """
    limit = slips_allowed(word)
    parts = tuple(_parts(_folded(word), limit))
    alike = (name for name in known if name != word and any(part in _folded(name) for part in parts))
    ranked = sorted((_distance(word, name, limit), name) for name in alike)
    furthest = 0 if ranked and ranked[0][0] == 0 else limit
    return tuple(name for distance, name in ranked if distance <= furthest)[:most]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The first of `near_names`, or None."""
    return next(iter(near_names(word, known, most=1)), None)


def slips_allowed(word: str) -> int:
    """How many letters may differ: none in one or two letters, one up to five, two up to eleven, then three."""
    return (len(word) > 2) + (len(word) > 5) + (len(word) > 11)


def _distance(word: str, name: str, limit: int) -> int:
    """0 if only letter case and separators differ; else the optimal string alignment distance, at most `limit + 1`."""
    left, right = _folded(word), _folded(name)
    if left == right:
        return 0
    if abs(len(left) - len(right)) > limit or len(left) > _LONGEST:
        return limit + 1
    return _aligned(left, right, limit)


def _parts(text: str, limit: int) -> Iterator[str]:
    """Parts of a text of which every text that is near has at least one: there is one part more than letters may
    differ, and a swap touches no two of them, because a letter is left out between them."""
    cuts = [-(-len(text) * number // (limit + 1)) for number in range(limit + 2)]
    yield from (text[start : max(start, end - 1)] for start, end in pairwise(cuts[:-1]))
    yield text[cuts[-2] :]


@lru_cache(maxsize=16384)
def _folded(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "").replace(" ", "")


def _aligned(left: str, right: str, limit: int) -> int:
    """Three rows of the usual table are enough, because a swap looks two rows back; and of a row the cells that are at
    most `limit` off the diagonal."""
    far = limit + 1
    before: dict[int, int] = {}
    above = {column: column for column in range(min(limit, len(right)) + 1)}
    for row, letter in enumerate(left, 1):
        here = {0: row} if row <= limit else {}
        for column in range(max(1, row - limit), min(len(right), row + limit) + 1):
            other = right[column - 1]
            changed = above.get(column - 1, far) + (letter != other)
            cost = min(above.get(column, far) + 1, here.get(column - 1, far) + 1, changed)
            if row > 1 and column > 1 and letter == right[column - 2] and other == left[row - 2]:
                cost = min(cost, before.get(column - 2, far) + 1)
            here[column] = cost
        if min(here.values(), default=far) > limit:
            return far
        before, above = above, here
    return above.get(len(right), far)
