"""The 18 intrinsic functions: what they take, what they give, and their limits. Data; calls are checked in `intrinsic`
and run in `functions`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

DEEPEST_CALL = 10
LONGEST_RANGE = 1000
LONGEST_DATA = 10_000
FARTHEST = 2.0**63
HASHES = ("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512")


class Kind(StrEnum):
    """What an argument must be, or a result is."""

    STRING = "a string"
    NUMBER = "a number"
    BOOLEAN = "a boolean"
    ARRAY = "an array"
    OBJECT = "an object"
    NULL = "null"
    ANY = "any value"


@dataclass(frozen=True, slots=True)
class Signature:
    """The kinds of the arguments in order (`rest`: of all further ones), how many are due, and what comes out."""

    arguments: tuple[Kind, ...]
    result: Kind
    optional: int = 0
    rest: Kind | None = None

    @property
    def least(self) -> int:
        return len(self.arguments) - self.optional

    @property
    def most(self) -> int | None:
        return None if self.rest else len(self.arguments)

    def kind_at(self, position: int) -> Kind:
        """What the argument at this position must be; anything beyond the last."""
        return self.arguments[position] if position < len(self.arguments) else self.rest or Kind.ANY


_S, _N, _B, _A, _O, _X = Kind.STRING, Kind.NUMBER, Kind.BOOLEAN, Kind.ARRAY, Kind.OBJECT, Kind.ANY

FUNCTIONS: dict[str, Signature] = {
    "States.Array": Signature((), _A, rest=_X),
    "States.ArrayContains": Signature((_A, _X), _B),
    "States.ArrayGetItem": Signature((_A, _N), _X),
    "States.ArrayLength": Signature((_A,), _N),
    "States.ArrayPartition": Signature((_A, _N), _A),
    "States.ArrayRange": Signature((_N, _N, _N), _A),
    "States.ArrayUnique": Signature((_A,), _A),
    "States.Base64Decode": Signature((_S,), _S),
    "States.Base64Encode": Signature((_S,), _S),
    "States.Format": Signature((_S,), _S, rest=_X),
    "States.Hash": Signature((_X, _S), _S),
    "States.JsonMerge": Signature((_O, _O, _B), _O),
    "States.JsonToString": Signature((_X,), _S),
    "States.MathAdd": Signature((_N, _N), _N),
    "States.MathRandom": Signature((_N, _N, _N), _N, optional=1),
    "States.StringSplit": Signature((_S, _S), _A),
    "States.StringToJson": Signature((_S,), _X),
    "States.UUID": Signature((), _S),
}


def rounded(number: int | float) -> int:
    """Rounded to a whole number as AWS does it: halves go up, also below zero (measured: -2.5 becomes -2)."""
    if isinstance(number, int):
        return number
    if math.isnan(number):
        return 0
    bounded = min(max(number, -FARTHEST), FARTHEST)
    whole = math.floor(bounded)
    return whole + (bounded - whole >= 0.5)
