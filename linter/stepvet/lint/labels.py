"""Labels for one finding that is about many states: the first few are shown, the rest is in the message's number."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from stepvet.asl.model import State
from stepvet.text.finding import Label

MOST_LABELS = 5


def labels_at(states: Iterable[State], message: str) -> tuple[Label, ...]:
    """The same message at the first few of these states."""
    return tuple(Label(state.key, message) for state in islice(states, MOST_LABELS))
