"""Which rule tells a failure that symbolic runs met: by what was missing, and by who made the value that lacks it."""

from __future__ import annotations

from enum import StrEnum

from stepvet.asl.model import State
from stepvet.run.failure import INTRINSIC, NO_CHOICE_MATCHED
from stepvet.run.symbolic.access import Why
from stepvet.run.symbolic.domain import Met
from stepvet.run.symbolic.explorer import Explorer
from stepvet.run.symbolic.trouble import Trouble
from stepvet.run.symbolic.values import Obj, Source, Sym
from stepvet.run.symbolic.world import World, trail_of


class FailureKind(StrEnum):
    """What goes wrong, one name for each rule that tells it."""

    NEVER_PRESENT = "path-never-present"
    NO_SUCH_FIELD = "no-such-result-field"
    NOT_UNWRAPPED = "lambda-payload-not-unwrapped"
    REPLACED_BY_ERROR = "input-replaced-by-error"
    LOST_IN_LOOP = "value-lost-in-loop"
    GUARD_CONTRADICTED = "guard-contradicted"
    RESULT_PATH = "result-path-into-scalar"
    WRONG_TYPE = "value-of-wrong-type"
    UNASSIGNED = "unassigned-variable"
    INTRINSIC = "intrinsic-must-fail"
    ERROR_PATH = "error-path-missing"
    NOTHING = "expression-gives-nothing"
    NO_MATCH = "no-rule-matches"


def kind_of_failure(explorer: Explorer, state: State, met: Met) -> FailureKind | None:
    """Which rule tells the failure; None for what is told elsewhere."""
    failure, trouble = met.failure, met.failure.detail
    if failure.error == NO_CHOICE_MATCHED:
        return FailureKind.NO_MATCH
    if failure.error == INTRINSIC:
        return FailureKind.INTRINSIC
    if not isinstance(trouble, Trouble):
        return FailureKind.UNASSIGNED if "has no value" in (failure.cause or "") else None
    if trouble.miss is None:
        return FailureKind.WRONG_TYPE if trouble.value is not None else FailureKind.NOTHING
    if trouble.field.endswith("ResultPath"):
        return FailureKind.RESULT_PATH
    if trouble.field in ("ErrorPath", "CausePath"):
        return FailureKind.ERROR_PATH
    return _kind_of_miss(explorer, trouble, met)


def _kind_of_miss(explorer: Explorer, trouble: Trouble, met: Met) -> FailureKind:
    assert trouble.miss is not None
    value, why = trouble.miss.value, trouble.miss.why
    origin = explorer.domain.origins.of(value)
    if isinstance(value, Sym) and why is Why.NO_FIELD and value.origin.source is not Source.INPUT:
        return FailureKind.NOT_UNWRAPPED if is_envelope(value) else FailureKind.NO_SUCH_FIELD
    if isinstance(value, Sym) and why is Why.REMOVED:
        return FailureKind.GUARD_CONTRADICTED
    if origin is not None and origin.source is Source.ERROR and isinstance(value, Obj):
        return FailureKind.REPLACED_BY_ERROR
    if (id(met.failure.at), "read") in explorer.domain.passed and _comes_again(met.world):
        return FailureKind.LOST_IN_LOOP
    return FailureKind.NEVER_PRESENT


def is_envelope(value: Sym) -> bool:
    """What `lambda:invoke` answers: the function's own answer is in its `Payload`."""
    members = getattr(value.shape, "members", {})
    return not value.path and "Payload" in members and "ExecutedVersion" in members


def _comes_again(world: World) -> bool:
    """Whether the run was in its last state before."""
    entered = [entry.state for entry in trail_of(world) if entry.event == "entered"]
    return bool(entered) and entered[-1] in entered[:-1]
