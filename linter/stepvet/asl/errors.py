"""Error names: those that Step Functions and Lambda raise, and how an entry of `ErrorEquals` matches one.

Tables and the matching rule; which state can raise what is `flow.errors`' matter. Names are matched exactly, letter
case and all. What is recorded at AWS wins over the developer guide, the guide over the specification.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stepvet.text.near import nearest

ALL = "States.ALL"
TASK_FAILED = "States.TaskFailed"
TIMEOUT = "States.Timeout"
RUNTIME = "States.Runtime"


@dataclass(frozen=True, slots=True)
class Predefined:
    """A name that the language reserves. `is_raised`: AWS is known to raise it, or may. `is_caught`: a retrier or
    catcher that names it can ever match."""

    name: str
    meaning: str
    is_raised: bool = True
    is_caught: bool = True


PREDEFINED: dict[str, Predefined] = {
    error.name: error
    for error in (
        Predefined(ALL, "any error but States.Runtime", is_raised=False),
        Predefined(TASK_FAILED, "a task failed; as an entry, any error but States.Timeout"),
        Predefined(TIMEOUT, "a task ran past its TimeoutSeconds or missed a heartbeat"),
        Predefined("States.HeartbeatTimeout", "a task missed a heartbeat"),
        Predefined("States.Permissions", "the role may not do this"),
        Predefined("States.DataLimitExceeded", "a payload was larger than 262,144 bytes"),
        Predefined(RUNTIME, "the state could not be processed, as with a path that finds nothing", is_caught=False),
        Predefined("States.ResultPathMatchFailure", "a ResultPath did not fit the state's input"),
        Predefined("States.ParameterPathFailure", "a path in Parameters found nothing", is_raised=False),
        Predefined("States.IntrinsicFailure", "an intrinsic function failed"),
        Predefined("States.QueryEvaluationError", "a JSONata expression failed"),
        Predefined("States.BranchFailed", "a branch of a Parallel failed", is_raised=False),
        Predefined("States.NoChoiceMatched", "no rule of a Choice matched and it had no Default"),
        Predefined("States.ExceedToleratedFailureThreshold", "too many items of a distributed Map failed"),
        Predefined("States.ItemReaderFailed", "an ItemReader could not read its items"),
        Predefined("States.ResultWriterFailed", "a ResultWriter could not write its results"),
        Predefined("States.Http.Socket", "an HTTP call lost its connection or took more than 60 seconds"),
    )
}
HTTP_STATUS = "States.Http.StatusCode."

LAMBDA_TRANSIENT = (
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
)
"""What AWS advises to retry for every Lambda task: the service failed, not the function."""

LAMBDA: frozenset[str] = frozenset(
    (
        *LAMBDA_TRANSIENT,
        "Lambda.ClientExecutionTimeoutException",
        "Lambda.Unknown",
        "Lambda.ResourceNotFoundException",
        "Lambda.InvalidParameterValueException",
        "Lambda.InvalidRequestContentException",
        "Lambda.InvalidSecurityGroupIDException",
        "Lambda.InvalidSubnetIDException",
        "Lambda.InvalidZipFileException",
        "Lambda.InvalidRuntimeException",
        "Lambda.RequestTooLargeException",
        "Lambda.ResourceConflictException",
        "Lambda.ResourceNotReadyException",
        "Lambda.UnsupportedMediaTypeException",
        "Lambda.EC2ThrottledException",
        "Lambda.EC2AccessDeniedException",
        "Lambda.EC2UnexpectedException",
        "Lambda.EFSIOException",
        "Lambda.EFSMountConnectivityException",
        "Lambda.EFSMountFailureException",
        "Lambda.EFSMountTimeoutException",
        "Lambda.ENILimitReachedException",
        "Lambda.SubnetIPAddressLimitReachedException",
        "Lambda.KMSAccessDeniedException",
        "Lambda.KMSDisabledException",
        "Lambda.KMSInvalidStateException",
        "Lambda.KMSNotFoundException",
        "Lambda.RecursiveInvocationException",
        "Lambda.SnapStartException",
        "Lambda.SnapStartNotReadyException",
        "Lambda.SnapStartTimeoutException",
        "Lambda.LambdaException",
    )
)


def matches(entry: str, error: str) -> bool:
    """Does an entry of `ErrorEquals` match an error that was raised? `States.Runtime` is matched by nothing (recorded).

    >>> matches("States.TaskFailed", "States.Timeout"), matches("States.ALL", "States.Timeout")
    (False, True)
    """
    if error == RUNTIME:
        return False
    return entry in (error, ALL) or (entry == TASK_FAILED and error != TIMEOUT)


def matched_by(error: str, entries: Iterable[str]) -> bool:
    return any(matches(entry, error) for entry in entries)


def covers(entry: str, other: str) -> bool:
    """Does `entry` match every error that `other` matches? False wherever that isn't certain.

    Whether `States.TaskFailed` matches the other reserved names isn't recorded for all of them, so none is claimed.
    """
    if entry == other:
        return True
    reserved = other.startswith("States.")
    return (entry == ALL and other != RUNTIME) or (entry == TASK_FAILED and not reserved)


def is_known(name: str) -> bool:
    """Is it a name of the tables here? Names of other services and of the user's own code aren't."""
    return name in PREDEFINED or name in LAMBDA or name.startswith(HTTP_STATUS)


def meant(name: str) -> str | None:
    """The known name that a misspelt one stands for. Words of another family, or without a dot, are the user's own.

    >>> meant("State.ALL"), meant("Lambda.ServiceExeption"), meant("Timeout")
    ('States.ALL', 'Lambda.ServiceException', None)
    """
    family, dot, _ = name.partition(".")
    if not dot or is_known(name) or name.startswith(HTTP_STATUS):
        return None
    if family == "Lambda":
        return nearest(name, sorted(LAMBDA))
    return nearest(name, PREDEFINED) if family == "States" or nearest(family, ("States",)) else None
