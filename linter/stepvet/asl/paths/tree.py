"""What a JSONPath is once it is read: roots, segments, filter expressions, errors.

Nothing is read or evaluated here. Every part knows where it stands (`start`, `end`: offsets into the text that was
read); two parts are equal when they mean the same, wherever they stand and however they are spelt. `str()` of a part
is its canonical spelling, which is also how AWS prints paths in causes: `$['order']['items'][0]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

Place = int  # an offset into the text that was read


class Root(StrEnum):
    """What a path starts from."""

    DOCUMENT = "$"
    CONTEXT = "$$"
    VARIABLE = "$name"
    CURRENT = "@"  # only inside a filter


@dataclass(frozen=True, slots=True)
class PathError:
    """Why a text is no path (or no intrinsic call), and where; `reason` is what AWS adds to "Value is not a
    Reference Path" where that is recorded."""

    message: str
    start: Place
    end: Place
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PathNote:
    """A spelling that AWS takes and others don't, or that means less than it seems to."""

    message: str
    start: Place
    end: Place


@dataclass(frozen=True, slots=True)
class Name:
    """A member: `.name`, `['name']`."""

    name: str
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return f"[{quoted(self.name)}]"


@dataclass(frozen=True, slots=True)
class Names:
    """Several members: `['a','b']`. One object of them at the end of a path, each in turn elsewhere."""

    names: tuple[str, ...]
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return f"[{','.join(map(quoted, self.names))}]"


@dataclass(frozen=True, slots=True)
class Index:
    """An array element: `[3]`, or `[-1]` from the end."""

    index: int
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return f"[{self.index}]"


@dataclass(frozen=True, slots=True)
class Indexes:
    """Several array elements: `[0,2]`."""

    indexes: tuple[int, ...]
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return f"[{','.join(map(str, self.indexes))}]"


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of an array, its last end excluded: `[1:4]`, `[2:]`, `[:3]`. At least one end is given."""

    first: int | None
    last: int | None
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return f"[{'' if self.first is None else self.first}:{'' if self.last is None else self.last}]"


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Every element of an array, every member of an object: `[*]`, `.*`."""

    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return "[*]"


@dataclass(frozen=True, slots=True)
class Descendant:
    """A segment tried on a node and on all that is below it: `..name`, `..*`, `..[0]`."""

    inner: Segment
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return f"..{str(self.inner).removeprefix('.')}"


@dataclass(frozen=True, slots=True)
class Filter:
    """The elements that pass a test: `[?(@.price < 10)]`."""

    test: Test
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return f"[?({self.test})]"


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the node before it: `.length()`."""

    name: str
    arguments: tuple[Operand, ...]
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return f".{escaped(self.name)}({', '.join(map(str, self.arguments))})"


Segment = Name | Names | Index | Indexes | Slice | Wildcard | Descendant | Filter | Function


@dataclass(frozen=True, slots=True)
class Path:
    """A whole path. Equal paths read the same node; `text` is the spelling that was read."""

    text: str = field(compare=False)
    root: Root
    variable: str | None
    segments: tuple[Segment, ...]
    start: Place = field(compare=False, default=0)
    end: Place = field(compare=False, default=0)
    warnings: tuple[PathNote, ...] = field(compare=False, default=())

    @property
    def definite(self) -> bool:
        """Whether the path leads to one node at most (else its result is always an array)."""
        *inner, last = self.segments or (None,)
        return all(isinstance(s, Name | Index | Function) for s in inner) and isinstance(
            last, Name | Names | Index | Function | None
        )

    def __str__(self) -> str:
        root = f"${self.variable}" if self.root is Root.VARIABLE else self.root.value
        return root + "".join(map(str, self.segments))


@dataclass(frozen=True, slots=True)
class Literal:
    """A string, number, boolean or null in a filter; `spelling` is how it was written."""

    value: str | int | float | bool | None
    spelling: str = field(compare=False)
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return quoted(self.value) if isinstance(self.value, str) else self.spelling


@dataclass(frozen=True, slots=True)
class ArrayLiteral:
    """`['a', 1]` on the right of `in` and its like."""

    items: tuple[Operand, ...]
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return f"[{', '.join(map(str, self.items))}]"


@dataclass(frozen=True, slots=True)
class ObjectLiteral:
    """`{'a': 1}` in a filter."""

    members: tuple[tuple[str, Operand], ...]
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return "{" + ", ".join(f"{quoted(name)}: {value}" for name, value in self.members) + "}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """`/regex/flags`, Java's kind; a slash inside is written with a backslash before it."""

    regex: str
    flags: str
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return f"/{self.regex}/{self.flags}"


Operand = Path | Literal | ArrayLiteral | ObjectLiteral | Pattern


@dataclass(frozen=True, slots=True)
class Exists:
    """`@.isbn` alone: there is such a node."""

    path: Path
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right`; word operators are in lower case."""

    left: Operand
    operator: str
    right: Operand
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right}"


@dataclass(frozen=True, slots=True)
class Not:
    """`!(…)`, `!@.isbn`."""

    test: Test
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return f"!{self.test}" if isinstance(self.test, Exists) else f"!({self.test})"


@dataclass(frozen=True, slots=True)
class And:
    """`a && b && …`, two tests or more."""

    tests: tuple[Test, ...]
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return " && ".join(f"({t})" if isinstance(t, And | Or) else str(t) for t in self.tests)


@dataclass(frozen=True, slots=True)
class Or:
    """`a || b || …`, two tests or more."""

    tests: tuple[Test, ...]
    start: Place = field(compare=False)
    end: Place = field(compare=False)

    def __str__(self) -> str:
        return " || ".join(f"({t})" if isinstance(t, Or) else str(t) for t in self.tests)


Test = Exists | Comparison | Not | And | Or


def quoted(text: str) -> str:
    """The text in single quotes, with a backslash before what would end or bend it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def escaped(name: str) -> str:
    """A function's name as it may stand after a dot; every sign that isn't a letter or digit gets its backslash."""
    return "".join(c if c.isalnum() or c in "_-" else f"\\{c}" for c in name)
