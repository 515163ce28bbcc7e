"""stepvet: static analysis of Amazon States Language definitions, with a reference executor."""

from stepvet._version import __version__

__all__ = ["__version__"]
