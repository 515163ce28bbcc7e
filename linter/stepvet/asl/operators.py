"""The comparison operators of a Choice rule (JSONPath), as a table.

`family` is the type that both sides must have; a comparison of other types is false, never an error (recorded).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Family = Literal["Boolean", "Numeric", "String", "Timestamp", "Pattern", "Test"]
Relation = Literal["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals", "Matches", "Is"]


@dataclass(frozen=True, slots=True)
class Operator:
    name: str
    family: Family
    relation: Relation
    takes_path: bool = False


def _table() -> dict[str, Operator]:
    relations: tuple[Relation, ...] = ("Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals")
    families: tuple[tuple[Family, tuple[Relation, ...]], ...] = (
        ("Boolean", ("Equals",)),
        ("Numeric", relations),
        ("String", relations),
        ("Timestamp", relations),
    )
    compared = [
        Operator(f"{family}{relation}{suffix}", family, relation, suffix == "Path")
        for family, own in families
        for relation in own
        for suffix in ("", "Path")
    ]
    tests = [
        Operator(name, "Test", "Is")
        for name in ("IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp")
    ]
    return {o.name: o for o in [*compared, Operator("StringMatches", "Pattern", "Matches"), *tests]}


OPERATORS = _table()
COMBINATORS = ("And", "Or", "Not")
