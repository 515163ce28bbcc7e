"""The kit for rule authors: examples with `^^^^` lines, run as tests."""

from stepvet.testing.examples import Expected, complaints, unmarked

__all__ = ["Expected", "complaints", "unmarked"]
