"""Failures as values: the error's name, its cause in AWS's words, and the place in the definition that failed.

An error of a task's own (`Fail`, a service's answer) is told as it is. An error that the engine raises names the state
and the event that entered it; `engine` marks those, and `told_by` writes the prefix once the state is known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from stepvet.text.node import At

RUNTIME = "States.Runtime"
QUERY_EVALUATION = "States.QueryEvaluationError"
INTRINSIC = "States.IntrinsicFailure"
RESULT_PATH_MATCH = "States.ResultPathMatchFailure"
NO_CHOICE_MATCHED = "States.NoChoiceMatched"
DATA_LIMIT = "States.DataLimitExceeded"
TIMEOUT = "States.Timeout"
HEARTBEAT = "States.HeartbeatTimeout"
TASK_FAILED = "States.TaskFailed"
ITEM_READER = "States.ItemReaderFailed"
RESULT_WRITER = "States.ResultWriterFailed"
TOLERANCE = "States.ExceedToleratedFailureThreshold"


@dataclass(frozen=True, slots=True)
class Failure:
    """`error` and `cause` may each be missing (recorded). `at` is the field that failed, `location` its name where
    AWS writes an `EvaluationFailed` event for it. `detail` is a domain's own: what it knows of an error that has no
    name yet; the core hands it through. `alias` is a second name that an `ErrorEquals` finds it by."""

    error: str | None
    cause: str | None = None
    at: At | None = None
    engine: bool = False
    location: str | None = None
    detail: object = None
    alias: str | None = None

    @property
    def is_fatal(self) -> bool:
        """Neither retried nor caught, not even by name (recorded)."""
        return self.error == RUNTIME

    def told_by(self, state: str, event: int) -> Failure:
        """The failure with the prefix that AWS gives to errors of its own, once. A state that is tested by itself was
        entered by no event, and its causes have no prefix (recorded)."""
        if not self.engine or not event:
            return self
        prefix = f"An error occurred while executing the state '{state}' (entered at the event id #{event}). "
        return replace(self, cause=prefix + (self.cause or ""), engine=False)


def engine_failure(error: str, cause: str, at: At | None = None, location: str | None = None) -> Failure:
    return Failure(error, cause, at, engine=True, location=location)


def runtime(cause: str, at: At | None = None) -> Failure:
    return engine_failure(RUNTIME, cause, at)
