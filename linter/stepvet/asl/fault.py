"""A fault that is found once and told twice: as AWS's diagnostic and as a finding of ours.

Every check of syntax, shape, path, JSONata, resource and graph yields faults. `validate` answers with those that have
an `aws`; the rule with the fault's name turns it into a finding. A fault carries what a rule needs to speak well: the
place, our message, help, a fix. Nothing is decided here: severity and selection are the rule's and the user's.
"""

from __future__ import annotations

from dataclasses import dataclass

from stepvet.text.finding import Fix, Label, Severity
from stepvet.text.node import At
from stepvet.text.source import Span


@dataclass(frozen=True, slots=True)
class Aws:
    """A diagnostic of AWS's ValidateStateMachineDefinition. `location` is None where AWS gives none."""

    code: str
    message: str
    location: str | None
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Fault:
    """`rule` is the name of the rule that reports it; `aws` is None where AWS's answer isn't known or is no complaint.

    `severity` is given where the evidence differs from the rule's default. `hidden` faults exist for AWS's answer
    alone: another fault says the same to our reader, at a better place.
    """

    rule: str
    message: str
    at: At | Span
    aws: Aws | None = None
    help: str | None = None
    fix: Fix | None = None
    labels: tuple[Label, ...] = ()
    severity: Severity | None = None
    hidden: bool = False
