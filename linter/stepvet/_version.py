"""The version of the distribution, in the one place that both the build and `--version` read."""

__version__ = "0.1.0"
