"""What the Python API raises for a bad request or a bad definition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class ValidationError(ValueError):
    """A request that AWS would answer with ValidationException."""


class InvalidDefinition(ValueError):  # noqa: N818 - the public name
    """A definition that AWS would answer with InvalidDefinition. `diagnostics` are AWS-shaped or findings."""

    def __init__(self, message: str, diagnostics: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.diagnostics = tuple(diagnostics)


class EvaluationError(ValueError):
    """An expression that failed, with the error's `States.*` name and AWS's cause."""

    def __init__(self, error: str, cause: str) -> None:
        super().__init__(f"{error}: {cause}")
        self.error = error
        self.cause = cause
