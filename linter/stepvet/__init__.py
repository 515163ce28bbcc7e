"""stepvet: static analysis of Amazon States Language definitions, with a reference executor.

The public Python API. Names are imported when they are first used, so that `import stepvet` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from stepvet._version import __version__

if TYPE_CHECKING:
    from stepvet.lint.errors import EvaluationError, InvalidDefinition, ValidationError
    from stepvet.lint.exploring import explore
    from stepvet.lint.public import check
    from stepvet.lint.running import evaluate, run
    from stepvet.lint.single_state import test_state
    from stepvet.lint.verdict import validate
    from stepvet.run.concrete.execution import Execution
    from stepvet.run.services.service import Answer, MissingMock, TaskCall, TaskError

__all__ = [
    "Answer",
    "EvaluationError",
    "Execution",
    "InvalidDefinition",
    "MissingMock",
    "TaskCall",
    "TaskError",
    "ValidationError",
    "__version__",
    "check",
    "evaluate",
    "explore",
    "run",
    "test_state",
    "validate",
]

_HOMES = {
    "Answer": "stepvet.run.services.service",
    "EvaluationError": "stepvet.lint.errors",
    "Execution": "stepvet.run.concrete.execution",
    "InvalidDefinition": "stepvet.lint.errors",
    "MissingMock": "stepvet.run.services.service",
    "TaskCall": "stepvet.run.services.service",
    "TaskError": "stepvet.run.services.service",
    "ValidationError": "stepvet.lint.errors",
    "check": "stepvet.lint.public",
    "evaluate": "stepvet.lint.running",
    "explore": "stepvet.lint.exploring",
    "run": "stepvet.lint.running",
    "test_state": "stepvet.lint.single_state",
    "validate": "stepvet.lint.verdict",
}
"""Public name → the module that it lives in."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


class _Package(ModuleType):
    """Importing the subpackage `stepvet.run` would bind its name here; the function of that name wins."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
