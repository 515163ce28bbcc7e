"""How many failed items a distributed Map tolerates.

Both thresholds count; exceeding either fails the Map Run. Without any, the first failure does.
"""

from __future__ import annotations

from dataclasses import dataclass

from stepvet.run.demand import number_of
from stepvet.run.failure import TOLERANCE, Failure
from stepvet.run.move import Absent
from stepvet.text.node import Json

EXCEEDED = "The specified tolerated failure threshold was exceeded"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """None: not given."""

    count: float | None = None
    percentage: float | None = None

    def exceeded(self, failed: int, total: int) -> Failure | None:
        if self.count is None and self.percentage is None:
            beyond = failed > 0
        else:
            too_many = self.count is not None and failed > self.count
            too_great = self.percentage is not None and total > 0 and failed * 100 / total > self.percentage
            beyond = too_many or too_great
        return Failure(TOLERANCE, EXCEEDED) if beyond else None


def tolerance_of(count: Json | Absent, percentage: Json | Absent) -> Tolerance:
    return Tolerance(
        None if isinstance(count, Absent) else number_of(count),
        None if isinstance(percentage, Absent) else number_of(percentage),
    )
