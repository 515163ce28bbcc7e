"""Types of the values that services take and give: a small closed language, no checks.

A shape says what can be there, as far as it is known. `AnyValue` stands for whatever nobody knows, so nothing can be
concluded from it. An `Object` that is not `closed` can have members beside those named. Shapes are finite: where a
service's own type is recursive, it is unrolled a little and ends in `AnyValue`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AnyValue:
    """Any JSON value."""


@dataclass(frozen=True, slots=True)
class String:
    """Text; `values` lists all it can be, and is empty where it can be anything."""

    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A point in time: text in ISO 8601 where a service gives it; in a request it may be a number, too."""


@dataclass(frozen=True, slots=True)
class Boolean:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True)
class Number:
    """A JSON number between `low` and `high`, inclusive; None where there is no bound."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number; bounds as in `Number`."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ListOf:
    """An array whose elements all have one shape."""

    item: "Shape"


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object with names of the user's choice."""

    value: "Shape"


@dataclass(frozen=True, slots=True)
class Member:
    """What stands under a name. `required`: a request must have it, a result always does.

    `exact` is false where the name was derived by a rule that can err in its letter case; what is concluded from such a
    name is doubtful. `names` are the other spellings that are known to occur.
    """

    shape: "Shape"
    required: bool = False
    exact: bool = True
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Object:
    """An object with fixed names. `union`: exactly one of them is there."""

    members: Mapping[str, Member] = field(default_factory=dict)
    closed: bool = True
    union: bool = False

    def find(self, name: str) -> Member | None:
        """The member written `name`, in any spelling that is known to occur."""
        found = self.members.get(name)
        return found or next((member for member in self.members.values() if name in member.names), None)

    def may_have(self, name: str) -> bool:
        """False only where no value of this shape has the key `name`.

        Capitals inside a derived name are doubtful, the first letter isn't: a member `EnableIAMAuthentication` may
        appear as `EnableIamAuthentication`, never as `enableIAMAuthentication`.
        """
        if not self.closed or self.find(name):
            return True
        return any(not member.exact and _same_but_inner_case(name, known) for known, member in self.members.items())


Shape = AnyValue | String | Timestamp | Boolean | Number | Integer | ListOf | MapOf | Object

ANY = AnyValue()
STRING = String()
NUMBER = Number()
INTEGER = Integer()
BOOLEAN = Boolean()
TIMESTAMP = Timestamp()


def members(required: Mapping[str, Shape] | None = None, **optional: Shape) -> dict[str, Member]:
    """Members by name, for shapes written by hand.

    >>> sorted(members({"StatusCode": INTEGER}, Payload=ANY))
    ['Payload', 'StatusCode']
    """
    always = {name: Member(shape, required=True) for name, shape in (required or {}).items()}
    return always | {name: Member(shape) for name, shape in optional.items()}


def _same_but_inner_case(name: str, known: str) -> bool:
    return name[:1] == known[:1] and name.lower() == known.lower()
