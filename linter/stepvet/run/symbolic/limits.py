"""How far an exploration goes, and what is told where it stopped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`visits` bounds how often a path comes back to a loop's head, `steps` the states entered in all, `effort` what is
    looked at on the way (ways, members, facts; five millions take two seconds or so), `worlds` how many worlds are
    kept apart at one state of a scope, `paths` how many ends of the machine are told, `items` how many elements of a
    known array are followed in every way, `ways` how many ways through one state."""

    visits: int = 3
    steps: int = 4000
    effort: int = 5_000_000
    worlds: int = 64
    paths: int = 256
    items: int = 3
    ways: int = 2000


@dataclass(frozen=True, slots=True)
class Cut:
    """Something was left out at a state; what holds for every run can't be claimed there and after it."""

    state: tuple[str, ...]
    why: str
