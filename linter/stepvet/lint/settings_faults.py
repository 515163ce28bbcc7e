"""What is wrong with a table of settings: unknown keys, values of the wrong type, names that no rule has.

Each fault has the path to what is wrong; where that stands in a file is the file's matter. The required version is
looked at first, since the keys of a newer version are unknown to an older one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from stepvet._version import __version__
from stepvet.lint.options import KEYS, NAMES, Key
from stepvet.lint.registry import Installed, is_known
from stepvet.text.near import nearest

TablePath = tuple[str | int, ...]
"""Keys and indexes, and for a name in a list the name itself."""


@dataclass(frozen=True, slots=True)
class TableFault:
    path: TablePath
    message: str


def faults(table: Mapping[str, Any], rules: Installed) -> Iterator[TableFault]:
    """Everything that is wrong in a table, the required version first."""
    yield from _version(table)
    keys = {key.name: key for key in KEYS}
    for name, value in table.items():
        key = keys.get(name)
        if key is None:
            yield TableFault((name,), f'there is no setting "{name}"{meant(name, NAMES)}')
            continue
        wrong = list(misfits(value, key.schema, (name,)))
        yield from wrong or _unknown_names(key, value, rules)
    yield from _dates(table)


def _unknown_names(key: Key, value: Any, rules: Installed) -> Iterator[TableFault]:
    known = [*(r.name for r in rules.rules), *rules.groups, *sorted({c for r in rules.rules for c in r.aws_codes})]
    by_rule = key.name in ("severity", "rules")
    for path, word in _names(key, value):
        if by_rule and rules.named(word) is None:
            yield TableFault(path, f'no rule is called "{word}"{meant(word, (r.name for r in rules.rules))}')
        elif not by_rule and not is_known(word, rules):
            yield TableFault(path, f'no rule, group or AWS code is called "{word}"{meant(word, known)}')
    if key.name == "rules":
        yield from _wrong_options(value, rules)


def _names(key: Key, value: Any) -> Iterator[tuple[TablePath, str]]:
    """The names of rules in a value, with the paths that lead to them."""
    if key.names_rules or key.name in ("severity", "rules"):
        yield from (((key.name, word), word) for word in value)
    elif key.name == "per-file-ignores":
        yield from (((key.name, pattern, word), word) for pattern, words in value.items() for word in words)
    elif key.name == "ignore-at":
        yield from (((key.name, n, "rules", word), word) for n, entry in enumerate(value) for word in entry["rules"])


def _wrong_options(value: Mapping[str, Any], rules: Installed) -> Iterator[TableFault]:
    for name, options in value.items():
        rule = rules.named(name)
        known = rule.options or {} if rule else {}
        for option, given in options.items() if rule else ():
            path = ("rules", name, option)
            if option not in known:
                yield TableFault(path, f'rule "{name}" has no option "{option}"{meant(option, known)}')
            elif not _is_like(given, known[option]):
                yield TableFault(path, f'option "{option}" of "{name}" must be {_kind(known[option])}')


def _is_like(value: Any, default: Any) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    numbers = isinstance(default, (int, float)) and isinstance(value, (int, float))
    return default is None or numbers or isinstance(value, list if isinstance(default, tuple) else type(default))


def _kind(default: Any) -> str:
    names = ((bool, "true or false"), ((int, float), "a number"), (str, "a string"), ((list, tuple), "a list"))
    return next((name for kinds, name in names if isinstance(default, kinds)), "a table")


def _dates(table: Mapping[str, Any]) -> Iterator[TableFault]:
    places = table.get("ignore-at")
    for number, entry in enumerate(places if isinstance(places, list) else ()):
        expires = entry.get("expires") if isinstance(entry, dict) else None
        if isinstance(expires, str) and not _is_date(expires):
            path = ("ignore-at", number, "expires")
            yield TableFault(path, f'"expires" is no date of the form YYYY-MM-DD: "{expires}"')


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _version(table: Mapping[str, Any]) -> Iterator[TableFault]:
    wanted = table.get("required-version")
    if not isinstance(wanted, str):
        return
    met = satisfied(__version__, wanted)
    if met is None:
        yield TableFault(("required-version",), f'"required-version" is no version condition: "{wanted}"')
    elif not met:
        yield TableFault(("required-version",), f"this is stepvet {__version__}, the settings require {wanted}")


_COMPARE = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


def satisfied(version: str, condition: str) -> bool | None:
    """Is each comma-separated comparison met? None where one can't be read. A bare version means that very one.

    >>> satisfied("0.10.2", ">=0.9,<1"), satisfied("0.1.0", "0.2"), satisfied("0.1.0", "new")
    (True, False, None)
    """
    met = True
    for part in condition.split(","):
        match = re.fullmatch(r"\s*(==|!=|>=|<=|>|<)?\s*(\d+(?:\.\d+)*)\s*", part)
        if match is None:
            return None
        met = met and _COMPARE[match[1] or "=="](_release(version), _release(match[2]))
    return met


def _release(version: str) -> tuple[int, ...]:
    numbers = [int(n) for n in version.split(".") if n.isdigit()]
    return tuple([*numbers, 0, 0, 0, 0][:4])


def meant(name: str, known: Iterable[str]) -> str:
    """`; did you mean "…"?`, where a known name is near."""
    found = nearest(name, list(known))
    return f'; did you mean "{found}"?' if found else ""


def misfits(value: Any, schema: Mapping[str, Any], path: TablePath) -> Iterator[TableFault]:
    """Where a value doesn't fit the schema of a key."""
    shown = path[-1] if isinstance(path[-1], str) else path[-2]
    if "enum" in schema:
        if value not in schema["enum"]:
            yield TableFault(path, f'"{shown}" must be one of {", ".join(schema["enum"])}')
        return
    match schema["type"]:
        case "string" if not _is_text(value):
            yield TableFault(path, f'"{shown}" must be a string')
        case "string" if len(str(value)) < schema.get("minLength", 0):
            yield TableFault(path, f'"{shown}" must not be empty')
        case "array" if not isinstance(value, list):
            yield TableFault(path, f'"{shown}" must be a list')
        case "array":
            yield from (fault for n, item in enumerate(value) for fault in misfits(item, schema["items"], (*path, n)))
        case "object" if not isinstance(value, dict):
            yield TableFault(path, f'"{shown}" must be a table')
        case "object":
            yield from _misfit_members(value, schema, path)


def _is_text(value: Any) -> bool:
    """TOML has dates of its own; ours are texts."""
    return isinstance(value, str) or (isinstance(value, date) and not isinstance(value, datetime))


def _misfit_members(value: dict[str, Any], schema: Mapping[str, Any], path: TablePath) -> Iterator[TableFault]:
    properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, item in value.items():
        inner = properties.get(name, more)
        if inner is False:
            yield TableFault((*path, name), f'"{path[0]}" has no "{name}"{meant(name, properties)}')
        elif isinstance(inner, dict):
            yield from misfits(item, inner, (*path, name))
    lacking = (name for name in schema.get("required", ()) if name not in value)
    yield from (TableFault(path, f'"{path[0]}" lacks "{name}"') for name in lacking)
